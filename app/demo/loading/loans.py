"""Loans of the demo: who asks a lender for what, what the rules say of it, and what comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from app.credit.models import Loan
from app.credit.queries.judging import blocks_now, judge
from app.credit.rules.affordability import ORDER, STOCK, TOOL
from app.credit.rules.judging import CLEAR, NEVER, Judged, to_json
from app.credit.rules.lenders import BMT
from app.credit.rules.loan_states import (
    APPROVED,
    CANCELLED,
    CHECKED,
    COMMITTEE,
    DISBURSED,
    DRAFT,
    REFUSED,
    RESTRUCTURED,
    SUBMITTED,
    TO_LEND,
    TO_PAY_OUT,
    WRITTEN_OFF,
)
from app.credit.rules.schedules import FLAT, MURABAHAH, WEEK
from app.demo.invention.lending import (
    ANSWERED_LATE,
    CALLED_OFF,
    EXCEPTIONS,
    MISTYPED,
    NEW_TERMS,
    PURPOSE_NOTES,
    REFUSALS,
    SENT_BACK,
    WRITTEN_OFF_FOR,
)
from app.demo.loading.borrowers import Borrower
from app.demo.loading.loan_ledger import Counter, Ledger
from app.demo.loading.loan_plans import STEP_DAYS, Plan
from app.demo.loading.shelf import at_work, key_at

_RATE, _KIND_RATE = 1800, 1200
_STEP, _LEAST, _MOST = 500_000, 1_000_000, 10_000_000
_MARGIN_A_YEAR = 0.15
# So many members are asked whether a plan suits them; the rules are not asked without end.
_TRIES = 4


def tell_loans(
    counter: Counter, found: Sequence[Borrower], plans: Sequence[Plan], last_on: date
) -> None:
    """Give each plan the member whom it suits best, and tell what becomes of it."""
    waiting = list(found)
    for plan in plans:
        asked_on = plan.asked_on(last_on)
        until = last_on - timedelta(days=plan.late if plan.ends == WRITTEN_OFF else 0)
        there = [one for one in waiting if one.is_there(asked_on, until)]
        there.sort(key=lambda one: -one.fit(plan, asked_on))
        for borrower in there[:_TRIES]:
            story = _Story(counter, plan, borrower, last_on)
            if story.is_possible():
                story.tell()
                waiting.remove(borrower)
                break


class _Story:
    """One application of one member."""

    def __init__(self, counter: Counter, plan: Plan, borrower: Borrower, last_on: date) -> None:
        self.counter, self.plan, self.borrower, self.last_on = counter, plan, borrower, last_on
        self.chance = counter.chance
        self.asked_on = plan.asked_on(last_on)
        mentor = None if plan.is_by_lender else borrower.mentor_on(self.asked_on)
        self.asker = mentor or counter.clerk
        self.judged: Judged | None = None
        self.loan = self._drafted()

    def is_possible(self) -> bool:
        """Whether the rules let it come as far as planned, if need be with a smaller sum."""
        checked = self.plan.ends not in (DRAFT, SUBMITTED, CANCELLED)
        if not checked:
            return True
        is_judged_early = self.plan.ends in (CHECKED, REFUSED)
        day = self._day(CHECKED if is_judged_early else COMMITTEE)
        enterprise = self.borrower.as_on(day)
        self.judged = judge(self.loan, enterprise, on=day)
        if not is_judged_early and self._is_made_smaller(self.judged):
            self.judged = judge(self.loan, enterprise, on=day)
        if self.plan.ends == REFUSED:
            return self.judged.need != CLEAR
        if is_judged_early:
            return True
        later = (self._day(APPROVED) - timedelta(days=1), self._day(APPROVED), self._day(DISBURSED))
        return self.judged.need != NEVER and not any(
            self.judged.new_blocks(blocks_now(enterprise, on=day))
            for day in later
            if day <= self.last_on
        )

    def tell(self) -> None:
        """From the draft to where it stands today."""
        self.ledger = Ledger(self.counter, self.loan, self.borrower.enterprise["village_code"])
        self._asked()
        if self.plan.is_paid_out:
            self._paid_out()
            self._paid_back()
        self.ledger.keep()

    def _asked(self) -> None:
        """The steps before any money, as far as the plan goes."""
        ends, ledger = self.plan.ends, self.ledger
        if ends == DRAFT and not self.plan.is_sent_back:
            return
        ledger.move(SUBMITTED, self.asker, self._day(SUBMITTED))
        if ends == DRAFT:
            self._stop(DRAFT, self.counter.clerk, self.chance.choice(SENT_BACK))
        elif ends == CANCELLED:
            self._stop(CANCELLED, self.asker, self.chance.choice(CALLED_OFF))
        elif ends != SUBMITTED:
            self._checked()

    def _checked(self) -> None:
        ends, counter, ledger = self.plan.ends, self.counter, self.ledger
        if self.judged is not None:
            self.loan.judged = to_json(self.judged)
        ledger.move(CHECKED, counter.clerk, self._day(CHECKED))
        if ends == REFUSED:
            ledger.move(REFUSED, counter.board, self._day(COMMITTEE), self._refusal())
        elif ends != CHECKED:
            ledger.move(COMMITTEE, counter.clerk, self._day(COMMITTEE))
            self._decided()

    def _decided(self) -> None:
        """Two people's words: the board's first, then that of the desk."""
        if self.plan.ends == COMMITTEE and not self.plan.is_begun:
            return
        reason = self._exception()
        first, second = self._day(APPROVED) - timedelta(days=1), self._day(APPROVED)
        self.ledger.speak(TO_LEND, 1, self.counter.board, first, reason)
        if self.plan.ends == COMMITTEE:
            return
        self.ledger.approve(self.counter.clerk, second)
        if self.plan.ends == APPROVED and self.plan.is_begun:
            day = self._day(DISBURSED) - timedelta(days=1)
            self.loan.disbursed_on, self.loan.first_due_on = day, day + timedelta(days=30)
            self.ledger.speak(TO_PAY_OUT, 1, self.counter.clerk, day)

    def _paid_out(self) -> None:
        day = self.plan.disbursed_on(self.last_on)
        self.ledger.speak(TO_PAY_OUT, 1, self.counter.clerk, day - timedelta(days=1))
        first_due_on = self.plan.first_due_on(self.last_on)
        self.ledger.pay_out(self.counter.board, day, first_due_on)

    def _paid_back(self) -> None:
        plan, ledger = self.plan, self.ledger
        for number in range(plan.paid):
            self._payment(has_mistake=plan.has_mistake and number == plan.paid - 1)
        done_on = self.last_on - timedelta(days=plan.done_ago)
        if plan.has_part:
            due = next(one for one in ledger.owed if one.total)
            ledger.repay(due.total // 20_000 * 10_000, due.due_on + timedelta(days=6))
        if plan.is_settled_early:
            ledger.settle(done_on)
        elif plan.ends == RESTRUCTURED:
            self._anew(done_on)
        elif plan.ends == WRITTEN_OFF:
            ledger.write_off(done_on, self._loss())

    def _payment(self, *, has_mistake: bool = False) -> None:
        """The next payment, some days early or late."""
        due = next(one for one in self.ledger.owed if one.total)
        about = timedelta(days=self.chance.choice((-3, -1, 0, 0, 1, 2, 4)))
        day = max(min(due.due_on + about, self.last_on), self.loan.disbursed_on or due.due_on)
        if has_mistake:
            wrong = self.ledger.repay(2 * due.total, day - timedelta(days=1))
            self.ledger.undo(wrong, day - timedelta(days=1), self.chance.choice(MISTYPED))
        note = self.chance.choice(ANSWERED_LATE) if day > due.due_on else ""
        self.ledger.repay(due.total, day, note)

    def _anew(self, day: date) -> None:
        self.ledger.set_out_anew(
            day, count=12, rate=_KIND_RATE, reason=self.chance.choice(NEW_TERMS)
        )
        for _ in range(self.plan.paid_anew):
            self._payment()

    def _stop(self, state: str, by: Any, reason: str) -> None:
        self.ledger.move(state, by, self._day(SUBMITTED) + timedelta(days=1), reason)

    def _day(self, state: str) -> date:
        return self.asked_on + timedelta(days=STEP_DAYS[state])

    def _is_made_smaller(self, judged: Judged) -> bool:
        """Ask for no more than the rules hold for safe, where they can tell."""
        largest = judged.carried.largest
        if largest is None or not _LEAST // 2 <= largest < self.loan.amount:
            return False
        self._price(largest // 100_000 * 100_000)
        return True

    def _exception(self) -> str:
        """Why it is lent in spite of what the rules say; nothing, where they say nothing."""
        if self.judged is None or self.judged.need == CLEAR:
            return ""
        self.loan.exception_reason = self.chance.choice(EXCEPTIONS)
        self.loan.exception_by = self.counter.board
        return self.loan.exception_reason

    def _refusal(self) -> str:
        blocks = {one.code for one in self.judged.blocks} if self.judged else set()
        return REFUSALS["sakit" if blocks else "berat"]

    def _loss(self) -> str:
        return WRITTEN_OFF_FOR["tutup" if self.borrower.has_ended else "macet"]

    def _drafted(self) -> Loan:
        """What is asked for, with every column: the row is kept as it stands here in the end."""
        at = at_work(self.chance, self.asked_on)
        purpose = self.chance.choice((STOCK, STOCK, TOOL, ORDER))
        plan = self.plan
        self.loan = Loan(
            id=key_at(self.chance, at),
            lender_id=self.counter.lender["id"],
            owner_id=self.borrower.owner_id,
            enterprise_id=self.borrower.enterprise["id"],
            state=DRAFT,
            count=plan.count,
            every=plan.every,
            purpose=purpose,
            purpose_note=self.chance.choice(PURPOSE_NOTES[purpose]),
            **self._household(),
            is_calculated=True,
            has_arrears=False,
            judged={},
            exception_reason=None,
            exception_by=None,
            made_by=self.asker,
            made_at=at,
            state_on=self.asked_on,
            disbursed_on=None,
            first_due_on=None,
            schedule_no=0,
            principal_left=0,
            next_due_on=None,
            overpaid=0,
            version=1,
        )
        wish = self.borrower.monthly_sales * self.chance.uniform(0.8, 1.6)
        if plan.ends == REFUSED:
            wish *= 3
        self._price(min(_MOST, max(_LEAST, round(wish / _STEP) * _STEP)))
        return self.loan

    def _price(self, amount: int) -> None:
        """What a loan of this size costs at this lender."""
        loan, is_bmt = self.loan, self.counter.lender["kind"] == BMT
        loan.amount, loan.fee, loan.margin, loan.rate = amount, 0, 0, 0
        if is_bmt:
            years = loan.count / (52 if loan.every == WEEK else 12)
            loan.method, loan.offer_code = MURABAHAH, "bmt_murabahah"
            loan.margin = round(amount * _MARGIN_A_YEAR * years / 1_000) * 1_000
            return
        loan.method, loan.offer_code = self.plan.method, "koperasi"
        loan.rate = _KIND_RATE if loan.method == FLAT else _RATE
        loan.fee = amount // 100

    def _household(self) -> dict[str, int]:
        """What the family needs and what else comes in, in a month."""
        needs = self.chance.randrange(12, 24) * 100_000
        return {
            "needs": needs,
            "other_income": int(round(needs * self.chance.uniform(0.4, 1.3), -5)),
        }
