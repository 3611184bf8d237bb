"""Therapy: the catalogue, what an assessment suggests, and the plan of each enterprise."""
