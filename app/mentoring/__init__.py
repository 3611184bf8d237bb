"""Mentors, what is assigned to them, their visits and the promises made there."""
