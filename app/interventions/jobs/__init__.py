"""Long work about therapies."""

from app.interventions.jobs import effects

__all__ = ["effects"]
