"""Forgetting who saw whom, long after; the refusal to delete is lifted for one transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.exc import ProgrammingError

from app.core.errors import NotAllowed
from app.core.ids import new_id
from app.db import db
from app.history.models import ReadEntry
from app.history.models.append_only import lift_refusal, refuse_again
from app.history.rules import FieldWording, register_actions, register_fields
from app.history.services.recording import record

_NOT_OWNER = "42501"
register_actions({"reads.forgotten": "Catatan lama tentang siapa melihat siapa dihapus"})
register_fields("read_log", {"count": FieldWording(label="Jumlah")})


def forget_reads(*, before: datetime) -> int:
    """Delete what was noted of readings before an instant; gives how many lines.

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
