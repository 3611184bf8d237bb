"""What was changed, and what was seen."""

from app.history.models.entries import HistoryCounter, HistoryEntry
from app.history.models.readings import ReadEntry

__all__ = ["HistoryCounter", "HistoryEntry", "ReadEntry"]
