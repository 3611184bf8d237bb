"""One loan as those who work for its lender see it, and the list of such loans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, select

from app.core.money import format_rupiah
from app.core.scope import Scope
from app.credit.models import Instalment, Lender, Loan, LoanStep, Repayment, RepaymentPart
from app.credit.queries.lender_loans import own_loan
from app.credit.queries.loan_rules import loan_rules
from app.credit.queries.portfolio import WEEK_DAYS, is_at_risk, runs_for, stands_in
from app.credit.queries.refunds import RefundLine, refund_lines
from app.credit.queries.settling import settling_parts
from app.credit.rules.collectability import CLASSES, collectability, days_in_arrears
from app.credit.rules.loan_states import OPEN, PAYABLE, SETTLED, STATES, WRITTEN_OFF
from app.credit.rules.offers import comma
from app.credit.rules.schedules import METHODS, MURABAHAH
from app.db import db
from app.enterprises.models import Enterprise, Owner

PAGE_SIZE = 50
RUNNING, AT_RISK, THIS_WEEK, ENDED = "berjalan", "berisiko", "minggu_ini", "selesai"
LISTS = {
    RUNNING: "Semua yang berjalan",
    THIS_WEEK: "Jatuh tempo 7 hari ini",
    AT_RISK: "Terlambat lebih dari 30 hari",
    ENDED: "Lunas dan dihapus buku",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanLine:
    """One loan in a list."""

    id: UUID
    enterprise_id: UUID
    name: str
    enterprise: str
    state: str
    principal_left: int
    next_due_on: date | None
    days_late: int
    number: int

    @property
    def state_words(self) -> str:
        """Where it stands."""
        return STATES[self.state]

    @property
    def class_words(self) -> str:
        """Its collectability, in words; empty once it has ended."""
        return CLASSES[self.number] if self.state in OPEN else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueLine:
    """One payment of a schedule and what of it was paid."""

    number: int
    due_on: date
    principal: int
    interest: int
    balance: int
    paid: int
    words: str
    tone: str

    @property
    def total(self) -> int:
        """What is asked for."""
        return self.principal + self.interest


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSchedule:
    """One schedule of a loan with its totals."""

    number: int
    is_current: bool
    lines: tuple[DueLine, ...]

    @property
    def sums(self) -> tuple[int, int, int, int]:
        """Asked, of it principal and interest, and paid."""
        return (
            sum(one.total for one in self.lines),
            sum(one.principal for one in self.lines),
            sum(one.interest for one in self.lines),
            sum(one.paid for one in self.lines),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidLine:
    """One row of money; `undone` and `undoes` are the receipts of the other row of a pair."""

    id: UUID
    receipt: str
    paid_on: date
    amount: int
    principal: int
    interest: int
    beyond: int
    note: str
    undone: str | None
    undoes: str | None

    @property
    def may_be_undone(self) -> bool:
        """Whether it still counts and is no undoing itself."""
        return self.undone is None and self.undoes is None


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanPage:
    """One loan with its schedules, newest first, its payments and steps."""

    loan: Loan
    lender: Lender
    name: str
    enterprise: str
    days_late: int
    number: int
    settles_for: int
    schedules: tuple[ShownSchedule, ...]
    payments: tuple[PaidLine, ...]
    steps: tuple[LoanStep, ...]
    refunds: tuple[RefundLine, ...]

    @property
    def gain_word(self) -> str:
        """What the lender's gain is called."""
        return "Margin" if self.loan.method == MURABAHAH else "Bunga"

    @property
    def percent(self) -> Decimal | None:
        """The yearly rate; none where a margin was agreed on."""
        return None if self.loan.method == MURABAHAH else Decimal(self.loan.rate) / 100

    @property
    def price_words(self) -> str:
        """How the lender's gain is counted."""
        method = METHODS[self.loan.method]
        if self.percent is None:
            return f"{method}, margin {format_rupiah(self.loan.margin)}"
        return f"{method}, {comma(self.percent.normalize())}% setahun"

    @property
    def state_words(self) -> str:
        """Where it stands."""
        return STATES[self.loan.state]

    @property
    def class_words(self) -> str:
        """Its collectability; empty when it does not run."""
        return CLASSES[self.number] if self.loan.state in OPEN else ""

    @property
    def is_open(self) -> bool:
        """Whether it runs."""
        return self.loan.state in OPEN

    @property
    def is_payable(self) -> bool:
        """Whether money is still taken for it."""
        return self.loan.state in PAYABLE


def loan_lines(
    lender: Lender, *, on: date, shows: str = RUNNING, number: int | None = None, page: int = 1
) -> tuple[list[LoanLine], bool]:
    """Loans of a lender that it may see, the oldest unpaid first; and whether there are more."""
    bounds = loan_rules(on=on).bounds(lender.kind)
    states = (SETTLED, WRITTEN_OFF) if shows == ENDED else OPEN
    conditions = [*runs_for(lender.id, states), *_of_list(shows, on)]
    if number is not None and shows != ENDED:
        conditions.append(stands_in(number, bounds, on))
    rows = db.session.execute(
        select(Loan, Owner.name, Enterprise.name)
        .join(Owner, Owner.id == Loan.owner_id)
        .join(Enterprise, Enterprise.id == Loan.enterprise_id)
        .where(*conditions)
        .order_by(Loan.next_due_on, Loan.id)
        .offset((page - 1) * PAGE_SIZE)
        .limit(PAGE_SIZE + 1)
    ).all()
    lines = [_line(loan, name, enterprise, bounds, on) for loan, name, enterprise in rows]
    return lines[:PAGE_SIZE], len(lines) > PAGE_SIZE


def loan_page(scope: Scope, loan_id: UUID, *, on: date) -> LoanPage:
    """One loan. Raises NotFound as `own_loan` does."""
    loan = own_loan(scope, loan_id)
    lender = db.session.get_one(Lender, loan.lender_id)
    days = days_in_arrears(loan.next_due_on, on)
    parts = settling_parts(loan, lender, on=on) if loan.state in PAYABLE else []
    steps = select(LoanStep).where(LoanStep.loan_id == loan.id)
    return LoanPage(
        loan=loan,
        lender=lender,
        name=db.session.get_one(Owner, loan.owner_id).name,
        enterprise=db.session.get_one(Enterprise, loan.enterprise_id).name,
        days_late=days,
        number=collectability(days, loan_rules(on=on).bounds(lender.kind)),
        settles_for=sum(one.principal + one.interest for one in parts),
        schedules=_schedules(loan, on),
        payments=tuple(_payments(loan.id)),
        refunds=refund_lines(loan.id),
        steps=tuple(db.session.scalars(steps.order_by(LoanStep.happened_at, LoanStep.id))),
    )


def _of_list(shows: str, on: date) -> list[ColumnElement[bool]]:
    if shows == AT_RISK:
        return [is_at_risk(on)]
    if shows == THIS_WEEK:
        paid = (
            select(func.coalesce(func.sum(RepaymentPart.principal + RepaymentPart.interest), 0))
            .where(RepaymentPart.instalment_id == Instalment.id)
            .correlate(Instalment)
            .scalar_subquery()
        )
        return [
            exists().where(
                Instalment.loan_id == Loan.id,
                Instalment.schedule_no == Loan.schedule_no,
                Instalment.due_on.between(on, on + timedelta(days=WEEK_DAYS - 1)),
                paid < Instalment.principal + Instalment.interest,
            )
        ]
    return []


def _line(loan: Loan, name: str, enterprise: str, bounds: Sequence[int], on: date) -> LoanLine:
    days = days_in_arrears(loan.next_due_on, on)
    return LoanLine(
        id=loan.id,
        enterprise_id=loan.enterprise_id,
        name=name,
        enterprise=enterprise,
        state=loan.state,
        principal_left=loan.principal_left,
        next_due_on=loan.next_due_on,
        days_late=days,
        number=collectability(days, bounds),
    )


def _schedules(loan: Loan, on: date) -> tuple[ShownSchedule, ...]:
    paid = func.coalesce(func.sum(RepaymentPart.principal + RepaymentPart.interest), 0)
    rows = db.session.execute(
        select(Instalment, paid)
        .outerjoin(RepaymentPart, RepaymentPart.instalment_id == Instalment.id)
        .where(Instalment.loan_id == loan.id)
        .group_by(Instalment.id)
        .order_by(Instalment.number)
    ).all()
    shown = []
    for number in sorted({one.schedule_no for one, _ in rows}, reverse=True):
        own = [(one, int(came)) for one, came in rows if one.schedule_no == number]
        is_current = number == loan.schedule_no
        shown.append(
            ShownSchedule(
                number=number,
                is_current=is_current,
                lines=tuple(_due_lines(loan, own, on, is_current=is_current)),
            )
        )
    return tuple(shown)


def _due_lines(
    loan: Loan, rows: Sequence[tuple[Instalment, int]], on: date, *, is_current: bool
) -> list[DueLine]:
    balance = sum(one.principal for one, _ in rows)
    lines = []
    for one, paid in rows:
        balance -= one.principal
        words, tone = _standing(loan, one, paid, on) if is_current else ("diganti", "muted")
        lines.append(
            DueLine(
                number=one.number,
                due_on=one.due_on,
                principal=one.principal,
                interest=one.interest,
                balance=balance,
                paid=paid,
                words="lunas" if paid == one.principal + one.interest else words,
                tone="good" if paid == one.principal + one.interest else tone,
            )
        )
    return lines


def _standing(loan: Loan, one: Instalment, paid: int, on: date) -> tuple[str, str]:
    if loan.state == SETTLED:
        return "dibebaskan", "muted"
    days = days_in_arrears(one.due_on, on)
    if days:
        return f"terlambat {days} hari", "bad"
    if one.due_on == on:
        return "jatuh tempo hari ini", "warn"
    return ("dibayar sebagian", "info") if paid else ("belum jatuh tempo", "muted")


def _payments(loan_id: UUID) -> list[PaidLine]:
    sums: Any = [
        func.coalesce(func.sum(column), 0)
        for column in (RepaymentPart.principal, RepaymentPart.interest, RepaymentPart.beyond)
    ]
    rows = db.session.execute(
        select(Repayment, *sums)
        .outerjoin(RepaymentPart, and_(RepaymentPart.repayment_id == Repayment.id))
        .where(Repayment.loan_id == loan_id)
        .group_by(Repayment.id)
        .order_by(Repayment.turn.desc())
    ).all()
    receipts = {row.id: row.receipt for row, *_ in rows}
    undone = {row.undoes_id: row.receipt for row, *_ in rows if row.undoes_id is not None}
    return [
        PaidLine(
            id=row.id,
            receipt=row.receipt,
            paid_on=row.paid_on,
            amount=row.amount,
            principal=int(principal),
            interest=int(interest),
            beyond=int(beyond),
            note=row.note,
            undone=undone.get(row.id),
            undoes=None if row.undoes_id is None else receipts[row.undoes_id],
        )
        for row, principal, interest, beyond in rows
    ]
