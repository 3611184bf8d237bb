"""Rows of certificates and what the history tells of them."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from app.core.clock import utc_now
from app.core.ids import new_id
from app.db import db
from app.enterprises.models import Enterprise
from app.history.rules import FieldWording, register_actions, register_fields
from app.history.services import record
from app.market.models import Certificate, CertificateStep
from app.market.rules.certificates import due_on
from app.market.rules.tracks import Track, tracks

register_actions(
    {
        "certificate.opened": "Pengurusan izin dimulai",
        "certificate.held": "Izin yang sudah ada dicatat",
        "certificate.moved": "Langkah izin dicatat",
        "certificate.paper": "Surat izin disimpan",
    }
)


def _state_words(said: Any) -> str:
    code, _, state = str(said).partition(":")
    of = tracks().get(code)
    return of.states[state].name if of and state in of.states else str(said)


register_fields(
    "certificate",
    {
        "track": FieldWording(
            label="Izin", say=lambda code: tracks()[code].name if code in tracks() else code
        ),
        "state": FieldWording(label="Keadaan", say=_state_words),
        "number": FieldWording(label="Nomor"),
        "issued_on": FieldWording(label="Terbit"),
        "expires_on": FieldWording(label="Habis"),
        "paper": FieldWording(label="Surat"),
    },
)


def new_row(
    of: Track,
    enterprise: Enterprise,
    product_id: UUID | None,
    state: str,
    on: date,
    by: UUID | None,
) -> Certificate:
    """A way that begins in a state."""
    row = Certificate(
        id=new_id(),
        enterprise_id=enterprise.id,
        product_id=product_id,
        track=of.code,
        state=state,
        state_on=on,
        due_on=due_on(of.states[state], on),
        confirmed_warnings=[],
        expires_is_estimate=False,
        is_open=True,
        opened_by=by,
        opened_at=utc_now(),
        updated_at=utc_now(),
        version=1,
    )
    db.session.add(row)
    # Steps refer to it by its id alone.
    db.session.flush()
    return row


def new_step(
    row: Certificate, before: str | None, on: date, note: str, by: UUID | None, key: UUID
) -> CertificateStep:
    """The step that led to the state in which the certificate stands now."""
    step = CertificateStep(
        id=key,
        certificate_id=row.id,
        from_state=before,
        to_state=row.state,
        happened_on=on,
        moved_by=by,
        recorded_at=utc_now(),
        number=row.number,
        note=note.strip(),
    )
    db.session.add(step)
    # Papers refer to it by its id alone.
    db.session.flush()
    return step


def tell(
    row: Certificate,
    enterprise: Enterprise,
    action: str,
    by: UUID | None,
    changes: dict[str, list[Any]],
    note: str = "",
) -> None:
    """Tell the history what became of a certificate."""
    record(
        subject_type="certificate",
        subject_id=row.id,
        enterprise_id=enterprise.id,
        action=action,
        by=by,
        area_code=enterprise.village_code,
        changes=changes,
        note=note.strip() or None,
    )
