"""The rows behind each figure of a monthly report. Figures are counted from the same statements,
so a number and its list can't disagree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    Uuid,
    and_,
    case,
    cast,
    exists,
    func,
    null,
    or_,
    select,
    true,
)
from sqlalchemy.orm import aliased

from app.core.clock import local_today
from app.core.scope import Scope
from app.enterprises.models import Enterprise
from app.enterprises.queries import within
from app.health.models import ClassSpan, HealthAssessment
from app.interventions.models import Intervention
from app.mentoring.models import Assignment, Expense, Promise, Visit, VisitCheck
from app.mentoring.rules import (
    ACCEPTED,
    ANSWERED,
    ASKED_REWARD,
    BROKEN,
    KEPT,
    MET,
    NOT_MET,
    REFUSED,
    RETURNED,
)
from app.mentoring.rules.monthly import ENTERPRISES, EXPENSES, LIST_LABELS, Month

Rows = Select[*tuple[Any, ...]]
# Typed, because PostgreSQL would take an empty column for text and not sum it.
_NO_NUMBER = cast(null(), BigInteger)


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Whose month, as seen by whom. `until` is when it was handed in: later arrivals don't count.

    The mentor's own report counts all they did; an officer's page what lies in their reach.
    """

    mentor_id: UUID
    month: Month
    scope: Scope
    is_own: bool
    until: datetime | None = None

    @property
    def seen(self) -> ColumnElement[bool]:
        """Which enterprises count."""
        return true() if self.is_own else within(self.scope)

    @property
    def days(self) -> tuple[date, date]:
        """First and last day."""
        return self.month.first, self.month.last


def rows_of(about: About, name: str) -> Rows:
    """The rows of one list: id, on, enterprise_id, enterprise_name, what, number.

    The name of an enterprise that the caller no longer reaches is left out.
    """
    return _STATEMENTS[name](about)


def is_listed(name: str) -> bool:
    """Whether there is a list of this name."""
    return name in LIST_LABELS


def _named(about: About, key: Any, on: Any, what: Any, number: Any = None) -> Rows:
    reached = within(about.scope)
    return select(
        key.label("id"),
        on.label("on"),
        case((reached, Enterprise.id), else_=null()).label("enterprise_id"),
        case((reached, Enterprise.name), else_=null()).label("enterprise_name"),
        what.label("what"),
        (_NO_NUMBER if number is None else number).label("number"),
    )


def _made(about: About) -> ColumnElement[bool]:
    """Visits of the mentor in the month, as far as they had come in."""
    first, last = about.days
    came = true() if about.until is None else Visit.received_at <= about.until
    return and_(Visit.mentor_id == about.mentor_id, Visit.visited_on.between(first, last), came)


def _visits(*outcomes: str) -> Callable[[About], Rows]:
    def rows(about: About) -> Rows:
        statement = (
            _named(about, Visit.id, Visit.visited_on, Visit.outcome, Visit.duration_minutes)
            .join(Enterprise, Enterprise.id == Visit.enterprise_id)
            .where(_made(about), about.seen)
            .order_by(Visit.visited_on, Visit.id)
        )
        return statement.where(Visit.outcome.in_(outcomes)) if outcomes else statement

    return rows


def _checked(*states: str) -> Callable[[About], Rows]:
    def rows(about: About) -> Rows:
        return (
            _visits()(about)
            .join(VisitCheck, VisitCheck.visit_id == Visit.id)
            .where(VisitCheck.state.in_(states))
        )

    return rows


def _enterprises(about: About) -> Rows:
    last = func.max(Visit.visited_on)
    return (
        _named(about, Enterprise.id, last, func.count().label("visits"))
        .select_from(Visit)
        .join(Enterprise, Enterprise.id == Visit.enterprise_id)
        .where(_made(about), about.seen)
        .group_by(Enterprise.id)
        .order_by(last, Enterprise.id)
    )


def _promises(link: Any, *states: str) -> Callable[[About], Rows]:
    def rows(about: About) -> Rows:
        statement = (
            _named(about, Promise.id, Visit.visited_on, Promise.text)
            .select_from(Promise)
            .join(Visit, Visit.id == link)
            .join(Enterprise, Enterprise.id == Promise.enterprise_id)
            .where(_made(about), about.seen)
            .order_by(Visit.visited_on, Promise.id)
        )
        return statement.where(Promise.state.in_(states)) if states else statement

    return rows


def _assessments(about: About) -> Rows:
    first, last = about.days
    came = true() if about.until is None else HealthAssessment.received_at <= about.until
    return (
        _named(
            about,
            HealthAssessment.id,
            HealthAssessment.assessed_on,
            HealthAssessment.final_class,
            HealthAssessment.score,
        )
        .join(Enterprise, Enterprise.id == HealthAssessment.enterprise_id)
        .where(
            HealthAssessment.assessed_by == about.mentor_id,
            HealthAssessment.assessed_on.between(first, last),
            came,
            about.seen,
        )
        .order_by(HealthAssessment.assessed_on, HealthAssessment.id)
    )


def _therapies(about: About) -> Rows:
    first, last = about.days
    return (
        _named(about, Intervention.id, Intervention.closed_on, Intervention.therapy_code)
        .join(Enterprise, Enterprise.id == Intervention.enterprise_id)
        .where(
            Intervention.state == "selesai",
            Intervention.closed_on.between(first, last),
            or_(
                Intervention.responsible_id == about.mentor_id,
                Intervention.closed_by == about.mentor_id,
            ),
            about.seen,
        )
        .order_by(Intervention.closed_on, Intervention.id)
    )


def _moved(*, is_up: bool) -> Callable[[About], Rows]:
    def rows(about: About) -> Rows:
        first, last = about.days
        end = min(last, local_today())
        before, after = aliased(ClassSpan), aliased(ClassSpan)
        ranks = [
            case((span.health_class == "sakit", 0), (span.health_class == "sehat", 2), else_=1)
            for span in (before, after)
        ]
        return (
            _named(about, Enterprise.id, after.from_on, after.health_class)
            .join(before, before.enterprise_id == Enterprise.id)
            .join(after, after.enterprise_id == Enterprise.id)
            .where(
                before.from_on <= first,
                before.until_on >= first,
                after.from_on <= end,
                after.until_on >= end,
                ranks[1] > ranks[0] if is_up else ranks[1] < ranks[0],
                _in_care(about.mentor_id, end),
                about.seen,
            )
            .order_by(after.from_on, Enterprise.id)
        )

    return rows


def _in_care(mentor_id: UUID, on: date) -> ColumnElement[bool]:
    """Whose care an enterprise was in on a day; who registered one had it before any assignment."""
    of_it = exists().where(Assignment.enterprise_id == Enterprise.id)
    held = of_it.where(
        Assignment.mentor_id == mentor_id,
        Assignment.from_on <= on,
        or_(Assignment.until_on.is_(None), Assignment.until_on >= on),
    )
    return or_(held, and_(Enterprise.mentor_id == mentor_id, ~of_it))


def _expenses(*, only_without_proof: bool = False) -> Callable[[About], Rows]:
    def rows(about: About) -> Rows:
        first, last = about.days
        statement = (
            select(
                Expense.id.label("id"),
                Expense.spent_on.label("on"),
                cast(null(), Uuid).label("enterprise_id"),
                null().label("enterprise_name"),
                Expense.what.label("what"),
                Expense.amount.label("number"),
            )
            .where(Expense.mentor_id == about.mentor_id, Expense.spent_on.between(first, last))
            .order_by(Expense.spent_on, Expense.id)
        )
        return statement.where(Expense.photo_id.is_(None)) if only_without_proof else statement

    return rows


_STATEMENTS: dict[str, Callable[[About], Rows]] = {
    "kunjungan": _visits(),
    "bertemu": _visits(MET),
    "tidak-bertemu": _visits(NOT_MET),
    "menolak": _visits(REFUSED),
    "imbalan": _visits(ASKED_REWARD),
    "diperiksa": _checked(ACCEPTED),
    "dikembalikan": _checked(RETURNED, ANSWERED),
    ENTERPRISES: _enterprises,
    "janji-ditepati": _promises(Promise.settled_in_visit_id, KEPT),
    "janji-tidak-ditepati": _promises(Promise.settled_in_visit_id, BROKEN),
    "janji-baru": _promises(Promise.made_in_visit_id),
    "penilaian": _assessments,
    "terapi-selesai": _therapies,
    "membaik": _moved(is_up=True),
    "memburuk": _moved(is_up=False),
    "pengeluaran": _expenses(),
    "tanpa-bukti": _expenses(only_without_proof=True),
}
if set(_STATEMENTS) != set(LIST_LABELS) or not set(EXPENSES) <= set(_STATEMENTS):
    raise RuntimeError("a figure without its list, or a list without its words")
