"""What a mentor has to do today."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from app.core.scope import Scope
from app.credit.queries.arrears import arrears_of_care
from app.db import db
from app.enterprises.models import Enterprise, Owner
from app.enterprises.queries import may_use, within
from app.enterprises.rules.consents import BASE
from app.enterprises.rules.shown import is_expired
from app.health.queries import reassessment_asked
from app.health.rules.protocol import NOT_VISITED
from app.interventions.models import Intervention
from app.interventions.rules import ACTIVE_STATES
from app.mentoring.models import Promise
from app.mentoring.queries.visits import visit_facts
from app.mentoring.rules import OPEN, CaseFacts, TodayLine, why_today
from app.mentoring.rules.today import WITHOUT_HAMLET
from app.places.queries import path_labels

Days = dict[UUID, tuple[date, ...]]


def today_lines(scope: Scope, *, today: date) -> list[TodayLine]:
    """The enterprises in the mentor's care for which there is something to do today.

    Nobody is sent to an owner who withdrew or restricted their data.
    """
    rows = _in_care(scope)
    promises = _promise_days(scope, today)
    therapies = _therapy_days(scope, today)
    asked_again = reassessment_asked(scope)
    unpaid = arrears_of_care(scope, on=today)
    villages = path_labels(row.village_code for row in rows)
    lines = []
    for row in rows:
        facts = CaseFacts(
            visit=visit_facts(row),
            next_visit_due_on=row.next_visit_due_on,
            health_valid_until=row.health_valid_until,
            promises_due_on=promises.get(row.id, ()),
            therapies_due_on=therapies.get(row.id, ()),
            is_asked_again=row.id in asked_again,
            unpaid_since=unpaid.get(row.id),
        )
        reasons = why_today(facts, today=today)
        if reasons:
            lines.append(
                TodayLine(
                    enterprise_id=row.id,
                    name=row.name,
                    owner_name=row.owner.name,
                    phone=row.owner.phone,
                    health_class=row.health_class,
                    is_expired=is_expired(row.health_valid_until, today),
                    village_label=_short(villages[row.village_code]),
                    hamlet=row.hamlet or WITHOUT_HAMLET,
                    address=row.address,
                    reasons=tuple(reasons),
                )
            )
    return lines


def _in_care(scope: Scope) -> list[Enterprise]:
    statement = (
        select(Enterprise)
        .join(Owner, Owner.id == Enterprise.owner_id)
        .where(within(scope), may_use(BASE), Enterprise.life_cycle.not_in(sorted(NOT_VISITED)))
        .options(joinedload(Enterprise.owner))
        .order_by(Enterprise.search_name, Enterprise.id)
    )
    return list(db.session.scalars(statement))


def _short(label: str) -> str:
    """Village and district: a mentor knows the regency."""
    return ", ".join(label.split(", ")[:2])


def _promise_days(scope: Scope, today: date) -> Days:
    statement = (
        select(Promise.enterprise_id, Promise.due_on)
        .join(Enterprise, Enterprise.id == Promise.enterprise_id)
        .where(Promise.state == OPEN, Promise.due_on <= today, within(scope))
        .order_by(Promise.due_on, Promise.id)
    )
    return _by_enterprise(statement)


def _therapy_days(scope: Scope, today: date) -> Days:
    statement = (
        select(Intervention.enterprise_id, Intervention.due_on)
        .join(Enterprise, Enterprise.id == Intervention.enterprise_id)
        .where(Intervention.state.in_(ACTIVE_STATES), Intervention.due_on <= today, within(scope))
        .order_by(Intervention.due_on, Intervention.id)
    )
    return _by_enterprise(statement)


def _by_enterprise(statement: Select[*tuple[Any, ...]]) -> Days:
    found: Days = {}
    for enterprise_id, due_on in db.session.execute(statement):
        found[enterprise_id] = (*found.get(enterprise_id, ()), due_on)
    return found
