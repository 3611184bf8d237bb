"""One action when a mentor leaves: everything they carry goes to others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from app.core.clock import local_today, utc_now
from app.core.errors import WrongState
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise
from app.health.services import pass_drafts_on
from app.history.rules import FieldWording, register_actions, register_fields
from app.history.services import record
from app.interventions.services import pass_responsibility_on
from app.mentoring.models import Mentor, Promise
from app.mentoring.queries.handover import held_by, is_held_elsewhere
from app.mentoring.queries.mentors import assignable_mentor, mentor_within
from app.mentoring.rules import OPEN
from app.mentoring.rules.handover import PassedOn, check_last_day, check_targets
from app.mentoring.services.assignments import move

LEFT = "mentor.left"
RETURNED_TO_WORK = "mentor.returned"
register_actions(
    {LEFT: "Pendamping berhenti bertugas", RETURNED_TO_WORK: "Pendamping bertugas lagi"}
)
register_fields(
    "mentor",
    {
        "left_on": FieldWording(label="Hari terakhir bertugas"),
        "enterprises": FieldWording(label="Usaha yang diserahkan"),
    },
)


def hand_over(
    *,
    scope: Scope,
    mentor_id: UUID,
    targets: Mapping[str, UUID],
    last_on: date,
    reason: str,
    is_leaving: bool,
    by: UUID | None,
) -> PassedOn:
    """Give everything of a mentor to others, by village, in one transaction.

    Open assignments, promises, unfinished assessments, therapies they answer for and the next
    visits pass on. Who leaves is given nothing more.

    Raises:
        NotFound: the mentor or a target is unknown or outside the scope.
        InvalidInput: a village has no target, or the day is impossible.
        WrongState: a target can't take any, or enterprises of elsewhere keep the mentor.
    """
    mentor = mentor_within(scope, mentor_id)
    check_last_day(last_on, today=local_today())
    rows = held_by(scope, mentor_id, for_change=True)
    check_targets(targets, {row.village_code for row in rows})
    passed = [
        _pass_on(mentor, part, _target(scope, mentor, to_mentor), reason=reason, by=by)
        for to_mentor, part in _by_target(rows, targets).items()
    ]
    if is_leaving:
        _leave(mentor, last_on, reason=reason, by=by, count=len(rows))
    return PassedOn(
        enterprises=sum(one.enterprises for one in passed),
        promises=sum(one.promises for one in passed),
        drafts=sum(one.drafts for one in passed),
        therapies=sum(one.therapies for one in passed),
    )


def take_back(*, scope: Scope, mentor_id: UUID, by: UUID | None) -> None:
    """Let a mentor who had left be given enterprises again.

    Raises:
        NotFound: unknown, or outside the scope.
        WrongState: they have not left.
    """
    mentor = mentor_within(scope, mentor_id)
    if mentor.left_on is None:
        raise WrongState("mentor_at_work", message="Pendamping ini masih bertugas.")
    before = mentor.left_on
    mentor.left_on = mentor.left_reason = None
    mentor.updated_at = utc_now()
    record(
        subject_type="mentor",
        subject_id=mentor_id,
        action=RETURNED_TO_WORK,
        by=by,
        area_code=mentor.village_code,
        changes={"left_on": [before.isoformat(), None]},
    )


def _by_target(
    rows: Sequence[Enterprise], targets: Mapping[str, UUID]
) -> dict[UUID, list[Enterprise]]:
    parts: dict[UUID, list[Enterprise]] = {}
    for row in rows:
        parts.setdefault(targets[row.village_code], []).append(row)
    return parts


def _target(scope: Scope, mentor: Mentor, to_mentor: UUID) -> UUID:
    if to_mentor == mentor.account_id:
        raise WrongState(
            "target_is_leaving", message="Pilih pendamping lain, bukan yang menyerahkan."
        )
    return assignable_mentor(scope, to_mentor).account_id


def _pass_on(
    mentor: Mentor, rows: list[Enterprise], to_mentor: UUID, *, reason: str, by: UUID | None
) -> PassedOn:
    ids = [row.id for row in rows]
    promises = db.session.scalar(
        select(func.count()).where(Promise.enterprise_id.in_(ids), Promise.state == OPEN)
    )
    whose = {"from_account": mentor.account_id, "to_account": to_mentor}
    # Counted before the enterprises move, and take them along.
    drafts = pass_drafts_on(enterprise_ids=ids, **whose)
    therapies = pass_responsibility_on(enterprise_ids=ids, by=by, **whose)
    return PassedOn(
        # Reach follows the assignment at once, so it begins today whatever the last day was.
        enterprises=move(rows, to_mentor=to_mentor, from_on=local_today(), reason=reason, by=by),
        # Promises and the next visit hang on the enterprise, and go with it.
        promises=int(promises or 0),
        drafts=drafts,
        therapies=therapies,
    )


def _leave(mentor: Mentor, last_on: date, *, reason: str, by: UUID | None, count: int) -> None:
    db.session.flush()
    if is_held_elsewhere(mentor.account_id):
        raise WrongState(
            "held_elsewhere",
            message="Pendamping ini masih mendampingi usaha di luar wilayah Anda, jadi belum dapat "
            "dinyatakan berhenti. Serahkan yang di wilayah Anda saja.",
        )
    mentor.left_on, mentor.left_reason, mentor.updated_at = last_on, reason, utc_now()
    record(
        subject_type="mentor",
        subject_id=mentor.account_id,
        action=LEFT,
        by=by,
        area_code=mentor.village_code,
        changes={"left_on": [None, last_on.isoformat()], "enterprises": [None, count]},
        note=reason,
    )
