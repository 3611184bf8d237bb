"""Forms of the cash book."""
