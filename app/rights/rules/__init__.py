"""Kinds of requests, their clock, and what of a row names a person."""
