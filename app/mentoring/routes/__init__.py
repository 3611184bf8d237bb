"""Pages of mentoring. All belong to one blueprint; each module adds its own."""

from app.mentoring.routes import assignments, checks, mentors, today, visits
from app.mentoring.routes.blueprint import blueprint

blueprints = (blueprint,)

__all__ = ["assignments", "blueprints", "checks", "mentors", "today", "visits"]
