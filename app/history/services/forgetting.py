"""Forgetting who saw whom, long after, and words about somebody who asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.exc import ProgrammingError

from app.core.clock import local_today
from app.core.errors import NotAllowed
from app.core.ids import new_id
from app.db import db
from app.db.slices import slices
from app.history.models import HistoryEntry, HistoryWords, ReadEntry
from app.history.models.append_only import lift_refusal, refuse_again
from app.history.rules import FieldWording, register_actions, register_fields
from app.history.rules.words import ROWS, WORDS_ERASED
from app.history.services.recording import record

_NOT_OWNER = "42501"
register_actions(
    {
        "reads.forgotten": "Catatan lama tentang siapa melihat siapa dihapus",
        WORDS_ERASED: "Kata-kata di riwayat dihapus",
    }
)
register_fields("read_log", {"count": FieldWording(label="Jumlah")})
register_fields("owner", {ROWS: FieldWording(label="Baris riwayat")})


def forget_reads(*, before: datetime) -> int:
    """Delete what was noted of readings before an instant; gives how many lines.

    The refusal to delete is lifted for this transaction.

    Raises:
        NotAllowed: the role of this process does not own the tables.
    """
    connection = db.session.connection()
    table = ReadEntry.__tablename__
    try:
        lift_refusal(connection, table)
    except ProgrammingError as error:
        if getattr(error.orig, "sqlstate", None) != _NOT_OWNER:
            raise
        raise NotAllowed(
            "not_table_owner",
            message="Jalankan perintah ini dengan peran pemilik tabel.",
        ) from error
    done: Any = db.session.execute(delete(ReadEntry).where(ReadEntry.at < before))
    count = int(done.rowcount)
    refuse_again(connection, table)
    if count:
        record(
            subject_type="read_log",
            subject_id=new_id(),
            action="reads.forgotten",
            by=None,
            changes={"count": [None, count]},
        )
    return count


def forget_words(
    *, owner_id: UUID, about: Sequence[ColumnElement[bool]], area_code: str | None, by: UUID | None
) -> int:
    """Take the words away from all rows of the history that meet one of the conditions.

    Who did what, when, to what, and numbers and days stay. A row of the history says which rows
    became silent, so that an erasure differs from words that somebody made away with.
    """
    rows: set[int] = set()
    for condition in about:
        statement = (
            select(HistoryWords.n)
            .join(HistoryEntry, HistoryEntry.n == HistoryWords.n)
            .where(condition, HistoryWords.erased_on.is_(None))
        )
        rows.update(db.session.scalars(statement))
    silenced = sorted(rows)
    for part in slices(silenced):
        db.session.execute(
            update(HistoryWords)
            .where(HistoryWords.n.in_(part))
            .values(salt=None, words=None, erased_on=local_today())
            .execution_options(synchronize_session=False)
        )
    if silenced:
        record(
            subject_type="owner",
            subject_id=owner_id,
            area_code=area_code,
            action=WORDS_ERASED,
            by=by,
            changes={ROWS: [None, silenced]},
        )
    return len(silenced)
