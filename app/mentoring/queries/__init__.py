"""Reading mentors, visits and the list of the day."""
