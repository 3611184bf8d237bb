"""Pages of equipment aid."""

from app.aid.routes import cases, handovers, lists, steps, tools
from app.aid.routes.blueprint import blueprint

__all__ = ["blueprints", "cases", "handovers", "lists", "steps", "tools"]

blueprints = [blueprint]
