"""Pages of trainings."""

from app.trainings.routes import attending, sessions
from app.trainings.routes.blueprint import blueprint

__all__ = ["attending", "blueprints", "sessions"]

blueprints = [blueprint]
