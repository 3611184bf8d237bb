"""Writes about doubles: pairs found, mergers, their undoing."""
