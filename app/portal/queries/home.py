"""What an owner sees first: how each enterprise fares, why, and what comes next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.accounts.queries import names
from app.cashbook.queries.book import Sums, sums_of
from app.core.clock import local_today
from app.core.day_words import MONTHS
from app.core.scope import Scope
from app.credit.queries.own_loans import OwnLoan, own_loans
from app.db import db
from app.enterprises.models import Enterprise, Owner
from app.enterprises.queries import within
from app.health.models import HealthAssessment
from app.health.queries.pages import result
from app.health.queries.stored import assessments_of
from app.interventions.queries.facts import rows_of
from app.interventions.queries.items import ItemView, items_of
from app.interventions.rules.states import ACTIVE_STATES
from app.market.queries.certificates import Subject, enterprise_certificates
from app.market.rules.facts import IN_FORCE, NOT_BEGUN
from app.market.rules.schemes import NONE, NOT_HALAL, REGULAR, SELF_DECLARED, UNKNOWN, Scheme
from app.mentoring.queries.visits import PromiseLine, open_promises, promise_line
from app.portal.rules.words import CLASS_WORDS, PERMIT_WORDS, reasons, way_of

_NO_TRACK = {NONE, UNKNOWN, NOT_HALAL}
_HALAL = {SELF_DECLARED, REGULAR}
_CALLED = {"P": "Ibu", "L": "Bapak"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How an enterprise fares: its class, how it got there, why."""

    health_class: str
    words: str
    before_words: str
    way: str
    since: str
    reasons: tuple[str, ...]
    is_expired: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PermitLine:
    """One permit, and which paper is missing first."""

    name: str
    standing_words: str
    is_in_force: bool
    expires_on: date | None
    missing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PermitGroup:
    """The permits of a product, or of the enterprise itself."""

    name: str
    lines: tuple[PermitLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnEnterprise:
    """One of the owner's enterprises."""

    id: UUID
    name: str
    standing: Standing | None
    promises: tuple[PromiseLine, ...]
    therapies: tuple[ItemView, ...]
    permits: tuple[PermitGroup, ...]
    next_visit_on: date | None
    # Its day is over and nobody came.
    is_visit_late: bool
    mentor_name: str
    # Of this month; None until the owner's number was given.
    sums: Sums | None
    # Without their sums until then.
    loans: tuple[OwnLoan, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnHome:
    """The owner's enterprises, by name; how the owner is called."""

    called: str
    month: str
    enterprises: tuple[OwnEnterprise, ...]


def own_home(scope: Scope, *, with_money: bool) -> OwnHome:
    """What the owner who calls sees first; sums of money only `with_money`."""
    rows = db.session.scalars(
        select(Enterprise).where(within(scope)).order_by(Enterprise.search_name, Enterprise.id)
    ).all()
    mentors = names(row.mentor_id for row in rows)
    return OwnHome(
        called=_called(rows),
        month=MONTHS[local_today().month - 1],
        enterprises=tuple(_enterprise(scope, row, mentors, with_money) for row in rows),
    )


def _called(rows: Sequence[Enterprise]) -> str:
    owner = db.session.get(Owner, rows[0].owner_id) if rows else None
    return _CALLED.get(owner.sex or "", "Anda") if owner is not None else "Anda"


def _enterprise(
    scope: Scope, row: Enterprise, mentors: dict[UUID, str], with_money: bool
) -> OwnEnterprise:
    today = local_today()
    active = [one for one in rows_of(row.id) if one.state in ACTIVE_STATES]
    return OwnEnterprise(
        id=row.id,
        name=row.name,
        standing=_standing(scope, row, today),
        promises=tuple(promise_line(one, today=today) for one in open_promises(row.id)),
        therapies=tuple(items_of(row, active)),
        permits=_permits(enterprise_certificates(scope, row.id).subjects),
        next_visit_on=row.next_visit_due_on,
        is_visit_late=row.next_visit_due_on is not None and row.next_visit_due_on < today,
        mentor_name=mentors.get(row.mentor_id, "") if row.mentor_id else "",
        sums=sums_of(row.id, today) if with_money else None,
        loans=own_loans(row.id, on=today),
    )


def _standing(scope: Scope, row: Enterprise, today: date) -> Standing | None:
    rated = [one for one in assessments_of(scope, row.id) if one.final_class is not None]
    if not rated:
        return None
    told = result(scope, rated[-1].id)
    now = str(rated[-1].final_class)
    first, before = _run(rated)
    return Standing(
        health_class=now,
        words=CLASS_WORDS[now],
        before_words=CLASS_WORDS.get(before or "", ""),
        way=way_of(before, now),
        since=_month(first.assessed_on, today),
        reasons=reasons(
            (one.code for one in told.caps), ((one.code, one.name) for one in told.pulls)
        ),
        is_expired=told.is_expired,
    )


def _run(rated: list[HealthAssessment]) -> tuple[HealthAssessment, str | None]:
    """The first assessment with the present class in a row, and the class before it."""
    first = rated[-1]
    for one in reversed(rated):
        if one.final_class != rated[-1].final_class:
            return first, one.final_class
        first = one
    return first, None


def _month(day: date, today: date) -> str:
    """A month as people say it: its year only when it is not this one."""
    month = MONTHS[day.month - 1]
    return month if day.year == today.year else f"{month} {day.year}"


def _permits(subjects: Sequence[Subject]) -> tuple[PermitGroup, ...]:
    groups = (PermitGroup(name=one.name, lines=tuple(_permits_of(one))) for one in subjects)
    return tuple(one for one in groups if one.lines)


def _permits_of(subject: Subject) -> Iterator[PermitLine]:
    for line in subject.lines:
        yield PermitLine(
            name=line.name,
            standing_words=PERMIT_WORDS[line.standing],
            is_in_force=line.standing == IN_FORCE,
            expires_on=line.expires_on if line.standing == IN_FORCE else None,
            missing=line.missing[0] if line.missing else "",
        )
    begun = {line.track for line in subject.lines}
    for scheme in subject.schemes:
        if scheme.code not in begun | _NO_TRACK and not _is_halal_begun(scheme, begun):
            yield PermitLine(
                name=scheme.name,
                standing_words=PERMIT_WORDS[NOT_BEGUN],
                is_in_force=False,
                expires_on=None,
                missing="",
            )


def _is_halal_begun(scheme: Scheme, begun: set[str]) -> bool:
    return scheme.code in _HALAL and bool(begun & _HALAL)
