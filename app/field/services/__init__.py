"""Applying what phones send."""
