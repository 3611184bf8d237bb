"""The owner's own page: opened with a card, read aloud, written in short words."""
