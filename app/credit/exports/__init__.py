"""Files of loans."""
