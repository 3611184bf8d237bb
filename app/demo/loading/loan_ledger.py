"""One loan of the demo, written step by step as the services of credit would write it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from app.credit.models import Instalment, Loan, LoanDecision, LoanStep, Repayment, RepaymentPart
from app.credit.queries.loan_rules import LoanRules
from app.credit.rules.allocation import Owed, Part, allocated, settling
from app.credit.rules.loan_states import (
    APPROVED,
    COMMITTEE,
    DISBURSED,
    RESTRUCTURED,
    RUNNING,
    SETTLED,
    TO_LEND,
    TO_PAY_OUT,
    WRITTEN_OFF,
)
from app.credit.services.receipts import REPAYMENT as REPAID
from app.credit.services.schedules import laid
from app.demo.loading.shelf import Shelf, at_work, key_at

LOAN, LOAN_STEP, WORD_TO_LEND = Loan.__table__, LoanStep.__table__, LoanDecision.__table__
INSTALMENT, REPAYMENT = Instalment.__table__, Repayment.__table__
PART = RepaymentPart.__table__
LOAN_TABLES = (LOAN, LOAN_STEP, WORD_TO_LEND, INSTALMENT, REPAYMENT, PART)
# Two steps of one moment keep their order.
_TICK = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """A lender at work: its row, who works there, its rules, and where its rows go.

    `receipts` gathers what waits for a number, with what is told once it has one.
    """

    lender: dict[str, Any]
    clerk: UUID
    board: UUID
    rules: LoanRules
    shelf: Shelf
    note: Callable[..., None]
    chance: Random
    receipts: list[tuple[dict[str, Any], str, Callable[[], None]]]


class Ledger:
    """What happens to one loan. Days are given by who tells it, and never go back."""

    def __init__(self, counter: Counter, loan: Loan, area_code: str) -> None:
        self.counter, self.loan, self.area_code = counter, loan, area_code
        self.owed: list[Owed] = []
        self.turn = 0
        self._note("loan.drafted", loan.made_by, loan.made_at)

    def keep(self) -> None:
        """Put the loan's row down, as it is in the end."""
        columns = LOAN.columns
        self.counter.shelf.add(LOAN, {one.name: getattr(self.loan, one.key) for one in columns})

    def move(self, state: str, by: UUID, day: date, reason: str = "") -> None:
        """Have it stand elsewhere."""
        self._move(state, by, at_work(self.counter.chance, day), reason)

    def speak(self, decision: str, turn: int, by: UUID, day: date, reason: str = "") -> datetime:
        """One person's word; the first one is written down where the loan stands."""
        at = at_work(self.counter.chance, day)
        word = {"decision": decision, "turn": turn, "reason": reason, "by": by, "decided_at": at}
        self._add(WORD_TO_LEND, at, {"loan_id": self.loan.id, **word})
        if turn == 1:
            is_to_lend = decision == TO_LEND
            self._step(COMMITTEE if is_to_lend else APPROVED, by, at, reason)
            self._note("loan.setuju" if is_to_lend else "loan.cair", by, at)
        return at

    def approve(self, by: UUID, day: date) -> None:
        """The second person's word to lend."""
        self._move(APPROVED, by, self.speak(TO_LEND, 2, by, day), "")

    def pay_out(self, by: UUID, day: date, first_due_on: date) -> None:
        """The second person's word to pay out: the money is given, the payments are laid down."""
        at = self.speak(TO_PAY_OUT, 2, by, day)
        self.loan.disbursed_on = day
        self._move(DISBURSED, by, at, "")
        self._lay(at, first_due_on=first_due_on, schedule_no=1)
        self._move(RUNNING, by, at + _TICK, "")

    def repay(self, amount: int, day: date, note: str = "") -> dict[str, Any]:
        """A sum that came back."""
        order = self.counter.rules.order(self.counter.lender["kind"])
        parts = allocated(amount, self.owed, on=day, order=order)
        row = self._received(amount, day, parts, "repayment.kept", note=note)
        self._carry(row["recorded_at"])
        return row

    def undo(self, wrong: dict[str, Any], day: date, reason: str) -> None:
        """A sum that was written wrongly is taken back."""
        parts = [
            Part(
                instalment_id=part["instalment_id"],
                principal=-part["principal"],
                interest=-part["interest"],
                beyond=-part["beyond"],
            )
            for part in self.counter.shelf.rows(PART)
            if part["repayment_id"] == wrong["id"]
        ]
        row = self._received(
            wrong["amount"], day, parts, "repayment.undone", note=reason, undoes_id=wrong["id"]
        )
        self._carry(row["recorded_at"])

    def settle(self, day: date) -> None:
        """All that is asked for to end it before its time."""
        ahead = self.counter.rules.ahead(self.counter.lender["kind"])
        parts = settling(self.owed, on=day, ahead=ahead)
        amount = sum(one.principal + one.interest for one in parts)
        row = self._received(amount, day, parts, "repayment.settled")
        self._carry(row["recorded_at"], is_settled_early=True)

    def set_out_anew(self, day: date, *, count: int, rate: int, reason: str) -> None:
        """The board lays new payments for what is left."""
        loan, at = self.loan, at_work(self.counter.chance, day)
        due = sum(one.interest for one in self.owed if one.due_on <= day)
        before = self._terms()
        if loan.margin:
            loan.margin, due = sum(one.interest for one in self.owed), 0
        loan.count, loan.rate = count, rate if loan.rate else 0
        self._lay(
            at,
            first_due_on=day + timedelta(days=30),
            schedule_no=loan.schedule_no + 1,
            principal=loan.principal_left,
            interest_before=due,
        )
        self._carry(at)
        self._stand(RESTRUCTURED, at, self.counter.board, reason)
        after = self._terms()
        changes = {name: [before[name], after[name]] for name in before}
        self._noted("loan_schedule", loan.id, "loan_schedule.restructured", at, changes)

    def write_off(self, day: date, reason: str) -> None:
        """The board takes it off the books."""
        at = at_work(self.counter.chance, day)
        self._stand(WRITTEN_OFF, at, self.counter.board, reason)
        self.loan.version += 1
        self._noted("loan_schedule", self.loan.id, "loan_schedule.written_off", at, {})

    def _move(self, state: str, by: UUID, at: datetime, reason: str) -> None:
        self.loan.state, self.loan.state_on = state, at.date()
        self._step(state, by, at, reason)
        self._note(f"loan.{state}", by, at)

    def _step(self, state: str, by: UUID, at: datetime, reason: str) -> None:
        self.loan.version += 1
        self._stepped(state, by, at, reason)

    def _stand(self, state: str, at: datetime, by: UUID, reason: str = "") -> None:
        self.loan.state, self.loan.state_on = state, at.date()
        self._stepped(state, by, at, reason)

    def _stepped(self, state: str, by: UUID, at: datetime, reason: str) -> None:
        step = {"to_state": state, "reason": reason, "by": by, "happened_at": at}
        self._add(LOAN_STEP, at, {"loan_id": self.loan.id, **step})

    def _lay(self, at: datetime, **said: Any) -> None:
        self.owed = []
        for one in laid(self.loan, **said):
            asked: dict[str, Any] = {
                "due_on": one.due_on,
                "principal": one.principal,
                "interest": one.interest,
            }
            row = {"loan_id": self.loan.id, "schedule_no": one.schedule_no, "number": one.number}
            key = self._add(INSTALMENT, at, {**row, **asked})
            self.owed.append(Owed(id=key, number=one.number, **asked))

    def _received(
        self,
        amount: int,
        day: date,
        parts: list[Part],
        action: str,
        *,
        note: str = "",
        undoes_id: UUID | None = None,
    ) -> dict[str, Any]:
        at = at_work(self.counter.chance, day)
        self.turn += 1
        row: dict[str, Any] = {
            "id": key_at(self.counter.chance, at),
            "loan_id": self.loan.id,
            "lender_id": self.loan.lender_id,
            "turn": self.turn,
            "amount": amount,
            "paid_on": day,
            "receipt": "",
            "note": note,
            "undoes_id": undoes_id,
            "recorded_by": self.counter.clerk,
            "recorded_at": at,
        }
        self.counter.shelf.add(REPAYMENT, row)
        for one in parts:
            self._part(row, one)

        def told() -> None:
            self._noted("repayment", row["id"], action, at, {"receipt": [None, row["receipt"]]})

        self.counter.receipts.append((row, REPAID, told))
        return row

    def _part(self, row: dict[str, Any], part: Part) -> None:
        sums = {"principal": part.principal, "interest": part.interest, "beyond": part.beyond}
        keys = {"repayment_id": row["id"], "instalment_id": part.instalment_id}
        self._add(PART, row["recorded_at"], {**keys, **sums})
        self.loan.overpaid += part.beyond
        for one in self.owed:
            if one.id == part.instalment_id:
                one.principal -= part.principal
                one.interest -= part.interest

    def _carry(self, at: datetime, *, is_settled_early: bool = False) -> None:
        owed = [one for one in self.owed if one.total]
        is_settled = is_settled_early or not owed
        self.loan.principal_left = sum(one.principal for one in owed)
        self.loan.next_due_on = None if is_settled else min(one.due_on for one in owed)
        self.loan.version += 1
        if is_settled:
            reason = "Dilunasi lebih awal" if is_settled_early else ""
            self._stand(SETTLED, at, self.counter.clerk, reason)

    def _terms(self) -> dict[str, Any]:
        loan = self.loan
        return {
            "schedule_no": loan.schedule_no,
            "count": loan.count,
            "rate": loan.rate,
            "first_due_on": loan.first_due_on and loan.first_due_on.isoformat(),
        }

    def _add(self, table: Any, at: datetime, row: dict[str, Any]) -> UUID:
        key = key_at(self.counter.chance, at)
        self.counter.shelf.add(table, {"id": key, **row})
        return key

    def _note(self, action: str, by: UUID, at: datetime) -> None:
        subject = ("loan", self.loan.id)
        self.counter.note(action, subject, at=at, by=by, area_code=self.area_code)

    def _noted(
        self, kind: str, key: UUID, action: str, at: datetime, changes: dict[str, Any]
    ) -> None:
        by = self.counter.clerk if kind == "repayment" else self.counter.board
        self.counter.note(action, (kind, key), at=at, by=by, changes=changes)
