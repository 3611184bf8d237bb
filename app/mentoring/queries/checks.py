"""The queue of visits to look at, and what became of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select

from app.accounts.queries import names
from app.core.errors import NotFound
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries import within
from app.mentoring.models import Visit, VisitCheck
from app.mentoring.queries.confirmations import OwnersWord, owners_words
from app.mentoring.rules import CHECK_STATES, MET, OUTCOME_LABELS, RETURNED, TO_CHECK
from app.mentoring.rules.outcomes import OFFICER_STEPS
from app.mentoring.rules.signals import Signal, restored
from app.places.queries import path_labels
from app.web.paging import Page, decode_cursor, encode_cursor

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckLine:
    """The check of one visit, with its signs in words."""

    visit_id: UUID
    state: str
    state_label: str
    signs: tuple[Signal, ...]
    note: str | None
    answer: str | None
    checker_name: str | None
    checked_at: datetime | None

    @property
    def is_returned(self) -> bool:
        """Whether it waits for the mentor's answer."""
        return self.state == RETURNED


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueLine:
    """One visit of the queue: what was reported, and its check."""

    check: CheckLine
    mentor_id: UUID
    mentor_name: str
    enterprise_id: UUID
    enterprise_name: str
    village_label: str
    visit: Visit
    is_own: bool
    # What the owner says of it.
    said: OwnersWord | None

    @property
    def outcome_label(self) -> str:
        """What came of the visit where nobody was met, else empty."""
        return "" if self.visit.outcome == MET else OUTCOME_LABELS[self.visit.outcome]

    @property
    def officer_step(self) -> str:
        """What the officer has to do about it, if anything."""
        return OFFICER_STEPS.get(self.visit.outcome, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedLine:
    """A visit that was returned to its mentor; the name only while they still reach it."""

    visit_id: UUID
    visited_on: date
    enterprise_name: str | None
    note: str | None


def check_of(visit_id: UUID) -> CheckLine | None:
    """The check of a visit; None for visits of before there were any. The caller may see it."""
    found = db.session.get(VisitCheck, visit_id)
    return None if found is None else _line(found, names([found.checked_by]))


def queue(
    scope: Scope, *, viewer: UUID, mentor: UUID | None = None, cursor: str | None = None
) -> Page[QueueLine]:
    """The visits that wait for a look, those with the heaviest signs first."""
    statement = (
        _waiting(scope, mentor)
        .with_only_columns(VisitCheck, Visit, Enterprise.name, Enterprise.village_code)
        .order_by(VisitCheck.weight.desc(), VisitCheck.visit_id)
        .limit(PAGE_SIZE + 1)
    )
    after = decode_cursor(cursor, key_count=2)
    if after is not None:
        statement = statement.where(_after(after.keys))
    rows = list(db.session.execute(statement))
    shown = rows[:PAGE_SIZE]
    known = names(id_ for row in shown for id_ in (row[1].mentor_id, row[0].checked_by))
    labels = path_labels(row[3] for row in shown)
    said = owners_words((row[1].id for row in shown), is_office=True)
    lines = [
        QueueLine(
            check=_line(check, known),
            mentor_id=visit.mentor_id,
            mentor_name=known[visit.mentor_id],
            enterprise_id=visit.enterprise_id,
            enterprise_name=name,
            village_label=", ".join(labels[code].split(", ")[:2]),
            visit=visit,
            is_own=visit.mentor_id == viewer,
            said=said.get(visit.id) if visit.mentor_id != viewer else None,
        )
        for check, visit, name, code in shown
    ]
    last = shown[-1][0] if len(rows) > PAGE_SIZE else None
    return Page(
        rows=lines,
        next_cursor=encode_cursor(last.weight, str(last.visit_id)) if last else None,
    )


def waiting_count(scope: Scope, *, mentor: UUID | None = None) -> int:
    """How many visits wait for a look."""
    counted = _waiting(scope, mentor).with_only_columns(func.count())
    return int(db.session.scalar(counted) or 0)


def unmarked(scope: Scope, *, viewer: UUID, mentor: UUID | None = None, limit: int) -> list[UUID]:
    """The waiting visits of others that carry no sign at all."""
    statement = (
        _waiting(scope, mentor)
        .with_only_columns(VisitCheck.visit_id)
        .where(VisitCheck.weight == 0, VisitCheck.answer.is_(None), Visit.mentor_id != viewer)
        .order_by(VisitCheck.visit_id)
        .limit(limit)
    )
    return list(db.session.scalars(statement))


def checks_within(scope: Scope, visit_ids: Iterable[UUID]) -> list[tuple[VisitCheck, Visit, str]]:
    """The checks of these visits with their visit and village, locked for this transaction.

    Raises:
        NotFound: one is unknown, was never checked for, or lies outside the scope.
    """
    wanted = list(dict.fromkeys(visit_ids))
    statement = (
        select(VisitCheck, Visit, Enterprise.village_code)
        .join(Visit, Visit.id == VisitCheck.visit_id)
        .join(Enterprise, Enterprise.id == Visit.enterprise_id)
        .where(VisitCheck.visit_id.in_(wanted), within(scope))
        .order_by(VisitCheck.visit_id)
        .with_for_update(of=VisitCheck)
    )
    rows = [(row[0], row[1], row[2]) for row in db.session.execute(statement)]
    if len(rows) != len(wanted):
        raise NotFound("visit_unknown", message="Kunjungan ini tidak ditemukan.")
    return rows


def returned_to(mentor_id: UUID, scope: Scope) -> list[ReturnedLine]:
    """What an officer gave back to a mentor, oldest first."""
    return _returned(_own(mentor_id, scope).where(VisitCheck.state == RETURNED))


def own_line(mentor_id: UUID, visit_id: UUID, scope: Scope) -> ReturnedLine:
    """One visit of a mentor, as the page shows it on which they answer.

    Raises:
        NotFound: unknown, or somebody else's.
    """
    found = _returned(_own(mentor_id, scope).where(VisitCheck.visit_id == visit_id))
    if not found:
        raise NotFound("visit_unknown", message="Kunjungan ini tidak ditemukan.")
    return found[0]


def _own(mentor_id: UUID, scope: Scope) -> Select[*tuple[Any, ...]]:
    return (
        select(VisitCheck.visit_id, VisitCheck.note, Visit.visited_on, Enterprise.name)
        .join(Visit, Visit.id == VisitCheck.visit_id)
        # One who no longer has the enterprise in care answers without seeing whose it is.
        .outerjoin(Enterprise, and_(Enterprise.id == Visit.enterprise_id, within(scope)))
        .where(VisitCheck.mentor_id == mentor_id)
        .order_by(Visit.visited_on, VisitCheck.visit_id)
    )


def _returned(statement: Select[*tuple[Any, ...]]) -> list[ReturnedLine]:
    return [
        ReturnedLine(
            visit_id=row.visit_id,
            visited_on=row.visited_on,
            enterprise_name=row.name,
            note=row.note,
        )
        for row in db.session.execute(statement)
    ]


def own_check(mentor_id: UUID, visit_id: UUID) -> VisitCheck:
    """The check of a visit that this account made, locked for this transaction.

    Raises:
        NotFound: unknown, or somebody else's.
    """
    found = db.session.scalars(
        select(VisitCheck)
        .where(VisitCheck.visit_id == visit_id, VisitCheck.mentor_id == mentor_id)
        .with_for_update()
    ).one_or_none()
    if found is None:
        raise NotFound("visit_unknown", message="Kunjungan ini tidak ditemukan.")
    return found


def _waiting(scope: Scope, mentor: UUID | None) -> Select[Any]:
    statement = (
        select(VisitCheck.visit_id)
        .join(Visit, Visit.id == VisitCheck.visit_id)
        .join(Enterprise, Enterprise.id == Visit.enterprise_id)
        .where(VisitCheck.state.in_(TO_CHECK), within(scope))
    )
    return statement if mentor is None else statement.where(VisitCheck.mentor_id == mentor)


def _after(keys: tuple[Any, ...]) -> ColumnElement[bool]:
    weight, visit_id = keys
    try:
        last = UUID(str(visit_id))
    except ValueError:
        return false()
    if not isinstance(weight, int):
        return false()
    return or_(
        VisitCheck.weight < weight,
        and_(VisitCheck.weight == weight, VisitCheck.visit_id > last),
    )


def _line(check: VisitCheck, known: dict[UUID, str]) -> CheckLine:
    return CheckLine(
        visit_id=check.visit_id,
        state=check.state,
        state_label=CHECK_STATES[check.state],
        signs=restored(check.signals),
        note=check.note,
        answer=check.answer,
        checker_name=known.get(check.checked_by) if check.checked_by else None,
        checked_at=check.checked_at,
    )
