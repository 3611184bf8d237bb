"""What loans and debts say on a day: the door through which others read them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_, select

from app.credit.models import InformalDebt, Instalment, Loan
from app.credit.rules.collectability import days_in_arrears
from app.credit.rules.debts import DEBT_KINDS
from app.credit.rules.facts import LENDER, CreditFacts, main_source, month_paid
from app.credit.rules.loan_states import OPEN, WRITTEN_OFF
from app.db import db
from app.db.slices import slices

# Of two sources that are owed the same the worse one counts.
_ORDER = (*DEBT_KINDS, LENDER)


def credit_facts(enterprise_ids: Collection[UUID], *, on: date) -> dict[UUID, CreditFacts]:
    """What is known of enterprises that the caller has found within its scope.

    Those without an open loan and without a debt that was told are left out: that nothing stands
    here does not say that nothing is owed. Three statements for each 500 enterprises.
    """
    found: dict[UUID, CreditFacts] = {}
    for some in slices(sorted(set(enterprise_ids))):
        found |= _some(some, on)
    return found


def _some(enterprise_ids: Sequence[UUID], on: date) -> dict[UUID, CreditFacts]:
    loans, debts = _loans(enterprise_ids), _debts(enterprise_ids, on)
    due = _due([loan for some in loans.values() for loan in some])
    return {
        key: _facts(loans.get(key, []), debts.get(key, []), due, on)
        for key in sorted({*loans, *debts})
    }


def _facts(
    loans: Sequence[Any],
    debts: Sequence[InformalDebt],
    due: dict[UUID, list[tuple[date, int]]],
    on: date,
) -> CreditFacts:
    owed = [(LENDER, loan.principal_left) for loan in loans]
    owed += [(debt.kind, debt.amount) for debt in debts]
    ahead = [day for loan in loans for day, _ in due.get(loan.id, []) if day > on]
    days, is_told = _arrears(loans, debts, on)
    return CreditFacts(
        on=on,
        loans=len(loans),
        debts=len(debts),
        loan_month=sum(month_paid(due.get(loan.id, []), on=on) for loan in loans),
        debt_month=sum(debt.monthly for debt in debts),
        loan_left=sum(loan.principal_left for loan in loans),
        debt_left=sum(debt.amount for debt in debts),
        arrears_days=days,
        is_arrears_told=is_told,
        main_source=main_source(owed, _ORDER),
        next_due_on=min(ahead, default=None),
    )


def _arrears(
    loans: Sequence[Any], debts: Sequence[InformalDebt], on: date
) -> tuple[int | None, bool]:
    """The longest of all, and whether it is one that was told; what was told goes on growing."""
    of_loans = max((days_in_arrears(loan.next_due_on, on) for loan in loans), default=0)
    told = [
        debt.overdue_days + (on - debt.told_on).days if debt.overdue_days else debt.overdue_days
        for debt in debts
    ]
    of_debts = max((days for days in told if days is not None), default=0)
    longest = max(of_loans, of_debts)
    if longest == 0 and None in told:
        return None, True
    return longest, of_debts > of_loans or (longest == 0 and not loans)


def _loans(enterprise_ids: Sequence[UUID]) -> dict[UUID, list[Any]]:
    """A loan that was written off is still owed, though nobody asks for its payments."""
    rows = db.session.execute(
        select(
            Loan.id,
            Loan.enterprise_id,
            Loan.state,
            Loan.schedule_no,
            Loan.principal_left,
            Loan.next_due_on,
        )
        .where(
            Loan.enterprise_id.in_(enterprise_ids),
            or_(
                Loan.state.in_(OPEN),
                and_(Loan.state == WRITTEN_OFF, Loan.next_due_on.is_not(None)),
            ),
        )
        .order_by(Loan.enterprise_id, Loan.id)
    )
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.enterprise_id].append(row)
    return found


def _due(loans: Sequence[Any]) -> dict[UUID, list[tuple[date, int]]]:
    """What the schedules in force ask for, by loan."""
    found: dict[UUID, list[tuple[date, int]]] = defaultdict(list)
    for some in slices([loan.id for loan in loans if loan.state in OPEN]):
        rows = db.session.execute(
            select(
                Instalment.loan_id,
                Instalment.due_on,
                (Instalment.principal + Instalment.interest).label("amount"),
            )
            .join(Loan, Loan.id == Instalment.loan_id)
            .where(Instalment.loan_id.in_(some), Instalment.schedule_no == Loan.schedule_no)
            .order_by(Instalment.loan_id, Instalment.number)
        )
        for row in rows:
            found[row.loan_id].append((row.due_on, row.amount))
    return found


def _debts(enterprise_ids: Sequence[UUID], on: date) -> dict[UUID, list[InformalDebt]]:
    rows = db.session.scalars(
        select(InformalDebt)
        .where(
            InformalDebt.enterprise_id.in_(enterprise_ids),
            InformalDebt.is_current,
            InformalDebt.is_over.is_(False),
            InformalDebt.told_on <= on,
        )
        .order_by(InformalDebt.enterprise_id, InformalDebt.id)
    )
    found: dict[UUID, list[InformalDebt]] = defaultdict(list)
    for row in rows:
        found[row.enterprise_id].append(row)
    return found
