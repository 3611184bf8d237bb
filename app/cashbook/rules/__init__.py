"""The cash book as pure functions."""
