"""All that a report says of an area, asked of the queries that the pages ask."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, not_, select

from app.accounts.models import Account
from app.aid.models import AidCase
from app.aid.queries import ToolFilter, ToolTotals, totals
from app.core.permissions import Permission
from app.core.scope import Scope
from app.dashboard.queries import movement, overview, work_lists
from app.dashboard.rules import Movement, Number, Overview, Period
from app.db import db
from app.enterprises.models import Enterprise, Owner
from app.enterprises.queries import may_use, within_area
from app.enterprises.rules.consents import BASE
from app.enterprises.rules.life_cycle import SERVED_STATES
from app.interventions.models import Intervention
from app.interventions.queries import Spread, proposal_count, spread
from app.interventions.rules import PROMISED_STATES
from app.interventions.rules.states import DONE
from app.mentoring.queries.mentors import MentorLine, mentor_lines
from app.reports.queries.trainings import TrainingTotals, training_totals
from app.reports.rules.limits import MOST_NAMED

ScopeFor = Callable[[Permission], Scope]


@dataclass(frozen=True, slots=True, kw_only=True)
class Therapies:
    """Therapies of one budget year by state, what waits, and what ended in the period."""

    states: dict[str, int]
    waiting: int
    results: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedEnterprise:
    """An enterprise that the report names, whose owner lets it."""

    id: UUID
    name: str
    health_class: str
    sick_since: date | None
    mentor: str
    last_visit: date | None
    has_plan: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """The sick enterprises by name, the longest sick first, and how many are not named."""

    lines: Sequence[NamedEnterprise]
    total: int
    withheld: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaFacts:
    """Everything in the report of an area; what its maker may not see is None."""

    overview: Overview
    movement: Movement
    spread: Spread | None
    therapies: Therapies | None
    trainings: TrainingTotals | None
    tools: ToolTotals | None
    handed_over: int
    mentors: Sequence[MentorLine] | None
    work: Sequence[Number] | None
    named: Named | None


def area_facts(
    scope: Scope, scope_for: ScopeFor, code: str, period: Period, *, with_names: bool
) -> AreaFacts:
    """The figures of an area that the scope covers; each part as far as its permission reaches.

    `scope_for` gives the maker's reach under a permission.
    """

    def reach(permission: Permission) -> Scope | None:
        found = scope_for(permission)
        return found.narrowed_to(code) if found.covers_area(code) else None

    healing, training = reach(Permission.INTERVENTION_READ), reach(Permission.TRAINING_READ)
    aiding, mentoring = reach(Permission.AID_READ), reach(Permission.MENTOR_READ)
    managing, naming = reach(Permission.MENTOR_MANAGE), reach(Permission.ENTERPRISE_EXPORT)
    year = period.until_on.year
    return AreaFacts(
        overview=overview(scope, code, period),
        movement=movement(scope, code, period),
        spread=spread(healing, code, year) if healing else None,
        therapies=therapies(healing, code, year, period) if healing else None,
        trainings=training_totals(training, period) if training else None,
        tools=totals(aiding, ToolFilter()) if aiding else None,
        handed_over=_handed_over(aiding, code, period) if aiding else 0,
        mentors=mentor_lines(mentoring) if mentoring else None,
        work=work_lists(managing) if managing else None,
        named=named_sick(naming, code) if naming and with_names else None,
    )


def therapies(scope: Scope, code: str, year: int, period: Period) -> Therapies:
    """The therapies of an area: those to which a year's money is promised, by state; proposals;
    and the results of those that ended in the period."""
    reached = within_area(scope, code)
    return Therapies(
        states=_tally(
            Intervention.state,
            reached,
            Intervention.state.in_(PROMISED_STATES),
            Intervention.budget_year == year,
        ),
        waiting=proposal_count(scope.narrowed_to(code)),
        results=_tally(
            Intervention.result,
            reached,
            Intervention.state == DONE,
            Intervention.closed_on.between(period.from_on, period.until_on),
        ),
    )


def named_sick(scope: Scope, code: str) -> Named:
    """The sick enterprises of an area by name, as far as their owners let the office use that."""
    sick = (
        within_area(scope, code),
        Enterprise.life_cycle.in_(sorted(SERVED_STATES)),
        Enterprise.health_class == "sakit",
    )
    rows = db.session.execute(
        select(
            Enterprise.id,
            Enterprise.name,
            Enterprise.health_class,
            Enterprise.sick_since_on,
            Enterprise.last_visit_on,
            Enterprise.has_plan,
            Account.name.label("mentor"),
        )
        .join(Owner, Owner.id == Enterprise.owner_id)
        .outerjoin(Account, Account.id == Enterprise.mentor_id)
        .where(*sick, may_use(BASE))
        .order_by(Enterprise.sick_since_on, Enterprise.search_name, Enterprise.id)
        .limit(MOST_NAMED)
    )
    lines = [
        NamedEnterprise(
            id=row.id,
            name=row.name,
            health_class=row.health_class,
            sick_since=row.sick_since_on,
            mentor=row.mentor or "belum ada",
            last_visit=row.last_visit_on,
            has_plan=row.has_plan,
        )
        for row in rows
    ]
    total, withheld = _count(*sick), _count(*sick, not_(may_use(BASE)))
    return Named(lines=lines, total=total, withheld=withheld)


def _count(*conditions: ColumnElement[bool]) -> int:
    statement = (
        select(func.count())
        .select_from(Enterprise)
        .join(Owner, Owner.id == Enterprise.owner_id)
        .where(*conditions)
    )
    return db.session.execute(statement).scalar_one()


def _tally(column: Any, *conditions: ColumnElement[bool]) -> dict[str, int]:
    rows = db.session.execute(
        select(column, func.count())
        .join(Enterprise, Enterprise.id == Intervention.enterprise_id)
        .where(*conditions)
        .group_by(column)
    )
    return {row[0]: row[1] for row in rows}


def _handed_over(scope: Scope, code: str, period: Period) -> int:
    statement = (
        select(func.count())
        .select_from(AidCase)
        .join(Enterprise, Enterprise.id == AidCase.enterprise_id)
        .where(
            within_area(scope, code),
            AidCase.handed_over_on.between(period.from_on, period.until_on),
        )
    )
    return db.session.scalar(statement) or 0
