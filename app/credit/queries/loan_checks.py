"""Whether every loan's payments, parts and carried figures agree, reckoned anew from the rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import aliased

from app.credit.models import (
    Instalment,
    Loan,
    LoanRefund,
    Member,
    Repayment,
    RepaymentPart,
    SavingRow,
)
from app.credit.queries.refunds import refunded
from app.credit.rules.loan_states import OPEN, SETTLED, WRITTEN_OFF
from app.credit.rules.savings import FREE, IN
from app.db import db

_MOST_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that must hold: over how many rows, and the ids of those where it does not."""

    name: str
    count: int
    failing: tuple[UUID, ...]

    @property
    def is_good(self) -> bool:
        """Whether it holds everywhere."""
        return not self.failing


def loan_checks() -> list[Check]:
    """Reckon all loans anew; a statement for each thing that must hold."""
    return [
        _parts_add_up(),
        _nothing_is_paid_twice(),
        _schedule_holds_what_was_left(),
        _loan_carries_what_is_left(),
        _turns_have_no_gap(),
        _refunds_have_their_rows(),
    ]


def _parts_add_up() -> Check:
    """The parts of each repayment come to its amount; those of an undoing to minus that."""
    total = func.coalesce(
        func.sum(RepaymentPart.principal + RepaymentPart.interest + RepaymentPart.beyond), 0
    )
    signed = case((Repayment.undoes_id.is_(None), Repayment.amount), else_=-Repayment.amount)
    query = (
        select(Repayment.id)
        .outerjoin(RepaymentPart, RepaymentPart.repayment_id == Repayment.id)
        .group_by(Repayment.id)
        .having(total != signed)
    )
    return _check("Tiap pembayaran terbagi habis", Repayment, query)


def _nothing_is_paid_twice() -> Check:
    """No payment got more than it asks for, nor less than nothing."""
    principal, interest = func.sum(RepaymentPart.principal), func.sum(RepaymentPart.interest)
    query = (
        select(Instalment.id)
        .join(RepaymentPart, RepaymentPart.instalment_id == Instalment.id)
        .group_by(Instalment.id)
        .having(
            or_(
                principal > Instalment.principal,
                interest > Instalment.interest,
                principal < 0,
                interest < 0,
            )
        )
    )
    return _check("Tidak ada angsuran yang dibayar lebih", Instalment, query)


def _schedule_holds_what_was_left() -> Check:
    """The schedule in force asks for the loan less what earlier schedules got of it."""
    asked = (
        select(func.coalesce(func.sum(Instalment.principal), 0))
        .where(Instalment.loan_id == Loan.id, Instalment.schedule_no == Loan.schedule_no)
        .correlate(Loan)
        .scalar_subquery()
    )
    query = select(Loan.id).where(
        Loan.schedule_no > 0,
        asked + _paid(Instalment.schedule_no < Loan.schedule_no) != Loan.amount,
    )
    return _check("Pokok di jadwal sama dengan pinjaman", Loan, query)


def _loan_carries_what_is_left() -> Check:
    """Principal left, the oldest unpaid day, what is beyond and the state follow from the rows."""
    oldest = _oldest_unpaid()
    beyond = (
        select(func.coalesce(func.sum(RepaymentPart.beyond), 0))
        .join(Repayment, Repayment.id == RepaymentPart.repayment_id)
        .where(Repayment.loan_id == Loan.id)
        .correlate(Loan)
        .scalar_subquery()
    )
    runs = Loan.state.in_((*OPEN, WRITTEN_OFF))
    query = (
        select(Loan.id)
        .outerjoin(oldest, oldest.c.loan_id == Loan.id)
        .where(
            Loan.schedule_no > 0,
            or_(
                Loan.principal_left != Loan.amount - _paid(),
                Loan.overpaid != beyond - refunded(Loan.id),
                and_(runs, oldest.c.day.is_(None)),
                and_(runs, Loan.next_due_on.is_distinct_from(oldest.c.day)),
                and_(Loan.state == SETTLED, Loan.next_due_on.is_not(None)),
                and_(Loan.state == SETTLED, Loan.principal_left != 0),
            ),
        )
    )
    return _check("Sisa pinjaman dan jatuh tempo cocok", Loan, query)


def _turns_have_no_gap() -> Check:
    """The rows of a loan are numbered from 1 without a gap."""
    query = (
        select(Repayment.loan_id)
        .group_by(Repayment.loan_id)
        .having(func.max(Repayment.turn) != func.count())
    )
    return _check("Urutan pembayaran tidak terputus", Repayment, query)


def _refunds_have_their_rows() -> Check:
    """What went into savings stands there as much, of the same person, and is undone with it;
    an undoing is of the same loan and amount; the rows of a loan have no gap."""
    undone, saved, saver = aliased(LoanRefund), aliased(SavingRow), aliased(Member)
    lost = (
        select(LoanRefund.id)
        .join(Loan, Loan.id == LoanRefund.loan_id)
        .outerjoin(undone, undone.id == LoanRefund.undoes_id)
        .outerjoin(saved, saved.id == LoanRefund.saving_row_id)
        .outerjoin(saver, saver.id == saved.member_id)
        .where(
            or_(
                undone.loan_id != LoanRefund.loan_id,
                undone.amount != LoanRefund.amount,
                saved.amount != LoanRefund.amount,
                saved.kind != FREE,
                (saved.direction == IN) != LoanRefund.undoes_id.is_(None),
                saved.undoes_id.is_distinct_from(undone.saving_row_id),
                saver.owner_id != Loan.owner_id,
                saver.lender_id != LoanRefund.lender_id,
            )
        )
    )
    gaps = (
        select(LoanRefund.loan_id)
        .group_by(LoanRefund.loan_id)
        .having(func.max(LoanRefund.turn) != func.count())
    )
    return _check("Pengembalian lebih bayar cocok", LoanRefund, lost.union(gaps))


def _paid(*conditions: Any) -> Any:
    """Principal of a loan that came back, on the schedules that the conditions say."""
    return (
        select(func.coalesce(func.sum(RepaymentPart.principal), 0))
        .join(Instalment, Instalment.id == RepaymentPart.instalment_id)
        .where(Instalment.loan_id == Loan.id, *conditions)
        .correlate(Loan)
        .scalar_subquery()
    )


def _oldest_unpaid() -> Any:
    paid = (
        select(func.coalesce(func.sum(RepaymentPart.principal + RepaymentPart.interest), 0))
        .where(RepaymentPart.instalment_id == Instalment.id)
        .correlate(Instalment)
        .scalar_subquery()
    )
    return (
        select(Instalment.loan_id, func.min(Instalment.due_on).label("day"))
        .join(Loan, and_(Loan.id == Instalment.loan_id, Loan.schedule_no == Instalment.schedule_no))
        .where(paid < Instalment.principal + Instalment.interest)
        .group_by(Instalment.loan_id)
        .subquery()
    )


def _check(name: str, table: Any, query: Any) -> Check:
    count = db.session.scalar(select(func.count()).select_from(table)) or 0
    failing: Iterable[UUID] = db.session.scalars(query.limit(_MOST_SHOWN))
    return Check(name=name, count=int(count), failing=tuple(failing))
