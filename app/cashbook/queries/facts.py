"""What cash books say on a day: the door through which others read them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from app.cashbook.queries.cash import cash_of
from app.cashbook.queries.facts_entries import (
    Lately,
    Lines,
    MonthSums,
    all_lines,
    counted_cash,
    last_sales,
    lately_sums,
    month_sums,
)
from app.cashbook.queries.facts_habits import USUAL, diary_facts, diary_months, habits_of
from app.cashbook.queries.facts_owed import OpenLine, open_lines, waited_of
from app.cashbook.queries.facts_payments import PaidDay, paid_days
from app.cashbook.rules.facts import BookMonth, CashFacts, DiaryFacts
from app.cashbook.rules.windows import (
    DUE_DAYS,
    LATELY_DAYS,
    full_months,
    lately,
    months_before,
    open_days,
)
from app.core.months import first_of, month_end
from app.db.slices import slices
from app.market.queries.facts_channels import channel_facts
from app.market.rules.facts import ChannelFacts

# To put a statement together costs as much as to read many books, so many share one.
_AT_ONCE = 2_000
_NO_DIARY = DiaryFacts()
_NO_LINES = Lines(lines=0, moved=0)
_NO_SUMS = MonthSums()


def cash_facts(enterprise_ids: Collection[UUID], *, on: date) -> dict[UUID, CashFacts]:
    """What is known of enterprises that the caller has found within its scope.

    Those with neither line, nor payment of a channel, nor diary are left out. About a dozen
    statements for each 2,000 enterprises.
    """
    found: dict[UUID, CashFacts] = {}
    for some in slices(sorted(set(enterprise_ids), key=int), _AT_ONCE):
        found |= _Gathered(some, on).facts()
    return found


class _Gathered:
    """All that is read of some enterprises, and how it becomes facts."""

    def __init__(self, enterprise_ids: Sequence[UUID], on: date) -> None:
        self.on = on
        self.months = full_months(on)
        # What they are compared with, by whether an enterprise follows seasons.
        self.before = {yes: months_before(self.months, is_seasonal=yes) for yes in (False, True)}
        self.habits = habits_of(enterprise_ids)
        self.lines = all_lines(enterprise_ids, on=on)
        self.paid = paid_days(enterprise_ids, on=on)
        told = {*self.months, *self.before[False], *self.before[True]}
        self.diaries = diary_months(enterprise_ids, told)
        known = {*self.lines, *self.paid, *self.diaries}
        self.keys = [key for key in enterprise_ids if key in known]
        booked = list(self.lines)
        self.sums = self._sums(booked) if booked else {}
        self.lately = lately_sums(booked, on=on) if booked else {}
        asleep = [
            key for key in booked if not any(one.last_sale_on for one in self.lately.get(key, []))
        ]
        self.last_sales = last_sales(asleep, on=on) if asleep else {}
        self.open = open_lines(booked, on=on) if booked else {}
        self.waited = waited_of(booked, on=on) if booked else {}
        self.counted = counted_cash(self.keys, on=on) if self.keys else {}
        self.channels = channel_facts(self.keys, on=on) if self.keys else {}

    def facts(self) -> dict[UUID, CashFacts]:
        """The facts of each."""
        return {key: self._facts(key) for key in self.keys}

    def _sums(self, booked: Sequence[UUID]) -> dict[UUID, dict[date, MonthSums]]:
        months = (*self.before[False], *self.months, first_of(self.on))
        found = month_sums(booked, months, on=self.on)
        seasonal = [key for key in booked if self.habits.get(key, USUAL).is_seasonal]
        if seasonal:
            for key, sums in month_sums(seasonal, self.before[True], on=self.on).items():
                found[key] = sums | found.get(key, {})
        return found

    def _facts(self, key: UUID) -> CashFacts:
        habit, lines = self.habits.get(key, USUAL), self.lines.get(key, _NO_LINES)
        latest, paid = self.lately.get(key, []), self.paid.get(key, [])
        sums = _with_payments(self.sums.get(key, {}), paid)
        opened = _open_bits(self.on, habit.weekdays)
        before, diary = self.before[habit.is_seasonal], self.diaries.get(key)
        cash, counted_on = cash_of(self.counted.get(key), lines.moved, paid)
        return CashFacts(
            on=self.on,
            months=tuple([_month(first, sums, bits) for first, bits in opened.months]),
            earlier=tuple([_sales(first, sums) for first in before]),
            is_seasonal=habit.is_seasonal,
            own_lines=lines.lines,
            last_sale_on=self._last_sale_on(key, latest, paid),
            lately_lines=sum([one.lines for one in latest])
            + sum([one.lines for one in paid if one.on >= opened.since]),
            written_days=sum([_written(first, sums, bits) for first, bits in opened.lately]),
            open_days=opened.lately_days,
            book_cash=cash,
            counted_on=counted_on,
            lately_installments=sum([one.installments for one in latest]),
            outflow=sum([one.outflow for one in latest]),
            outflow_days=_span(lines, latest, paid, self.on),
            diary=diary_facts(diary, self.months, before) if diary else _NO_DIARY,
            **self._owed(key, sum([one.sold_paid for one in sums.values()])),
            **self._sold(key, latest),
        )

    def _last_sale_on(
        self, key: UUID, latest: Sequence[Lately], paid: Sequence[PaidDay]
    ) -> date | None:
        sold = [one.last_sale_on for one in latest if one.last_sale_on]
        before = self.last_sales.get(key)
        return max([*sold, *([before] if before else []), *(one.on for one in paid)], default=None)

    def _owed(self, key: UUID, sold_paid: int) -> dict[str, Any]:
        lines, channels = self.open.get(key, []), self.channels.get(key)
        waited, amount = self.waited.get(key, (0, 0))
        sales = [one for one in lines if one.is_sale]
        return {
            "receivables": _sure(sales, channels, self.on),
            "owed": sum(
                [one.left for one in lines if not one.is_sale and _falls_due(one, self.on)]
            ),
            "waited": waited
            + sum([one.left * (self.on - one.happened_on).days for one in sales])
            + (channels.waited if channels else 0),
            "waited_amount": amount
            + sold_paid
            + sum([one.left for one in sales])
            + (channels.waited_amount if channels else 0),
        }

    def _sold(self, key: UUID, latest: Sequence[Lately]) -> dict[str, Any]:
        sold = {one.channel_id: one.sold for one in latest if one.sold}
        in_book = sum(sold.values())
        channels = self.channels.get(key)
        for channel_id, amount in channels.sold if channels else ():
            sold[channel_id] = sold.get(channel_id, 0) + amount
        return {"lately_sold": tuple(sold.items()), "sold_in_book": in_book}


def _sure(sales: Sequence[OpenLine], channels: ChannelFacts | None, on: date) -> int:
    """What is sure to come within 30 days: it has a day, and is not overdue for longer."""
    due = [(one.due_on, one.left) for one in sales if one.due_on is not None]
    due += channels.falls_due if channels else ()
    window = timedelta(days=DUE_DAYS)
    return sum([amount for day, amount in due if on - window <= day <= on + window])


def _falls_due(one: OpenLine, on: date) -> bool:
    """Debts without a day may be asked for any day."""
    return one.due_on is None or one.due_on <= on + timedelta(days=DUE_DAYS)


def _span(lines: Lines, latest: Sequence[Lately], paid: Sequence[PaidDay], on: date) -> int:
    """How many of the last 30 days the book has been kept for."""
    if lines.lines > sum([one.lines for one in latest]):
        return LATELY_DAYS
    first_on = min([on, *(one.first_on for one in latest), *(one.on for one in paid[:1])])
    return min(LATELY_DAYS, (on - first_on).days + 1)


Months = Mapping[date, MonthSums]


def _with_payments(months: Months, paid: Sequence[PaidDay]) -> Months:
    if not paid:
        return months
    found = dict(months)
    for one in paid:
        first = first_of(one.on)
        own = found.get(first, _NO_SUMS)
        found[first] = own._replace(
            lines=own.lines + one.lines,
            sales=own.sales + one.amount,
            marks=own.marks | 1 << one.on.day,
        )
    return found


def _month(first: date, months: Months, open_bits: int) -> BookMonth:
    own = months.get(first, _NO_SUMS)
    return BookMonth(
        first=first,
        lines=own.lines,
        sales=own.sales,
        costs=own.costs,
        drawn=own.drawn,
        installments=own.installments,
        written_days=(own.marks & open_bits).bit_count(),
        open_days=open_bits.bit_count(),
    )


def _sales(first: date, months: Months) -> BookMonth:
    own = months.get(first, _NO_SUMS)
    return BookMonth(first=first, lines=own.lines, sales=own.sales)


def _written(first: date, months: Months, open_bits: int) -> int:
    return (months.get(first, _NO_SUMS).marks & open_bits).bit_count()


class _Open(NamedTuple):
    """The days on which an enterprise is open, as bits of the days of a month: of the last full
    months and of the 30 days `since` a day."""

    months: tuple[tuple[date, int], ...]
    since: date
    lately: tuple[tuple[date, int], ...]
    lately_days: int


@lru_cache(maxsize=256)
def _open_bits(on: date, weekdays: frozenset[int]) -> _Open:
    since, months = lately(on), full_months(on)
    bits = _bits(open_days(since, on, weekdays))
    full = _bits(open_days(months[0], month_end(months[-1]), weekdays))
    return _Open(
        months=tuple((first, full.get(first, 0)) for first in months),
        since=since,
        lately=tuple(bits.items()),
        lately_days=sum(one.bit_count() for one in bits.values()),
    )


def _bits(days: Collection[date]) -> dict[date, int]:
    found: dict[date, int] = {}
    for day in days:
        first = first_of(day)
        found[first] = found.get(first, 0) | 1 << day.day
    return found
