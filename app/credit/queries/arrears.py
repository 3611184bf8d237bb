"""Enterprises that are behind with what a lender asks for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from app.core.scope import Scope
from app.credit.models import Lender, Loan
from app.credit.rules.arrears import VISIT_DAYS, WORK_DAYS
from app.credit.rules.collectability import days_in_arrears
from app.credit.rules.loan_states import OPEN
from app.db import db
from app.db.slices import slices
from app.enterprises.models import Enterprise, Owner
from app.enterprises.queries import may_use, within
from app.enterprises.rules.consents import BASE
from app.places.queries import path_labels


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrearsLine:
    """One enterprise: how long its oldest payment waits, with which lenders, what it owes them."""

    enterprise_id: UUID
    enterprise_name: str
    owner_name: str
    village_label: str
    since: date
    days: int
    lenders: tuple[str, ...]
    left: int


def arrears_lines(scope: Scope, *, on: date, at_least: int) -> list[ArrearsLine]:
    """Those whose oldest payment waits so many days or more, the longest first."""
    rows = db.session.execute(
        select(
            Enterprise.id,
            Enterprise.name,
            Enterprise.village_code,
            Owner.name.label("owner_name"),
            Lender.name.label("lender_name"),
            Loan.next_due_on,
            Loan.principal_left,
        )
        .join(Enterprise, Enterprise.id == Loan.enterprise_id)
        .join(Owner, Owner.id == Enterprise.owner_id)
        .join(Lender, Lender.id == Loan.lender_id)
        .where(*_late(scope, on, at_least))
        .order_by(Loan.next_due_on, Enterprise.search_name, Enterprise.id, Lender.name, Loan.id)
    ).all()
    labels = path_labels({row.village_code for row in rows})
    of_each: dict[UUID, list[Any]] = {}
    for row in rows:
        of_each.setdefault(row.id, []).append(row)
    return [_line(own, labels, on) for own in of_each.values()]


def _line(rows: Sequence[Any], labels: dict[str, str], on: date) -> ArrearsLine:
    first = rows[0]
    return ArrearsLine(
        enterprise_id=first.id,
        enterprise_name=first.name,
        owner_name=first.owner_name,
        village_label=labels[first.village_code],
        since=first.next_due_on,
        days=days_in_arrears(first.next_due_on, on),
        lenders=tuple(dict.fromkeys(row.lender_name for row in rows)),
        left=sum(row.principal_left for row in rows),
    )


def arrears_count(scope: Scope, *, on: date, at_least: int = WORK_DAYS) -> int:
    """How many enterprises there are."""
    return db.session.scalars(
        select(func.count(Loan.enterprise_id.distinct()))
        .join(Enterprise, Enterprise.id == Loan.enterprise_id)
        .join(Owner, Owner.id == Enterprise.owner_id)
        .where(*_late(scope, on, at_least))
    ).one()


def arrears_of_care(scope: Scope, *, on: date) -> dict[UUID, date]:
    """Since when the oldest payment waits, of those that want a visit for it."""
    rows = db.session.execute(
        select(Loan.enterprise_id, func.min(Loan.next_due_on).label("since"))
        .join(Enterprise, Enterprise.id == Loan.enterprise_id)
        .join(Owner, Owner.id == Enterprise.owner_id)
        .where(*_late(scope, on, VISIT_DAYS))
        .group_by(Loan.enterprise_id)
        .order_by(Loan.enterprise_id)
    )
    return {row.enterprise_id: row.since for row in rows}


def next_due_of(enterprise_ids: Collection[UUID]) -> dict[UUID, date]:
    """When the oldest payment that is not wholly paid was or is due, of enterprises that the
    caller found within its scope."""
    found: dict[UUID, date] = {}
    for some in slices(sorted(set(enterprise_ids))):
        rows = db.session.execute(
            select(Loan.enterprise_id, func.min(Loan.next_due_on).label("since"))
            .where(
                Loan.enterprise_id.in_(some), Loan.state.in_(OPEN), Loan.next_due_on.is_not(None)
            )
            .group_by(Loan.enterprise_id)
            .order_by(Loan.enterprise_id)
        )
        found |= {row.enterprise_id: row.since for row in rows}
    return found


def _late(scope: Scope, on: date, at_least: int) -> tuple[ColumnElement[bool], ...]:
    """Of those who may be looked after; both lists and counts ask the same."""
    return (
        Loan.state.in_(OPEN),
        Loan.next_due_on <= on - timedelta(days=at_least),
        within(scope),
        may_use(BASE),
    )
