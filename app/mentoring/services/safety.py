"""Writing and closing notes about safety. Their text goes into no history."""

from __future__ import annotations

from uuid import UUID

from app.core import settings
from app.core.clock import utc_now
from app.core.errors import InvalidInput, WrongState
from app.core.ids import new_id
from app.core.scope import Scope
from app.core.sealing import seal
from app.db import db
from app.enterprises.queries import enterprise as enterprise_within
from app.history.rules import register_actions
from app.history.services import record
from app.mentoring.models import SafetyNote
from app.mentoring.queries.safety import bound_to, safety_note

WRITTEN, CLOSED = "safety.written", "safety.closed"
register_actions({WRITTEN: "Catatan keselamatan ditulis", CLOSED: "Catatan keselamatan ditutup"})


def write_safety_note(*, scope: Scope, enterprise_id: UUID, text: str | None, by: UUID) -> UUID:
    """Keep a note, sealed; gives its id.

    Raises:
        NotFound: the enterprise is unknown or outside the scope.
        InvalidInput: field "text".
    """
    row = enterprise_within(scope, enterprise_id)
    if not text:
        raise InvalidInput("text_missing", field="text", message="Tulis apa yang perlu diwaspadai.")
    note_id = new_id()
    db.session.add(
        SafetyNote(
            id=note_id,
            enterprise_id=row.id,
            written_by=by,
            text_sealed=seal(text, settings.current().nik_key, bound_to(note_id)),
            created_at=utc_now(),
        )
    )
    _note(note_id, WRITTEN, row.village_code, by)
    return note_id


def close_safety_note(*, scope: Scope, note_id: UUID, by: UUID) -> UUID:
    """Say that the danger is over; gives the enterprise.

    Raises:
        NotFound: unknown, or not the caller's to change.
        WrongState: closed already.
    """
    note, row = safety_note(scope, note_id)
    if note.closed_at is not None:
        raise WrongState("safety_note_closed", message="Catatan ini sudah ditutup.")
    note.closed_at, note.closed_by = utc_now(), by
    _note(note_id, CLOSED, row.village_code, by)
    return row.id


def _note(note_id: UUID, action: str, area_code: str, by: UUID) -> None:
    # Not under the enterprise: its timeline is read by more people than the note.
    record(
        subject_type="safety_note", subject_id=note_id, action=action, by=by, area_code=area_code
    )
