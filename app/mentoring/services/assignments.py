"""Putting enterprises into the care of a mentor, and taking them out of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from app.accounts.queries import names
from app.core.clock import local_date, local_today
from app.core.errors import InvalidInput, NotFound, WrongState
from app.core.ids import new_id
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries import enterprise as enterprise_within
from app.enterprises.queries import within
from app.health.rules.protocol import next_visit_due
from app.health.services import pass_drafts_on
from app.history.rules import FieldWording, register_actions, register_fields
from app.history.services import Change, record_many
from app.interventions.services import pass_responsibility_on
from app.mentoring.models import Assignment, Mentor
from app.mentoring.queries.mentors import assignable_mentor
from app.mentoring.queries.visits import visit_facts
from app.mentoring.rules import check_from_on

ASSIGNED = "mentor.assigned"
RELEASED = "mentor.released"
REGISTERED_BY_MENTOR = "Didaftarkan sendiri oleh pendamping"
register_actions({ASSIGNED: "Diserahkan kepada pendamping", RELEASED: "Pendampingan diakhiri"})
register_fields("enterprise", {"mentor": FieldWording(label="Pendamping")})

# One page of a list with all boxes ticked.
MOST_AT_ONCE = 200


def assign_many(
    *,
    scope: Scope,
    enterprise_ids: Iterable[UUID],
    mentor_id: UUID,
    from_on: date,
    reason: str,
    by: UUID | None,
) -> int:
    """Give enterprises to a mentor from a day on; gives how many changed hands.

    Those that the mentor has already are left as they are.

    Raises:
        NotFound: the mentor or one of the enterprises is unknown or outside the scope.
        InvalidInput: none or too many are given, or the day is impossible.
        WrongState: the mentor can't be given any (no longer a mentor, or closed account).
    """
    wanted = _wanted(enterprise_ids)
    mentor = assignable_mentor(scope, mentor_id)
    rows = _enterprises(scope, wanted)
    return move(rows, to_mentor=mentor.account_id, from_on=from_on, reason=reason, by=by)


def move(
    rows: Sequence[Enterprise], *, to_mentor: UUID, from_on: date, reason: str, by: UUID | None
) -> int:
    """Give these rows to a mentor who may have them; gives how many changed hands.

    What the mentor before answered for there, and had begun, goes along.

    Raises:
        InvalidInput: the day is impossible.
    """
    moving = [row for row in rows if row.mentor_id != to_mentor]
    _close_present(moving, from_on)
    db.session.add_all(
        Assignment(
            id=new_id(),
            enterprise_id=row.id,
            mentor_id=to_mentor,
            from_on=from_on,
            until_on=None,
            assigned_by=by,
            reason=reason,
        )
        for row in moving
    )
    before = {row.id: row.mentor_id for row in moving}
    _pass_work_on(before, to_mentor, by=by)
    _carry_down(moving, to_mentor, from_on)
    _note(moving, before, to_mentor, by=by, reason=reason, action=ASSIGNED)
    return len(moving)


def end_assignment(
    *, scope: Scope, enterprise_id: UUID, until_on: date, reason: str, by: UUID | None
) -> None:
    """End the care of an enterprise on a day, which is its last.

    Raises:
        NotFound: unknown, or outside the scope.
        WrongState: nobody has it in care.
        InvalidInput: the day lies in the future or before the care began.
    """
    row = enterprise_within(scope, enterprise_id)
    present = _present_assignments([row]).get(row.id)
    if present is None:
        raise WrongState("not_assigned", message="Usaha ini sedang tidak punya pendamping.")
    if not present.from_on <= until_on <= local_today():
        raise InvalidInput(
            "assigned_until_unreal",
            field="until_on",
            message="Tanggal akhir harus antara awal pendampingan dan hari ini.",
        )
    present.until_on = until_on
    before = {row.id: row.mentor_id}
    row.mentor_id = None
    _note([row], before, None, by=by, reason=reason, action=RELEASED)


def _wanted(enterprise_ids: Iterable[UUID]) -> list[UUID]:
    wanted = list(dict.fromkeys(enterprise_ids))
    if not wanted:
        raise InvalidInput("nothing_chosen", message="Pilih paling sedikit satu usaha.")
    if len(wanted) > MOST_AT_ONCE:
        raise InvalidInput(
            "too_many_chosen", message=f"Pilih paling banyak {MOST_AT_ONCE} usaha sekaligus."
        )
    return wanted


def _enterprises(scope: Scope, wanted: list[UUID]) -> list[Enterprise]:
    statement = (
        select(Enterprise)
        .where(Enterprise.id.in_(wanted), within(scope))
        .order_by(Enterprise.search_name, Enterprise.id)
    )
    rows = list(db.session.scalars(statement))
    if len(rows) != len(wanted):
        raise NotFound("enterprise_unknown", message="Usaha ini tidak ditemukan.")
    return rows


def _open_assignments(enterprise_ids: list[UUID]) -> dict[UUID, Assignment]:
    statement = select(Assignment).where(
        Assignment.enterprise_id.in_(enterprise_ids), Assignment.until_on.is_(None)
    )
    return {row.enterprise_id: row for row in db.session.scalars(statement)}


def _present_assignments(rows: list[Enterprise]) -> dict[UUID, Assignment]:
    """Who has each enterprise in care now.

    A mentor who registered an enterprise has it since then; that is written down here, when it is
    first needed, because the register lies below and knows no assignments.
    """
    present = _open_assignments([row.id for row in rows])
    for row in rows:
        own = row.mentor_id and db.session.get(Mentor, row.mentor_id)
        if own and row.id not in present:
            present[row.id] = Assignment(
                id=new_id(),
                enterprise_id=row.id,
                mentor_id=own.account_id,
                from_on=local_date(row.created_at),
                until_on=None,
                assigned_by=own.account_id,
                reason=REGISTERED_BY_MENTOR,
            )
            db.session.add(present[row.id])
    return present


def _close_present(moving: list[Enterprise], from_on: date) -> None:
    open_ones = _present_assignments(moving)
    latest = max((present.from_on for present in open_ones.values()), default=None)
    check_from_on(from_on, today=local_today(), latest_start_on=latest)
    for present in open_ones.values():
        # The day of handing over belongs to the new mentor, but no span may be empty.
        present.until_on = max(present.from_on, from_on - timedelta(days=1))
    # At most one assignment may be open at any moment, also within this transaction.
    db.session.flush()


def _carry_down(rows: list[Enterprise], mentor_id: UUID, from_on: date) -> None:
    for row in rows:
        row.mentor_id = mentor_id
        if row.next_visit_due_on is None:
            row.next_visit_due_on = next_visit_due(visit_facts(row, assigned_on=from_on))


def _pass_work_on(before: Mapping[UUID, UUID | None], to_mentor: UUID, *, by: UUID | None) -> None:
    parts: dict[UUID, list[UUID]] = {}
    for enterprise_id, mentor_id in before.items():
        if mentor_id is not None:
            parts.setdefault(mentor_id, []).append(enterprise_id)
    for mentor_id, ids in sorted(parts.items(), key=lambda part: str(part[0])):
        pass_drafts_on(enterprise_ids=ids, from_account=mentor_id, to_account=to_mentor)
        pass_responsibility_on(
            enterprise_ids=ids, from_account=mentor_id, to_account=to_mentor, by=by
        )


def _note(
    rows: list[Enterprise],
    before: Mapping[UUID, UUID | None],
    mentor_id: UUID | None,
    *,
    by: UUID | None,
    reason: str,
    action: str,
) -> None:
    known = names([*before.values(), mentor_id])
    record_many(
        Change(
            action=action,
            subject_type="enterprise",
            subject_id=row.id,
            by=by,
            enterprise_id=row.id,
            area_code=row.village_code,
            changes={"mentor": [_name(known, before[row.id]), _name(known, mentor_id)]},
            note=reason or None,
        )
        for row in rows
    )


def _name(known: Mapping[UUID, str], account_id: UUID | None) -> str | None:
    return known.get(account_id) if account_id is not None else None
