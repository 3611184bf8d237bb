"""What was changed, and what was seen."""

from app.db.belongings import STAYS, register_belongings
from app.history.models.entries import HistoryCounter, HistoryEntry
from app.history.models.readings import ReadEntry
from app.history.models.words import HistoryWords

__all__ = ["HistoryCounter", "HistoryEntry", "HistoryWords", "ReadEntry"]

# What happened, happened to the one that it is written of.
register_belongings({"history_entry": STAYS})
