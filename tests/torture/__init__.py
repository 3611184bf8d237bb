"""Long runs that try to lose something: `sh scripts/torture NAME`; short ones are tests."""
