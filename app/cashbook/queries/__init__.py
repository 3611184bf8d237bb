"""Reading the cash book."""
