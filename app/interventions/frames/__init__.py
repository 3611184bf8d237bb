"""Assessments and therapies as arrays, for analysis in jobs."""
