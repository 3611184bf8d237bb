"""Loans from the draft of an application to the last payment; debts outside any lender's book."""

from datetime import date
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.core.errors import Conflict
from app.credit.rules.affordability import PURPOSES
from app.credit.rules.debts import DEBT_KINDS, MOST_DEBT
from app.credit.rules.loan_states import DECISIONS, STATES
from app.credit.rules.schedules import EVERY, METHODS
from app.db import db
from app.db.columns import JsonDict, Rupiah, UtcInstant, UuidKey, one_of
from app.db.constraints import means


class Loan(db.Model):
    """One loan of one enterprise with one lender. `rate` is in hundredths of a percent a year.

    `schedule_no` is the schedule in force (0: none yet; a restructured loan keeps its old ones).
    `principal_left` and `next_due_on` (when the oldest payment that is not wholly paid was or is
    due) are carried down in the same transaction as whatever changes them, so that the days in
    arrears of every loan are found without its payments; `flask credit verify` reckons them anew.
    """

    __tablename__ = "loan"
    __table_args__ = (
        one_of("state", tuple(STATES), name="state_known"),
        one_of("method", tuple(METHODS), name="method_known"),
        one_of("every", tuple(EVERY), name="every_known"),
        one_of("purpose", tuple(PURPOSES), name="purpose_known"),
        CheckConstraint("amount > 0 AND count > 0", name="terms_real"),
        CheckConstraint("rate >= 0 AND margin >= 0 AND fee >= 0", name="price_real"),
        CheckConstraint("principal_left >= 0 AND overpaid >= 0", name="never_below_nothing"),
        # All that the figures of a lender take of its loans.
        Index(
            "ix_loan_lender_id_state",
            "lender_id",
            "state",
            "next_due_on",
            "principal_left",
            "id",
            "owner_id",
            "schedule_no",
        ),
        Index("ix_loan_enterprise_id", "enterprise_id", "state", "next_due_on"),
        Index("ix_loan_owner_id", "owner_id"),
    )

    id: Mapped[UuidKey]
    lender_id: Mapped[UUID] = mapped_column(ForeignKey("lender.id"))
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("owner.id"))
    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"))
    state: Mapped[str] = mapped_column(String(16))
    offer_code: Mapped[str | None] = mapped_column(String(40))
    amount: Mapped[Rupiah]
    method: Mapped[str] = mapped_column(String(16))
    count: Mapped[int] = mapped_column(SmallInteger)
    every: Mapped[str] = mapped_column(String(8))
    rate: Mapped[int] = mapped_column(Integer, default=0)
    margin: Mapped[Rupiah] = mapped_column(default=0)
    fee: Mapped[Rupiah] = mapped_column(default=0)
    purpose: Mapped[str] = mapped_column(String(16))
    purpose_note: Mapped[str] = mapped_column(String(300), default="")
    other_income: Mapped[Rupiah] = mapped_column(default=0)
    needs: Mapped[Rupiah | None]
    is_calculated: Mapped[bool | None]
    # Whether something is overdue for more than 30 days, as the owner told it.
    has_arrears: Mapped[bool | None]
    # What the rules said when it was checked, as it was read by those who decided.
    judged: Mapped[JsonDict] = mapped_column(default=dict)
    # Why the committee lends in spite of what the rules say, and who wrote it.
    exception_reason: Mapped[str | None] = mapped_column(String(500))
    exception_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    made_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[UtcInstant]
    state_on: Mapped[date]
    disbursed_on: Mapped[date | None]
    first_due_on: Mapped[date | None]
    schedule_no: Mapped[int] = mapped_column(SmallInteger, default=0)
    principal_left: Mapped[Rupiah] = mapped_column(default=0)
    next_due_on: Mapped[date | None]
    # Paid beyond all that was asked: owed to the borrower.
    overpaid: Mapped[Rupiah] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)

    def __repr__(self) -> str:
        return f"<Loan {self.state} {self.id}>"


class LoanStep(db.Model):
    """A loan went from one state to another: who, when, why. Never changed."""

    __tablename__ = "loan_step"
    __table_args__ = (
        one_of("to_state", tuple(STATES), name="state_known"),
        Index("ix_loan_step_loan_id", "loan_id", "happened_at", "id"),
    )

    id: Mapped[UuidKey]
    loan_id: Mapped[UUID] = mapped_column(ForeignKey("loan.id"))
    to_state: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(String(500), default="")
    by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    happened_at: Mapped[UtcInstant]

    def __repr__(self) -> str:
        return f"<LoanStep {self.to_state} {self.id}>"


class LoanDecision(db.Model):
    """One person's word to lend or to pay out; two different people's words make it so."""

    __tablename__ = "loan_decision"
    __table_args__ = (
        one_of("decision", tuple(DECISIONS), name="decision_known"),
        UniqueConstraint("loan_id", "decision", "by", name="uq_loan_decision_once_each"),
        UniqueConstraint("loan_id", "decision", "turn", name="uq_loan_decision_turn"),
        CheckConstraint("turn IN (1, 2)", name="two_at_most"),
    )

    id: Mapped[UuidKey]
    loan_id: Mapped[UUID] = mapped_column(ForeignKey("loan.id"))
    decision: Mapped[str] = mapped_column(String(8))
    turn: Mapped[int] = mapped_column(SmallInteger)
    reason: Mapped[str] = mapped_column(String(500), default="")
    by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[UtcInstant]

    def __repr__(self) -> str:
        return f"<LoanDecision {self.decision} {self.turn}>"


means(
    "uq_loan_decision_once_each",
    lambda: Conflict("decided_already", message="Anda sudah memutuskan. Perlu orang kedua."),
    columns="loan_decision.loan_id, loan_decision.decision, loan_decision.by",
)
means(
    "uq_loan_decision_turn",
    lambda: Conflict("decided_meanwhile", message="Sudah diputuskan orang lain. Muat ulang."),
    columns="loan_decision.loan_id, loan_decision.decision, loan_decision.turn",
)


class Instalment(db.Model):
    """One payment of one schedule of a loan, as it is asked for. Never changed."""

    __tablename__ = "instalment"
    __table_args__ = (
        UniqueConstraint("loan_id", "schedule_no", "number", name="uq_instalment_of_schedule"),
        CheckConstraint("principal >= 0 AND interest >= 0", name="amounts_real"),
        # What of a schedule is due in some days, without the rest of it.
        Index(
            "ix_instalment_loan_id_due_on",
            "loan_id",
            "schedule_no",
            "due_on",
            "id",
            "principal",
            "interest",
        ),
    )

    id: Mapped[UuidKey]
    loan_id: Mapped[UUID] = mapped_column(ForeignKey("loan.id"))
    schedule_no: Mapped[int] = mapped_column(SmallInteger)
    number: Mapped[int] = mapped_column(SmallInteger)
    due_on: Mapped[date]
    principal: Mapped[Rupiah]
    interest: Mapped[Rupiah]

    def __repr__(self) -> str:
        return f"<Instalment {self.number} {self.id}>"


class Repayment(db.Model):
    """Money that came back, in one sum. Never changed; a wrong one is undone by a row that names it
    (`undoes_id`), with the amount of the wrong one. `turn` counts the rows of a loan from 1, so
    that two at the same moment can't both be next."""

    __tablename__ = "repayment"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_real"),
        UniqueConstraint("loan_id", "turn", name="uq_repayment_loan_id_turn"),
        UniqueConstraint("lender_id", "receipt", name="uq_repayment_lender_id_receipt"),
        UniqueConstraint("undoes_id", name="uq_repayment_undoes_id"),
        Index("ix_repayment_lender_id_paid_on", "lender_id", "paid_on", "amount"),
    )

    id: Mapped[UuidKey]
    loan_id: Mapped[UUID] = mapped_column(ForeignKey("loan.id"))
    lender_id: Mapped[UUID] = mapped_column(ForeignKey("lender.id"))
    turn: Mapped[int] = mapped_column(Integer)
    amount: Mapped[Rupiah]
    paid_on: Mapped[date]
    receipt: Mapped[str] = mapped_column(String(40))
    note: Mapped[str] = mapped_column(String(200), default="")
    undoes_id: Mapped[UUID | None] = mapped_column(ForeignKey("repayment.id"))
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    recorded_at: Mapped[UtcInstant]

    def __repr__(self) -> str:
        return f"<Repayment {self.turn} {self.id}>"


means(
    "uq_repayment_undoes_id",
    lambda: Conflict("repayment_undone", message="Pembayaran ini sudah dibatalkan."),
    columns="repayment.undoes_id",
)
means(
    "uq_repayment_loan_id_turn",
    lambda: Conflict("paid_meanwhile", message="Ada pembayaran lain baru saja. Muat ulang."),
    columns="repayment.loan_id, repayment.turn",
)


class RepaymentPart(db.Model):
    """What part of a repayment went to which instalment; with an undoing, what was taken back
    (below nothing). Without an instalment: paid beyond all that was asked."""

    __tablename__ = "repayment_part"
    __table_args__ = (
        Index("ix_repayment_part_repayment_id", "repayment_id"),
        Index("ix_repayment_part_instalment_id", "instalment_id", "principal", "interest"),
    )

    id: Mapped[UuidKey]
    repayment_id: Mapped[UUID] = mapped_column(ForeignKey("repayment.id"))
    instalment_id: Mapped[UUID | None] = mapped_column(ForeignKey("instalment.id"))
    principal: Mapped[Rupiah] = mapped_column(default=0)
    interest: Mapped[Rupiah] = mapped_column(default=0)
    beyond: Mapped[Rupiah] = mapped_column(default=0)

    def __repr__(self) -> str:
        return f"<RepaymentPart {self.id}>"


class InformalDebt(db.Model):
    """A debt outside any lender's book: its kind, what is left and what is paid a month; no name.

    A row is never changed: the next one told of the same debt names it (`corrects_id`); `is_over`
    ends it. `is_current` marks the row that counts.
    """

    __tablename__ = "informal_debt"
    __table_args__ = (
        one_of("kind", tuple(DEBT_KINDS), name="kind_known"),
        CheckConstraint(f"amount >= 0 AND amount <= {MOST_DEBT}", name="amount_real"),
        CheckConstraint(f"monthly >= 0 AND monthly <= {MOST_DEBT}", name="monthly_real"),
        UniqueConstraint("corrects_id", name="uq_informal_debt_corrects_id"),
        Index("ix_informal_debt_enterprise_id", "enterprise_id", "is_current"),
    )

    id: Mapped[UuidKey]
    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"))
    kind: Mapped[str] = mapped_column(String(16))
    amount: Mapped[Rupiah]
    monthly: Mapped[Rupiah]
    overdue_days: Mapped[int | None] = mapped_column(Integer)
    told_on: Mapped[date]
    is_over: Mapped[bool] = mapped_column(default=False)
    is_current: Mapped[bool] = mapped_column(default=True)
    corrects_id: Mapped[UUID | None] = mapped_column(ForeignKey("informal_debt.id"))
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    recorded_at: Mapped[UtcInstant]

    def __repr__(self) -> str:
        return f"<InformalDebt {self.kind} {self.id}>"


means(
    "uq_informal_debt_corrects_id",
    lambda: Conflict("debt_told_meanwhile", message="Utang ini baru saja diubah. Muat ulang."),
    columns="informal_debt.corrects_id",
)
