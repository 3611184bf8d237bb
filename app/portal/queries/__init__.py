"""What owners and the office read of each other."""
