"""Notes about the safety of those who visit, for the few who may read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from app.accounts.queries import names
from app.core import settings
from app.core.errors import NotFound
from app.core.scope import Scope
from app.core.sealing import unseal
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries import enterprise as enterprise_within
from app.enterprises.queries import within
from app.mentoring.models import SafetyNote

SHOWN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyLine:
    """One note as it is shown."""

    id: UUID
    text: str
    writer_name: str
    created_at: datetime
    closed_at: datetime | None


def safety_notes(scope: Scope, enterprise_id: UUID) -> list[SafetyLine]:
    """The notes on an enterprise: all for officers of its area, else one's own; open ones first.

    Raises:
        NotFound: the enterprise is unknown or outside the scope.
    """
    row = enterprise_within(scope, enterprise_id)
    statement = (
        select(SafetyNote)
        .where(SafetyNote.enterprise_id == enterprise_id)
        .order_by(SafetyNote.closed_at.is_not(None), SafetyNote.created_at.desc(), SafetyNote.id)
        .limit(SHOWN)
    )
    if not scope.covers_area(row.village_code):
        statement = statement.where(SafetyNote.written_by == scope.account_id)
    found = db.session.scalars(statement).all()
    known = names(note.written_by for note in found)
    return [
        SafetyLine(
            id=note.id,
            text=opened(note),
            writer_name=known[note.written_by],
            created_at=note.created_at,
            closed_at=note.closed_at,
        )
        for note in found
    ]


def safety_note(scope: Scope, note_id: UUID) -> tuple[SafetyNote, Enterprise]:
    """A note that the caller may change, with its enterprise.

    Raises:
        NotFound: unknown, outside the scope, or somebody else's and not in the caller's areas.
    """
    found = db.session.execute(
        select(SafetyNote, Enterprise)
        .join(Enterprise, Enterprise.id == SafetyNote.enterprise_id)
        .where(SafetyNote.id == note_id, within(scope))
    ).one_or_none()
    if found is None or not (
        found[0].written_by == scope.account_id or scope.covers_area(found[1].village_code)
    ):
        raise NotFound("safety_note_unknown", message="Catatan ini tidak ditemukan.")
    return found[0], found[1]


def opened(note: SafetyNote) -> str:
    """The text that lies sealed in a note."""
    keys = settings.current()
    return unseal(note.text_sealed, (keys.nik_key, *keys.nik_key_fallbacks), bound_to(note.id))


def bound_to(note_id: UUID) -> bytes:
    """What the seal of a note is bound to."""
    return b"safety" + note_id.bytes
