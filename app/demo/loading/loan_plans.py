"""What becomes of the loans of the demo: each plan is one application, told to where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from app.core.months import add_months
from app.credit.rules.loan_states import (
    APPROVED,
    CANCELLED,
    CHECKED,
    COMMITTEE,
    DISBURSED,
    DRAFT,
    REFUSED,
    RESTRUCTURED,
    RUNNING,
    SETTLED,
    SUBMITTED,
    WRITTEN_OFF,
)
from app.credit.rules.schedules import DECLINING, FLAT, MONTH, WEEK

# Days from the draft to each step; two people speak on two days in a row.
STEP_DAYS = {SUBMITTED: 1, CHECKED: 4, COMMITTEE: 6, APPROVED: 8, DISBURSED: 11}
_PAID_OUT = (RUNNING, SETTLED, RESTRUCTURED, WRITTEN_OFF)
# A day that every month has.
_LAST_SURE_DAY = 28


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One application and what becomes of it, in days back from the last day of the world.

    `ago`: when it was written, if no money is given. Else `paid` payments came back and the next
    one was due `late` days ago (below nothing: will be). `done_ago`: when it was settled early,
    set out anew or taken off the books; `late` counts to that day where it was set out anew.
    `is_begun`: one of the two who decide next has spoken.
    """

    ends: str
    ago: int = 0
    paid: int = 0
    late: int = 0
    count: int = 10
    every: str = MONTH
    method: str = DECLINING
    done_ago: int = 0
    paid_anew: int = 0
    is_by_lender: bool = False
    is_begun: bool = False
    is_sent_back: bool = False
    has_part: bool = False
    has_mistake: bool = False

    @property
    def is_paid_out(self) -> bool:
        """Whether the money is given."""
        return self.ends in _PAID_OUT

    @property
    def is_settled_early(self) -> bool:
        """Whether it is settled before its time."""
        return self.ends == SETTLED and self.paid < self.count

    def first_due_on(self, last_on: date) -> date:
        """When the first payment was due."""
        back, number = self.late, self.paid
        if self.ends == RESTRUCTURED:
            back += self.done_ago
        elif self.ends == SETTLED:
            number = min(self.paid, self.count - 1)
        due_on = last_on - timedelta(days=back)
        due_on -= timedelta(days=max(0, due_on.day - _LAST_SURE_DAY))
        if self.every == WEEK:
            return due_on - timedelta(weeks=number)
        return add_months(due_on, -number)

    def disbursed_on(self, last_on: date) -> date:
        """When the money was given: a month or a week before the first payment."""
        first = self.first_due_on(last_on)
        return first - timedelta(weeks=1) if self.every == WEEK else add_months(first, -1)

    def asked_on(self, last_on: date) -> date:
        """When it was written down."""
        if not self.is_paid_out:
            return last_on - timedelta(days=self.ago)
        return self.disbursed_on(last_on) - timedelta(days=STEP_DAYS[DISBURSED])


# In the order in which they find a borrower: a small world has the first of them, and with its two
# lenders nearly one of each kind.
_FIRST = (
    Plan(ends=RUNNING, paid=3, late=-5),
    Plan(ends=RUNNING, paid=2, late=17, has_part=True, count=12),
    Plan(ends=COMMITTEE, ago=8, is_begun=True),
    Plan(ends=SUBMITTED, ago=2),
    Plan(ends=CHECKED, ago=5, is_by_lender=True),
    Plan(ends=DRAFT, ago=3, is_by_lender=True, is_sent_back=True, count=12),
)
_SECOND = (
    Plan(ends=RESTRUCTURED, paid=2, late=64, done_ago=40, paid_anew=1, method=FLAT),
    Plan(ends=APPROVED, ago=10),
    Plan(ends=SETTLED, paid=6, late=52, count=6),
)
_FURTHER = (
    Plan(ends=RUNNING, paid=2, late=44, method=FLAT),
    Plan(ends=REFUSED, ago=33),
    Plan(ends=RUNNING, paid=1, late=104),
    Plan(ends=WRITTEN_OFF, paid=1, late=212, done_ago=9),
    Plan(ends=SETTLED, paid=4, late=18, done_ago=30),
    Plan(ends=RUNNING, paid=0, late=-22, count=12),
    Plan(ends=COMMITTEE, ago=6),
    Plan(ends=RUNNING, paid=9, late=-3, count=20, every=WEEK, method=FLAT, is_by_lender=True),
    Plan(ends=RUNNING, paid=5, late=0, has_mistake=True, count=12),
    Plan(ends=APPROVED, ago=12, is_begun=True),
    Plan(ends=RUNNING, paid=2, late=140),
    Plan(ends=DRAFT, ago=1),
    Plan(ends=RUNNING, paid=6, late=-12, method=FLAT),
    Plan(ends=CANCELLED, ago=20),
    Plan(ends=RUNNING, paid=4, late=9),
    Plan(ends=RUNNING, paid=1, late=-16, count=6),
)
# By the place of the lender.
PLANS = (_FIRST + _SECOND + _FURTHER, _SECOND + _FIRST + _FURTHER)
