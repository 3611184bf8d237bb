"""Pages of mentoring. All belong to one blueprint; each module adds its own."""

from app.mentoring.routes import (
    assignments,
    board,
    checks,
    expenses,
    groups,
    mentors,
    proposals,
    reports,
    safety,
    today,
    visits,
)
from app.mentoring.routes.blueprint import blueprint

blueprints = (blueprint,)

__all__ = [
    "assignments",
    "blueprints",
    "board",
    "checks",
    "expenses",
    "groups",
    "mentors",
    "proposals",
    "reports",
    "safety",
    "today",
    "visits",
]
