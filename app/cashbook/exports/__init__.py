"""The cash book as files."""
