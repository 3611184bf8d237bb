"""Of which months a report tells, what it is made of, which letterhead it bears."""
