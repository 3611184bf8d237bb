"""What lenders lent to enterprises of an office: per lender and village, and the loans behind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select, true

from app.core.scope import Scope
from app.credit.models import Lender, Loan
from app.credit.rules.collectability import days_in_arrears
from app.credit.rules.loan_states import OPEN, STATES
from app.db import db
from app.enterprises.models import Enterprise, Owner
from app.enterprises.queries import may_use, within
from app.enterprises.rules.consents import BASE
from app.places.queries import path_labels

PAGE_SIZE = 50
ALL, LATE, LONG_LATE = "berjalan", "menunggak", "lama"
STANDS = {ALL: "Berjalan", LATE: "Menunggak", LONG_LATE: "Menunggak lebih dari 30 hari"}
_LONG_DAYS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalLine:
    """The open loans of one lender in one village; amounts in rupiah."""

    lender_id: UUID
    lender: str
    village_code: str
    village: str
    loans: int
    left: int
    late: int
    long_late: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanLine:
    """One open loan of an enterprise."""

    enterprise_id: UUID
    enterprise: str
    village: str
    lender: str
    state: str
    left: int
    late_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Of which lender, in which village, how they stand; empty: any."""

    lender_id: UUID | None = None
    village_code: str = ""
    stand: str = ALL


def totals(scope: Scope, *, on: date) -> list[TotalLine]:
    """Per lender and village, by name. One statement."""
    rows = db.session.execute(
        _reached(
            select(
                Lender.id.label("lender_id"),
                Lender.name.label("lender"),
                Enterprise.village_code,
                func.count().label("loans"),
                func.sum(Loan.principal_left).label("left"),
                func.count().filter(_stands(LATE, on)).label("late"),
                func.count().filter(_stands(LONG_LATE, on)).label("long_late"),
            ),
            scope,
        )
        .group_by(Lender.id, Lender.name, Lender.search_name, Enterprise.village_code)
        .order_by(Lender.search_name, Lender.id, Enterprise.village_code)
    ).all()
    villages = path_labels({row.village_code for row in rows})
    return [
        TotalLine(
            village=villages.get(row.village_code, ""),
            **{**row._mapping, "left": int(row.left)},  # noqa: SLF001
        )
        for row in rows
    ]


def loan_lines(
    scope: Scope, chosen: Chosen, *, on: date, offset: int = 0
) -> tuple[list[LoanLine], int]:
    """One page of the loans behind a number, the longest in arrears first; and how many in all."""
    condition = _stands(chosen.stand, on)
    if chosen.lender_id is not None:
        condition &= Loan.lender_id == chosen.lender_id
    if chosen.village_code:
        condition &= Enterprise.village_code == chosen.village_code
    count = db.session.scalar(_reached(select(func.count()), scope).where(condition)) or 0
    rows = db.session.execute(
        _reached(select(Loan, Enterprise, Lender.name.label("lender")), scope)
        .where(condition)
        .order_by(Loan.next_due_on.is_(None), Loan.next_due_on, Loan.id)
        .offset(offset)
        .limit(PAGE_SIZE)
    ).all()
    villages = path_labels({row.Enterprise.village_code for row in rows})
    return [
        LoanLine(
            enterprise_id=row.Enterprise.id,
            enterprise=row.Enterprise.name,
            village=villages.get(row.Enterprise.village_code, ""),
            lender=row.lender,
            state=STATES[row.Loan.state],
            left=row.Loan.principal_left,
            late_days=days_in_arrears(row.Loan.next_due_on, on),
        )
        for row in rows
    ], count


def _reached(statement: Any, scope: Scope) -> Select[Any]:
    """Of enterprises that the caller reaches and whose owners didn't withdraw."""
    found: Select[Any] = (
        statement.select_from(Loan)
        .join(Lender, Lender.id == Loan.lender_id)
        .join(Enterprise, Enterprise.id == Loan.enterprise_id)
        .join(Owner, Owner.id == Enterprise.owner_id)
        .where(Loan.state.in_(OPEN), within(scope), may_use(BASE))
    )
    return found


def _stands(stand: str, on: date) -> ColumnElement[bool]:
    if stand == ALL:
        return true()
    return Loan.next_due_on < (on if stand == LATE else on - timedelta(days=_LONG_DAYS))
