"""Rules of loans: schedules, effective rates, what can be carried."""
