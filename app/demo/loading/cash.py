"""The cash book of one enterprise, or its diary: money that agrees with the owner's answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

from app.cashbook.models import BookHabit, CashCount, CashEntry
from app.cashbook.rules.entries import (
    CAPITAL,
    DIRECTION_OF,
    DRAWING,
    EQUIPMENT,
    FREIGHT,
    INTEREST,
    MATERIALS,
    MENTOR,
    OWNER,
    PAPER,
    PRINCIPAL,
    RENT_POWER,
    SALES,
    WAGES,
)
from app.core.months import add_months, first_of
from app.demo.loading.desk import Desk
from app.demo.loading.goods import answer
from app.demo.loading.shelf import at_work, key_at
from app.demo.questionnaire import SECTORS

ENTRY, COUNT = CashEntry.__table__, CashCount.__table__
HABIT = BookHabit.__table__
# Of those who say that they keep some record: whose book is in the system.
BOOK_SHARE = 0.2
# What is left of the sales, in shares; trade lives on less. By the answer about it, as all below.
_MARGIN = {0: -0.06, 1: 0.05, 2: 0.15, 3: 0.25, 4: 0.36}
_TRADE_MARGIN = {0: -0.04, 1: 0.015, 2: 0.045, 3: 0.08, 4: 0.14}
_DRAWN = {0: 1.15, 1: 0.85, 2: 0.0, 3: 0.6, 4: 0.35}
_TREND = {0: 0.65, 1: 0.82, 3: 1.0, 4: 1.2}
_LAST_SALE = {0: 70, 1: 40, 2: 20, 3: 10, 4: 1}
_COVERED = {0: 0.0, 1: 0.15, 2: 0.4, 3: 0.65, 4: 0.92}
_INSTALLMENT = {0: 0.8, 1: 0.6, 2: 0.43, 3: 0.27, 4: 0.12}
_CASH_DAYS = {0: 4, 1: 9, 2: 22, 3: 35, 4: 60}
_WAITING = {0: 75, 1: 53, 2: 38, 3: 20}
_COST_SHARES = ((MATERIALS, 0.68, 3), (WAGES, 0.14, 1), (RENT_POWER, 0.09, 1), (FREIGHT, 0.09, 1))
_DENSE_DAYS, _STAR_MONTHS = 30, 24
_SUNDAY = 6
_MISTYPED = 0.01
# The smallest coin that books know.
_COIN = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class _Habits:
    """How money moves in one enterprise, a month."""

    sales: int
    margin: float
    drawn: float
    trend: float
    last_sale_on: date
    covered: float
    installment: float
    cash_days: int
    wait: int | None
    is_trade: bool


class _Book:
    """Writes the lines of one book."""

    def __init__(self, desk: Desk, chance: Random, owner_account: UUID | None) -> None:
        self.desk, self.chance, self.owner_account = desk, chance, owner_account
        self.last_on = desk.world.last_on
        self.habits = _habits(desk)
        self.days = self._covered_days()
        # Mentor or paper: who copies a book does so for all of it.
        self.way = chance.choice((MENTOR, MENTOR, PAPER))

    def write(self) -> None:
        """All months, the count and the habit."""
        back = _STAR_MONTHS if self.owner_account else self.chance.choice((3, 5, 7, 7, 9))
        skipped = 0 if self.owner_account else self.chance.choice((0, 0, 0, 4, 5))
        begins = [add_months(first_of(self.last_on), -place) for place in range(back, -1, -1)]
        self._line(begins[0], CAPITAL, round(self.habits.sales * 0.8))
        for place, begin in enumerate(begins):
            if back - place != skipped or not skipped:
                self._month(begin, ago=back - place)
        self._equipment(begins)
        self._counted()

    def _month(self, begin: date, *, ago: int) -> None:
        habits = self.habits
        # Of the three full months before this one the answers tell, and of the running one.
        level = habits.sales * (habits.trend if ago <= 3 else 1.0) * self.chance.uniform(0.95, 1.05)
        until = min(add_months(begin, 1) - timedelta(days=1), self.last_on)
        days = self._days_of(begin, until)
        if not days:
            return
        part = ((until - begin).days + 1) / 30.4
        sold = level * part
        surplus = level * habits.margin
        due = _due(habits, level)
        self._sales(days, sold)
        # The interest is a cost as well.
        costs = max(0.0, level - surplus - due * 0.15) * part
        for category, share, times in _COST_SHARES:
            for _ in range(times):
                self._line(self.chance.choice(days), category, round(costs * share / times))
        taken = habits.drawn * surplus if surplus > 0 else level * 0.05 * (habits.drawn > 1)
        for _ in range(2):
            self._line(self.chance.choice(days), DRAWING, round(taken * part / 2))
        if due:
            day = self.chance.choice(days)
            self._line(day, PRINCIPAL, round(due * 0.85))
            self._line(day, INTEREST, round(due * 0.15))

    def _sales(self, days: list[date], sold: float) -> None:
        # What was not sold at the end is missing, as the answer about the last sale says.
        open_days = [day for day in days if day <= self.habits.last_sale_on]
        if not open_days:
            return
        each = sold / len(days)
        for day in open_days:
            amount = round(each * self.chance.uniform(0.7, 1.3))
            wait = self.habits.wait
            if wait is not None and self.chance.random() < 0.4:
                self._owed(day, amount, wait)
            elif self.chance.random() < _MISTYPED:
                self._mistyped(day, amount)
            else:
                self._line(day, SALES, amount)

    def _owed(self, day: date, amount: int, wait: int) -> None:
        """A sale that is paid later; what is due after the last day is still open."""
        due_on = day + timedelta(days=min(wait, 30))
        owed = self._line(day, SALES, amount, is_owed=True, due_on=due_on)
        paid_on = day + timedelta(days=max(1, wait + self.chance.randrange(-4, 5)))
        if owed is not None and paid_on <= self.last_on:
            self._line(paid_on, SALES, owed["amount"], after=owed, settles_id=owed["id"])

    def _mistyped(self, day: date, amount: int) -> None:
        """A nought too many, put right."""
        wrong = self._line(day, SALES, amount * 10, is_current=False)
        if wrong is not None:
            self._line(day, SALES, amount, after=wrong, corrects_id=wrong["id"])

    def _equipment(self, begins: list[date]) -> None:
        if self.chance.random() < 0.3:
            day = self.chance.choice(begins) + timedelta(days=self.chance.randrange(28))
            self._line(min(day, self.last_on), EQUIPMENT, round(self.habits.sales * 0.15))

    def _counted(self) -> None:
        """Cash as somebody counted it in the last days, and how the enterprise keeps its book."""
        if self.owner_account or self.chance.random() < 0.6:
            day = self.last_on - timedelta(days=self.chance.randrange(7))
            daily = self.habits.sales * (1 - min(self.habits.margin, 0.0)) * 0.75 / 30
            at = at_work(self.chance, day)
            count = {
                "id": key_at(self.chance, at),
                "enterprise_id": self.desk.subject.enterprise_id,
                "counted_on": day,
                "amount": _coins(daily * self.habits.cash_days * self.chance.uniform(0.9, 1.1)),
                "recorded_by": self.desk.mentor,
                "recorded_at": at,
            }
            self.desk.shelf.add(COUNT, count)
        if self.chance.random() < 0.5:
            habit = {
                "enterprise_id": self.desk.subject.enterprise_id,
                "open_weekdays": list(range(self.chance.choice((6, 6, 7)))),
                "is_seasonal": bool(self.desk.world.people.is_seasonal[self.desk.subject.row]),
                "version": 1,
            }
            self.desk.shelf.add(HABIT, habit)

    def _covered_days(self) -> list[date]:
        """The days of the last month on which something was written down."""
        window = [self.last_on - timedelta(days=place) for place in range(_DENSE_DAYS)]
        open_days = [day for day in window if day.weekday() != _SUNDAY]
        count = round(len(open_days) * self.habits.covered)
        return sorted(self.chance.sample(open_days, count))

    def _days_of(self, begin: date, until: date) -> list[date]:
        """The days of a month that have lines: lately as the answer says, before that each week."""
        dense_from = self.last_on - timedelta(days=_DENSE_DAYS - 1)
        step = 2 if self.owner_account else 7
        early = [
            day
            for place in range(5, 31, step)
            if (day := _open_day(begin + timedelta(days=place))) <= until and day < dense_from
        ]
        return early + [day for day in self.days if begin <= day <= until]

    def _line(
        self,
        day: date,
        category: str,
        amount: int,
        *,
        after: dict[str, Any] | None = None,
        **said: Any,
    ) -> dict[str, Any] | None:
        """Put a line down, behind another where it names that one."""
        coins = _coins(amount)
        if coins <= 0 or day > self.last_on:
            return None
        is_own = self.owner_account is not None and (self.last_on - day).days < 90
        at = at_work(self.chance, max(day, self.desk.subject.registered_on))
        if after is not None:
            at = max(at, after["recorded_at"] + timedelta(minutes=1))
        row = {
            "id": key_at(self.chance, at),
            "enterprise_id": self.desk.subject.enterprise_id,
            "happened_on": day,
            "direction": DIRECTION_OF[category],
            "category": category,
            "amount": coins,
            "channel_id": None,
            "is_owed": False,
            "due_on": None,
            "settles_id": None,
            "note": "",
            "photo_id": None,
            "way": OWNER if is_own else self.way,
            "corrects_id": None,
            "is_void": False,
            "is_current": True,
            "recorded_by": self.owner_account if is_own else self.desk.mentor,
            "recorded_at": at,
            **said,
        }
        self.desk.shelf.add(ENTRY, row)
        return row


def book_of(desk: Desk, *, owner_account: UUID | None) -> bool:
    """Put down the book of an enterprise, if it keeps one; the one whose owner has an account does.

    Gives whether there is one.
    """
    if not desk.found:
        return False
    chance = desk.chance("cash")
    keeps = (answer(desk, "MNJ1") or 0) >= 1 and chance.random() < BOOK_SHARE
    if keeps or owner_account is not None:
        _Book(desk, chance, owner_account).write()
    return keeps or owner_account is not None


def usual_sales(desk: Desk) -> int:
    """What the enterprise sells in an ordinary month of the last year."""
    months = desk.world.monthly_sales[desk.subject.row][-12:]
    return max(200_000, round(float(months.mean())))


def margin_of(desk: Desk) -> float:
    """The share of its sales that is left to it."""
    return _margins(desk)[_points(desk, "KEU1", 2)]


def monthly_dues(desk: Desk) -> int:
    """What goes into instalments in a usual month, as the answer about them says."""
    return round(_due(_habits(desk), usual_sales(desk)))


def _due(habits: _Habits, sold: float) -> float:
    if not habits.installment:
        return 0.0
    return max(habits.installment * sold * habits.margin, sold * 0.04)


def _habits(desk: Desk) -> _Habits:
    trade = _is_trade(desk)
    paid = _points(desk, "PSR4", 4)
    has_loan = bool(desk.world.rounds[-1].has_loan[desk.subject.row])
    return _Habits(
        sales=usual_sales(desk),
        margin=margin_of(desk),
        drawn=_DRAWN[_points(desk, "KEU3", 4)],
        trend=_TREND.get(_points(desk, "PSR1", 3), 1.0),
        last_sale_on=desk.world.last_on - timedelta(days=_LAST_SALE[_points(desk, "PSR2", 4)]),
        covered=_COVERED[_points(desk, "MNJ1", 3) or 3],
        installment=_INSTALLMENT[_points(desk, "MDL1", 4)] if has_loan else 0.0,
        cash_days=_CASH_DAYS[_points(desk, "KEU2", 2)],
        wait=_WAITING.get(paid),
        is_trade=trade,
    )


def _margins(desk: Desk) -> dict[int, float]:
    return _TRADE_MARGIN if _is_trade(desk) else _MARGIN


def _is_trade(desk: Desk) -> bool:
    return SECTORS[int(desk.world.people.sector[desk.subject.row])] == "E"


def _points(desk: Desk, code: str, default: int) -> int:
    points = answer(desk, code)
    return default if points is None or points < 0 else points


def _open_day(day: date) -> date:
    """The day itself, or the one after a Sunday, on which hardly anybody is open."""
    return day + timedelta(days=1) if day.weekday() == _SUNDAY else day


def _coins(amount: float) -> int:
    return round(amount / _COIN) * _COIN
