"""Reading mentors, visits and the list of the day."""

from app.mentoring.queries.readiness import tell_visits

__all__ = ["tell_visits"]
