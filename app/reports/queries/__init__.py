"""What reports are made from, and the reports that were asked for."""
