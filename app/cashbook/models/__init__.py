"""Tables of the cash book."""

from app.cashbook.models.diaries import BookHabit, DiaryMonth
from app.cashbook.models.entries import CashCount, CashEntry
from app.db.belongings import MOVES, register_belongings

__all__ = ["BookHabit", "CashCount", "CashEntry", "DiaryMonth"]

register_belongings(
    {"book_habit": MOVES, "cash_count": MOVES, "cash_entry": MOVES, "diary_month": MOVES}
)
