"""Drafting, trying and publishing versions of the instrument."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from app.core.clock import utc_now
from app.core.errors import InvalidInput, NotFound, WrongState
from app.core.ids import new_id
from app.db import db
from app.db.turns import take_turn
from app.health.models import DISCARDED, DRAFT, PUBLISHED, InstrumentTrial, InstrumentVersion
from app.health.queries.instruments import (
    current_instrument,
    finished_trial,
    next_number,
    text_numbered,
)
from app.health.rules.instrument_draft import (
    Source,
    as_text,
    faults,
    hash_of,
    source_of_text,
)
from app.history.rules import FieldWording, register_actions, register_fields
from app.history.services import record
from app.jobs import ask, register_titles

TRIAL_JOB = "health.instrument_trial"
_SUBJECT = "instrument"
register_titles({TRIAL_JOB: "Mencoba rancangan instrumen"})
register_actions(
    {
        "instrument.drafted": "Rancangan instrumen dibuat",
        "instrument.discarded": "Rancangan instrumen dibuang",
        "instrument.published": "Versi instrumen diterbitkan",
    }
)
register_fields(
    _SUBJECT,
    {"number": FieldWording(label="Versi"), "based_on": FieldWording(label="Berdasar versi")},
)


def new_draft(*, note: str, by: UUID) -> InstrumentVersion:
    """A draft that begins as the version in force."""
    base = current_instrument().version
    text = as_text(source_of_text(text_numbered(base)))
    now = utc_now()
    draft = InstrumentVersion(
        id=new_id(),
        state=DRAFT,
        note=note,
        based_on=base,
        content=text,
        content_hash=hash_of(text),
        created_by=by,
        created_at=now,
        changed_at=now,
    )
    db.session.add(draft)
    db.session.flush()
    _note(draft, "instrument.drafted", by, {"based_on": [None, base]})
    return draft


def locked_draft(version_id: UUID) -> InstrumentVersion:
    """A draft that nobody else changes until this transaction ends.

    Raises:
        NotFound: there is none.
        WrongState: it is published, and so never changes again.
    """
    draft = db.session.scalars(
        select(InstrumentVersion).where(InstrumentVersion.id == version_id).with_for_update()
    ).one_or_none()
    if draft is None or draft.state == DISCARDED:
        raise NotFound("instrument_unknown", message="Versi instrumen ini tidak ditemukan.")
    if draft.state == PUBLISHED:
        raise WrongState(
            "instrument_published",
            message="Versi ini sudah terbit dan tidak dapat diubah. Buat rancangan baru.",
        )
    return draft


def change_draft(*, version_id: UUID, source: Source, seen_hash: str) -> InstrumentVersion:
    """Replace the content of a draft that still is as the person saw it.

    Raises:
        NotFound, WrongState: as `locked_draft`; also when somebody else changed it since.
    """
    draft = locked_draft(version_id)
    if draft.content_hash != seen_hash:
        raise WrongState(
            "instrument_changed",
            message="Rancangan ini baru saja diubah orang lain. Muat ulang, lalu ubah lagi.",
        )
    draft.content = as_text(source)
    draft.content_hash = hash_of(draft.content)
    draft.changed_at = utc_now()
    return draft


def discard_draft_version(*, version_id: UUID, by: UUID) -> None:
    """Throw a draft away. Raises as `locked_draft`."""
    draft = locked_draft(version_id)
    draft.state = DISCARDED
    _note(draft, "instrument.discarded", by, None)


def ask_trial(*, version_id: UUID, by: UUID) -> UUID:
    """Have a job compute what a draft would change; gives the job's id.

    While one does that with the same content, it is that one.

    Raises:
        NotFound, WrongState: as `locked_draft`.
        InvalidInput: the draft has faults.
    """
    draft = locked_draft(version_id)
    _refuse_faults(draft)
    trial = InstrumentTrial(
        id=new_id(),
        version_id=draft.id,
        content_hash=draft.content_hash,
        asked_by=by,
        asked_at=utc_now(),
    )
    db.session.add(trial)
    db.session.flush()
    asked = ask(
        TRIAL_JOB,
        key=f"instrument-trial:{draft.id}:{draft.content_hash}",
        payload={"trial_id": str(trial.id)},
        by=by,
    )
    if not asked.is_new:
        db.session.delete(trial)
    return asked.job_id


def publish(*, version_id: UUID, seen_hash: str, by: UUID) -> InstrumentVersion:
    """Make a draft the version in force, from now on and for new assessments only.

    Raises:
        NotFound, WrongState: as `locked_draft`; also when this very content was never tried.
        InvalidInput: the draft has faults.
    """
    # Two publications at the same moment get two numbers, one after the other.
    take_turn("instrument-publish")
    draft = locked_draft(version_id)
    _refuse_faults(draft)
    if draft.content_hash != seen_hash or finished_trial(draft) is None:
        raise WrongState(
            "instrument_untried",
            message="Lihat dahulu dampaknya: isi rancangan berubah sejak terakhir dicoba.",
        )
    if draft.based_on != current_instrument().version:
        raise WrongState(
            "instrument_outdated",
            message="Versi lain sudah terbit sejak rancangan ini dibuat. Buat rancangan baru.",
        )
    draft.number = next_number()
    draft.state = PUBLISHED
    draft.published_by, draft.published_at = by, utc_now()
    _note(draft, "instrument.published", by, {"number": [draft.based_on, draft.number]})
    return draft


def _refuse_faults(draft: InstrumentVersion) -> None:
    found = faults(source_of_text(draft.content))
    if found:
        raise InvalidInput("instrument_faulty", message=" ".join(found))


def _note(
    draft: InstrumentVersion, action: str, by: UUID, changes: dict[str, list[int | None]] | None
) -> None:
    record(
        subject_type=_SUBJECT,
        subject_id=draft.id,
        action=action,
        by=by,
        changes=changes,
        note=draft.note or None,
    )
