"""The mark that a database holds invented people, and the truth behind the invented figures."""

from datetime import date

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import db
from app.db.belongings import STAYS, register_belongings
from app.db.columns import JsonList, UtcInstant, UuidKey


class DemoMark(db.Model):
    """One row, written before the first invented person: this database is a demo."""

    __tablename__ = "demo_mark"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seed: Mapped[int]
    enterprise_count: Mapped[int]
    last_on: Mapped[date]
    simulator_version: Mapped[str] = mapped_column(String(20))
    loaded_at: Mapped[UtcInstant]
    is_complete: Mapped[bool]

    def __repr__(self) -> str:
        return f"<DemoMark seed={self.seed} enterprises={self.enterprise_count}>"


class DemoTruth(db.Model):
    """What the simulator knows and no mentor sees: the true health of an enterprise by quarter.

    `true_health` and `closing_hazard` (chance to close within the quarter) have one value a
    quarter, oldest first; null before the enterprise entered and after it closed.
    """

    __tablename__ = "demo_truth"

    enterprise_id: Mapped[UuidKey]
    first_quarter_on: Mapped[date]
    true_health: Mapped[JsonList]
    closing_hazard: Mapped[JsonList]

    def __repr__(self) -> str:
        return f"<DemoTruth {self.enterprise_id}>"


# What the simulator knows of an enterprise that it made.
register_belongings({"demo_truth": STAYS})
