"""The history and the counter that numbers it."""

from typing import Any
from uuid import UUID

from sqlalchemy import DDL, BigInteger, Index, String, event
from sqlalchemy.orm import Mapped, mapped_column

from app.db import db
from app.db.columns import PortableJson, UtcInstant


class HistoryEntry(db.Model):
    """One change. `n` is given as the last step before the commit, so it follows commit order.

    `changes` holds field names with old and new value, never a NIK or a password.
    """

    __tablename__ = "history_entry"
    __table_args__ = (
        Index("ix_history_entry_enterprise_id_n", "enterprise_id", "n"),
        Index("ix_history_entry_subject_id_n", "subject_id", "n"),
    )

    n: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[UtcInstant]
    account_id: Mapped[UUID | None]
    action: Mapped[str] = mapped_column(String(60))
    subject_type: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[UUID]
    enterprise_id: Mapped[UUID | None]
    area_code: Mapped[str | None] = mapped_column(String(13))
    changes: Mapped[dict[str, Any] | None] = mapped_column(PortableJson)
    note: Mapped[str | None] = mapped_column(String(1000))


class HistoryCounter(db.Model):
    """One row: the last number given. Locking it puts committing transactions in a row."""

    __tablename__ = "history_counter"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last_n: Mapped[int] = mapped_column(BigInteger)


# The database itself refuses to change or drop what happened.
APPEND_ONLY_SQLITE = (
    (
        "CREATE TRIGGER history_entry_no_update BEFORE UPDATE ON history_entry "
        "BEGIN SELECT RAISE(ABORT, 'history is append-only'); END"
    ),
    (
        "CREATE TRIGGER history_entry_no_delete BEFORE DELETE ON history_entry "
        "BEGIN SELECT RAISE(ABORT, 'history is append-only'); END"
    ),
)
APPEND_ONLY_POSTGRESQL = (
    (
        "CREATE OR REPLACE FUNCTION refuse_history_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'history is append-only'; END $$"
    ),
    (
        "CREATE TRIGGER history_entry_no_change BEFORE UPDATE OR DELETE ON history_entry "
        "FOR EACH ROW EXECUTE FUNCTION refuse_history_change()"
    ),
)

for _statement in APPEND_ONLY_SQLITE:
    event.listen(
        HistoryEntry.__table__, "after_create", DDL(_statement).execute_if(dialect="sqlite")
    )
for _statement in APPEND_ONLY_POSTGRESQL:
    event.listen(
        HistoryEntry.__table__,
        "after_create",
        DDL(_statement.replace("%", "%%")).execute_if(dialect="postgresql"),
    )
