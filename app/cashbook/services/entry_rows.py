"""What every write of a line does: words in the history, sameness, the rows that stand."""

from __future__ import annotations

from dataclasses import asdict
from uuid import UUID

from sqlalchemy import update

from app.cashbook.models import CashEntry
from app.cashbook.rules.entries import DIRECTION_OF
from app.cashbook.rules.lines import Said
from app.core.clock import utc_now
from app.core.errors import Conflict
from app.db import db
from app.enterprises.models import Enterprise
from app.history.rules import register_actions
from app.history.services import record

SUBJECT = "cash_entry"
register_actions(
    {
        "cash.recorded": "Catatan buku kas ditulis",
        "cash.corrected": "Catatan buku kas dibetulkan",
        "cash.taken_back": "Catatan buku kas dibatalkan",
    }
)


def said_by(row: CashEntry) -> Said:
    """What a row says."""
    return Said(**{name: getattr(row, name) for name in Said.__dataclass_fields__})


def add_row(
    key: UUID,
    enterprise: Enterprise,
    said: Said,
    *,
    way: str,
    by: UUID,
    corrects_id: UUID | None = None,
    is_void: bool = False,
) -> CashEntry:
    """Write one row; the one that it corrects no longer stands.

    Raises:
        Conflict: that one was corrected meanwhile.
    """
    if corrects_id is not None:
        _put_aside(corrects_id)
    row = CashEntry(
        id=key,
        enterprise_id=enterprise.id,
        direction=DIRECTION_OF[said.category],
        way=way,
        corrects_id=corrects_id,
        is_void=is_void,
        is_current=not is_void,
        recorded_by=by,
        recorded_at=utc_now(),
        **asdict(said),
    )
    db.session.add(row)
    db.session.flush()
    return row


def note(
    row: CashEntry,
    enterprise: Enterprise,
    action: str,
    *,
    by: UUID,
) -> None:
    """Write into the history of the enterprise that something happened, and to which line.

    Not what the line says: who may read the history may not always read the book.
    """
    record(
        subject_type=SUBJECT,
        subject_id=row.id,
        enterprise_id=enterprise.id,
        area_code=enterprise.village_code,
        action=f"cash.{action}",
        by=by,
    )


def _put_aside(key: UUID) -> None:
    done = db.session.execute(
        update(CashEntry)
        .where(CashEntry.id == key, CashEntry.is_current)
        .values(is_current=False)
        .execution_options(synchronize_session="fetch")
    )
    if not done.rowcount:  # type: ignore[attr-defined]
        raise corrected_meanwhile()


def corrected_meanwhile() -> Conflict:
    """The refusal of a correction that came second."""
    return Conflict(
        "row_corrected_meanwhile",
        message="Baris ini sudah dibetulkan. Muat ulang halamannya.",
    )


def taken() -> Conflict:
    """The refusal of an id under which something else was kept."""
    return Conflict(
        "entry_said_otherwise",
        message="Catatan ini sudah tersimpan dengan isi lain. Muat ulang halamannya.",
    )
