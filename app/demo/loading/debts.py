"""Debts outside the books of lenders, as some owners told them to their mentor."""

from __future__ import annotations

from typing import Any

from app.credit.models import InformalDebt
from app.credit.services.debts import SUBJECT
from app.demo.loading.cash import monthly_dues
from app.demo.loading.desk import Desk
from app.demo.loading.diagnosis import Rated
from app.demo.loading.goods import answer
from app.demo.loading.shelf import at_work, key_at

DEBT = InformalDebt.__table__
# To whom most is owed, by the points of the answer about it; 4 is a lender or nobody.
_KINDS = {
    0: ("rentenir", "rentenir", "pinjol_ilegal"),
    1: ("pinjol",),
    2: ("tengkulak",),
    3: ("keluarga",),
}
# Not everybody who owes tells of it, and not everybody who tells is asked how late it is.
_TOLD_SHARE, _ASKED_SHARE, _OVER_SHARE = 0.5, 0.75, 0.04
_STEP = 10_000


def debts_of(desk: Desk) -> None:
    """What was told of one enterprise with its newest assessment, or before it and is over now."""
    if not desk.found:
        return
    chance = desk.chance("debts")
    points = answer(desk, "MDL3")
    owes = bool(desk.world.rounds[-1].has_loan[desk.subject.row]) and points is not None
    kinds = _KINDS.get(points, ()) if owes and points is not None else ()
    if kinds and chance.random() < _TOLD_SHARE:
        _Debt(desk, chance.choice(kinds)).owed()
    elif not kinds and len(desk.found) > 1 and chance.random() < _OVER_SHARE:
        _Debt(desk, "keluarga").paid_back()


class _Debt:
    """The rows of one debt."""

    def __init__(self, desk: Desk, kind: str) -> None:
        self.desk, self.kind = desk, kind
        self.chance = desk.chance("debt")
        self.monthly = max(_STEP, round(monthly_dues(desk) / _STEP) * _STEP)
        self.amount = self.monthly * self.chance.randrange(3, 11)

    def owed(self) -> None:
        """It stands; some told of it once before, when it was larger."""
        before = None
        if len(self.desk.found) > 1 and self.chance.random() < 0.3:
            more = self.amount + 3 * self.monthly
            before = self._row(self.desk.found[-2][0], more, "debt.told", is_current=False)
        action = "debt.told" if before is None else "debt.corrected"
        newest = self.desk.found[-1][0]
        self._row(newest, self.amount, action, before, overdue_days=self._overdue(newest))

    def paid_back(self) -> None:
        """It was told once, and is over."""
        before = self._row(
            self.desk.found[-2][0], self.amount, "debt.told", is_current=False, overdue_days=0
        )
        over = {"monthly": 0, "is_over": True}
        self._row(self.desk.found[-1][0], 0, "debt.over", before, **over)

    def _overdue(self, rated: Rated) -> int | None:
        """As many days as the answer about arrears of that day says."""
        days = self.desk.world.rounds[rated.quarter].readings.arrears_days[self.desk.subject.row]
        return max(0, int(days)) if self.chance.random() < _ASKED_SHARE else None

    def _row(
        self,
        rated: Rated,
        amount: int,
        action: str,
        before: dict[str, Any] | None = None,
        **said: Any,
    ) -> dict[str, Any]:
        at = at_work(self.chance, rated.assessed_on)
        row = {
            "id": key_at(self.chance, at),
            "enterprise_id": self.desk.subject.enterprise_id,
            "kind": self.kind,
            "amount": amount,
            "monthly": self.monthly,
            "overdue_days": None,
            "told_on": rated.assessed_on,
            "is_over": False,
            "is_current": True,
            "corrects_id": None if before is None else before["id"],
            "recorded_by": rated.by,
            "recorded_at": at,
            **said,
        }
        self.desk.shelf.add(DEBT, row)
        self.desk.note(action, (SUBJECT, row["id"]), at=at, by=rated.by)
        return row
