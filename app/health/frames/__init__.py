"""Whole arrays of assessments at once; only jobs and commands come here."""
