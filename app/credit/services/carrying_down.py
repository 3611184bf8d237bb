"""Carrying down on a loan's row what its payments come to, and keeping its steps."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, select

from app.core.clock import local_today, utc_now
from app.core.errors import Conflict
from app.core.ids import new_id
from app.credit.models import Loan, LoanStep, Repayment, RepaymentPart
from app.credit.queries.lender_loans import owed_of
from app.credit.queries.refunds import refunded
from app.credit.rules.loan_states import (
    DISBURSED,
    RESTRUCTURED,
    RUNNING,
    SETTLED,
    WRITTEN_OFF,
)
from app.db import db


def check_version(loan: Loan, version: int) -> None:
    """Refuse what was decided on before somebody else changed the loan.

    Raises:
        Conflict: the loan changed meanwhile.
    """
    if loan.version != version:
        message = "Pinjaman ini baru saja diubah. Muat ulang, lalu periksa lagi."
        raise Conflict("loan_changed", message=message)


def carry_down(loan: Loan, *, by: UUID, is_settled_early: bool = False) -> None:
    """Write on the loan what is left, since when, and whether it is paid back."""
    db.session.flush()
    owed = [one for one in owed_of(loan) if one.total]
    is_settled = is_settled_early or not owed
    loan.principal_left = sum(one.principal for one in owed)
    loan.next_due_on = None if is_settled else min(one.due_on for one in owed)
    carry_overpaid(loan)
    if is_settled:
        step(loan, SETTLED, by=by, reason="Dilunasi lebih awal" if is_settled_early else "")
    elif loan.state == DISBURSED:
        step(loan, RUNNING, by=by)
    elif loan.state == SETTLED:
        step(loan, _state_before(loan), by=by, reason="Pembayaran dibatalkan")


def carry_overpaid(loan: Loan) -> None:
    """Write on the loan what was paid beyond all that was asked and not given back."""
    db.session.flush()
    loan.overpaid = beyond_of(loan.id) - int(db.session.scalar(select(refunded(loan.id))) or 0)
    loan.version += 1


def step(loan: Loan, state: str, *, by: UUID, reason: str = "") -> None:
    """Bring a loan into a state and keep who did it."""
    loan.state = state
    loan.state_on = local_today()
    db.session.add(
        LoanStep(
            id=new_id(),
            loan_id=loan.id,
            to_state=state,
            reason=reason,
            by=by,
            happened_at=utc_now(),
        )
    )


def beyond_of(loan_id: UUID) -> int:
    """What was paid beyond all that was asked."""
    total = db.session.scalar(
        select(func.coalesce(func.sum(RepaymentPart.beyond), 0))
        .join(Repayment, Repayment.id == RepaymentPart.repayment_id)
        .where(Repayment.loan_id == loan_id)
    )
    return int(total or 0)


def _state_before(loan: Loan) -> str:
    """Where a loan stood before it was settled."""
    known = db.session.scalar(
        select(LoanStep.to_state)
        .where(
            LoanStep.loan_id == loan.id,
            LoanStep.to_state.in_((RUNNING, RESTRUCTURED, WRITTEN_OFF)),
        )
        .order_by(LoanStep.happened_at.desc(), LoanStep.id.desc())
        .limit(1)
    )
    return known or RUNNING
