"""Makers of rows for tests: plain functions with sensible defaults."""
