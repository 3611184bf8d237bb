"""The history and the counter that numbers it."""

from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Index, String
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from app.db import db
from app.db.columns import PortableJson, UtcInstant
from app.history.models.append_only import refuse_changes
from app.history.models.words import HistoryWords
from app.history.rules.words import joined


class HistoryEntry(db.Model):
    """One change. `n` is given as the last step before the commit, so it follows commit order.

    `changes` gives field names with old and new value, never a NIK or a password, and `note` what
    somebody wrote; words lie apart (`HistoryWords`), the row has their hash. Rows from before that
    hold their words themselves and have no `words_hash`. `origin` is the address from which it was
    asked. `hash` covers the row and `prev_hash`, the one before.
    """

    __tablename__ = "history_entry"
    __table_args__ = (
        Index("ix_history_entry_enterprise_id_n", "enterprise_id", "n"),
        Index("ix_history_entry_subject_id_n", "subject_id", "n"),
        Index("ix_history_entry_account_id_n", "account_id", "n"),
        Index("ix_history_entry_area_code_n", "area_code", "n"),
    )

    n: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[UtcInstant]
    account_id: Mapped[UUID | None]
    action: Mapped[str] = mapped_column(String(60))
    subject_type: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[UUID]
    enterprise_id: Mapped[UUID | None]
    area_code: Mapped[str | None] = mapped_column(String(13))
    own_changes: Mapped[dict[str, Any] | None] = mapped_column("changes", PortableJson)
    own_note: Mapped[str | None] = mapped_column("note", String(1000))
    words_hash: Mapped[str | None] = mapped_column(String(64))
    origin: Mapped[str | None] = mapped_column(String(45))
    prev_hash: Mapped[str | None] = mapped_column(String(64))
    hash: Mapped[str | None] = mapped_column(String(64))

    # Every reading of a row brings its words along.
    apart: Mapped[HistoryWords | None] = relationship(
        primaryjoin=lambda: HistoryEntry.n == foreign(HistoryWords.n),
        lazy="joined",
        viewonly=True,
    )

    @property
    def changes(self) -> dict[str, Any]:
        """What changed, with words; a field whose words were erased has None for its pair."""
        return joined(self.own_changes, self.apart.words if self.apart else None)[0]

    @property
    def note(self) -> str | None:
        """What somebody wrote, if it was not erased."""
        written = joined(None, self.apart.words if self.apart else None)[1]
        return self.own_note or written or None


class HistoryCounter(db.Model):
    """One row: the last number given, and its hash. Locking it puts those who commit in a row."""

    __tablename__ = "history_counter"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last_n: Mapped[int] = mapped_column(BigInteger)
    last_hash: Mapped[str | None] = mapped_column(String(64))


refuse_changes(HistoryEntry.__table__)
