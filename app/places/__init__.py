"""Provinces, regencies, districts and villages, and the programmes that a village is in."""
