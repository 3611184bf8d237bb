"""Who saw data of whom."""

from typing import Any
from uuid import UUID

from sqlalchemy import Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import db
from app.db.columns import PortableJson, UtcInstant, UuidKey, one_of
from app.history.models.append_only import refuse_changes
from app.history.rules import READ_KINDS


class ReadEntry(db.Model):
    """One seeing: a page, a list, a NIK, a file. `subject` is the person or enterprise it is about.

    `enterprises` and `owners` are the ids of all that were shown (see `rules.reading.pack`), so
    that after a breach each person who was seen can be named.
    """

    __tablename__ = "read_entry"
    __table_args__ = (
        one_of("kind", tuple(READ_KINDS), name="kind_known"),
        Index("ix_read_entry_account_id_at", "account_id", "at"),
        Index("ix_read_entry_subject_id_at", "subject_id", "at"),
        Index("ix_read_entry_kind_at", "kind", "at"),
    )

    id: Mapped[UuidKey]
    at: Mapped[UtcInstant]
    # Accounts lie above this package, so there is no foreign key.
    account_id: Mapped[UUID]
    kind: Mapped[str] = mapped_column(String(10))
    endpoint: Mapped[str | None] = mapped_column(String(80))
    subject_type: Mapped[str | None] = mapped_column(String(40))
    subject_id: Mapped[UUID | None]
    shown_count: Mapped[int] = mapped_column(Integer)
    enterprises: Mapped[bytes | None] = mapped_column(LargeBinary)
    owners: Mapped[bytes | None] = mapped_column(LargeBinary)
    facts: Mapped[dict[str, Any] | None] = mapped_column(PortableJson)
    note: Mapped[str | None] = mapped_column(String(300))
    origin: Mapped[str | None] = mapped_column(String(45))

    def __repr__(self) -> str:
        return f"<ReadEntry {self.kind} {self.at}>"


refuse_changes(ReadEntry.__table__)
