"""Objections of owners and their answers; classes that two people settle on."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.core.clock import local_today, utc_now
from app.core.errors import InvalidInput, NotFound, WrongState
from app.core.ids import new_id
from app.core.scope import Scope
from app.db import db
from app.db.once import kept_or_free
from app.enterprises.models import Enterprise
from app.enterprises.queries import within
from app.enterprises.rules.labels import HEALTH_LABELS
from app.health.models import AGREED, DECLINED, PROPOSED, HealthAssessment, Objection, SettledClass
from app.health.queries.stored import assessment as assessment_within
from app.health.rules.disputes import ON_OWN_PAGE, OUTCOME_LABELS, answer_due
from app.history.rules import FieldWording, register_actions, register_fields
from app.history.services import record

register_actions(
    {
        "objection.recorded": "Keberatan atas penilaian dicatat",
        "objection.answered": "Keberatan dijawab",
        "settled_class.proposed": "Kelas lain diusulkan",
        "settled_class.agreed": "Kelas yang diusulkan disetujui",
        "settled_class.declined": "Kelas yang diusulkan tidak disetujui",
    }
)
register_fields(
    "objection",
    {
        "received_on": FieldWording(label="Diterima"),
        "outcome": FieldWording(label="Hasil", say=OUTCOME_LABELS.__getitem__),
        "answered_on": FieldWording(label="Dijawab"),
    },
)
register_fields(
    "settled_class",
    {"health_class": FieldWording(label="Kelas", say=HEALTH_LABELS.__getitem__)},
)


def record_objection(
    *,
    scope: Scope,
    assessment_id: UUID,
    received_on: date,
    way: str,
    words: str,
    by: UUID | None,
    key: UUID | None = None,
) -> Objection:
    """Write down, once for each key, what an owner says against an assessment; the office has to
    answer.

    Raises:
        NotFound: the assessment is unknown, or outside the scope.
        InvalidInput: the day lies before the assessment or after today.
    """
    disputed = assessment_within(scope, assessment_id)
    _check_day(received_on, disputed.assessed_on)
    said = {"assessment_id": disputed.id, "received_on": received_on, "way": way, "words": words}
    known, key = kept_or_free(Objection, key or new_id(), **said)
    if known is not None:
        return known
    objection = Objection(
        id=key,
        enterprise_id=disputed.enterprise_id,
        **said,
        due_on=answer_due(received_on),
        recorded_by=by,
        recorded_at=utc_now(),
    )
    db.session.add(objection)
    db.session.flush()
    told = way != ON_OWN_PAGE
    entry = ("objection", objection.id, objection.enterprise_id, "objection.recorded", by)
    _note(*entry, is_told=told)
    return objection


def _check_day(received_on: date, assessed_on: date) -> None:
    if received_on > local_today():
        raise InvalidInput(
            "received_on_future", field="received_on", message="Tanggal ini belum terjadi."
        )
    if received_on < assessed_on:
        raise InvalidInput(
            "received_on_early",
            field="received_on",
            message="Tanggal keberatan tidak boleh sebelum tanggal penilaian.",
        )


def answer_objection(
    *, scope: Scope, objection_id: UUID, outcome: str, answer: str, by: UUID
) -> Objection:
    """Answer an objection, once.

    Raises:
        NotFound: unknown, or outside the scope.
        WrongState: it has its answer, or the person who answers made the assessment.
    """
    objection = db.session.scalars(
        select(Objection)
        .join(Enterprise, Enterprise.id == Objection.enterprise_id)
        .where(Objection.id == objection_id, within(scope))
        .with_for_update(of=Objection)
    ).one_or_none()
    if objection is None:
        raise NotFound("objection_unknown", message="Keberatan ini tidak ditemukan.")
    if objection.outcome is not None:
        raise WrongState("objection_answered", message="Keberatan ini sudah dijawab.")
    disputed = db.session.get_one(HealthAssessment, objection.assessment_id)
    if disputed.assessed_by == by:
        raise WrongState(
            "own_assessment",
            message="Anda yang membuat penilaian ini. Minta petugas lain menjawab keberatannya.",
        )
    objection.outcome, objection.answer = outcome, answer
    objection.answered_on, objection.answered_by = local_today(), by
    _note(
        "objection",
        objection.id,
        objection.enterprise_id,
        "objection.answered",
        by,
        {"outcome": [None, outcome]},
        is_told=objection.way != ON_OWN_PAGE,
    )
    return objection


def propose_class(
    *, scope: Scope, assessment_id: UUID, health_class: str, reason: str, by: UUID
) -> SettledClass:
    """Propose another class beside the computed one; a second person decides.

    Raises:
        NotFound: the assessment is unknown, or outside the scope.
        WrongState: it gave no class.
        InvalidInput: the class is the computed one.
        Conflict: there is a standing proposal for this assessment.
    """
    judged = assessment_within(scope, assessment_id)
    _check_other_class(judged.final_class, health_class)
    settled = SettledClass(
        id=new_id(),
        enterprise_id=judged.enterprise_id,
        assessment_id=judged.id,
        health_class=health_class,
        reason=reason,
        state=PROPOSED,
        proposed_by=by,
        proposed_at=utc_now(),
    )
    db.session.add(settled)
    db.session.flush()
    _note(
        "settled_class",
        settled.id,
        settled.enterprise_id,
        "settled_class.proposed",
        by,
        {"health_class": [judged.final_class, health_class]},
    )
    return settled


def _check_other_class(computed: str | None, health_class: str) -> None:
    if computed is None:
        raise WrongState(
            "assessment_without_class", message="Penilaian ini belum memberi kelas. Lengkapi dulu."
        )
    if computed == health_class:
        raise InvalidInput(
            "class_same",
            field="health_class",
            message="Ini sudah kelas hasil hitungan. Pilih kelas lain.",
        )


def decide_class(
    *, scope: Scope, settled_id: UUID, is_agreed: bool, note: str, by: UUID
) -> SettledClass:
    """Agree to a proposed class or decline it, as the second person.

    Raises:
        NotFound: unknown, or outside the scope.
        WrongState: it is decided, or the person who decides proposed it.
        InvalidInput: declined without a reason.
    """
    settled = db.session.scalars(
        select(SettledClass)
        .join(Enterprise, Enterprise.id == SettledClass.enterprise_id)
        .where(SettledClass.id == settled_id, within(scope))
        .with_for_update(of=SettledClass)
    ).one_or_none()
    if settled is None:
        raise NotFound("settled_class_unknown", message="Usulan kelas ini tidak ditemukan.")
    if settled.state != PROPOSED:
        raise WrongState("settled_class_decided", message="Usulan ini sudah diputuskan.")
    if settled.proposed_by == by:
        raise WrongState(
            "second_person", message="Usulan kelas harus diputuskan orang lain, bukan pengusulnya."
        )
    if not is_agreed and not note:
        raise InvalidInput("note_missing", field="note", message="Isi alasan tidak setuju.")
    settled.state = AGREED if is_agreed else DECLINED
    settled.decided_by, settled.decided_at = by, utc_now()
    settled.decision_note = note or None
    action = "settled_class.agreed" if is_agreed else "settled_class.declined"
    _note("settled_class", settled.id, settled.enterprise_id, action, by)
    return settled


def _note(
    subject: str,
    subject_id: UUID,
    enterprise_id: UUID,
    action: str,
    by: UUID | None,
    changes: dict[str, list[str | None]] | None = None,
    *,
    is_told: bool = True,
) -> None:
    """Note it; what is not `is_told` stays out of the timeline, which mentors read too."""
    area = db.session.scalars(
        select(Enterprise.village_code).where(Enterprise.id == enterprise_id)
    ).one()
    record(
        subject_type=subject,
        subject_id=subject_id,
        enterprise_id=enterprise_id if is_told else None,
        action=action,
        by=by,
        area_code=area,
        changes=changes,
    )
