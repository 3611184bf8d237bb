"""The life of the database, as phones see it."""

from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import db
from app.db.columns import UtcInstant


class SyncEpoch(db.Model):
    """One row: the name of the present epoch. A restore begins another, and phones send again."""

    __tablename__ = "sync_epoch"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(20))
    since_at: Mapped[UtcInstant]
    reason: Mapped[str] = mapped_column(String(200))
