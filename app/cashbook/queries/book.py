"""What the page of a book shows beside its lines: sums, cash at hand, what is owed, the habit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import case, func, select
from sqlalchemy.orm import aliased

from app.cashbook.models import BookHabit, CashCount, CashEntry
from app.cashbook.queries.lines import first_day_of, lines_of, part_of
from app.cashbook.queries.reach import pays_by_ledger
from app.cashbook.rules.channels import BookChannel
from app.cashbook.rules.entries import CATEGORIES, IN
from app.cashbook.rules.habits import USUAL_DAYS, days_in_words
from app.core.errors import NotFound
from app.core.months import first_of, month_end
from app.core.scope import Scope
from app.db import db
from app.enterprises.queries import enterprise as enterprise_within
from app.market.models import SalesChannel


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """What some days add up to. Money in and out is what was paid; sales and costs are what was
    sold and spent, paid or not."""

    money_in: int
    money_out: int
    sales: int
    costs: int
    drawn: int
    lines: int

    @property
    def change(self) -> int:
        """By how much cash grew."""
        return self.money_in - self.money_out

    @property
    def surplus(self) -> int:
        """What is left of the sales."""
        return self.sales - self.costs


@dataclass(frozen=True, slots=True, kw_only=True)
class CashAtHand:
    """Cash at the end of a day; without a count it is only what the lines add up to."""

    amount: int
    counted_on: date | None

    @property
    def is_estimate(self) -> bool:
        """Whether nobody ever counted."""
        return self.counted_on is None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedLine:
    """A line that is not paid in full; `left` is what is still to pay."""

    id: UUID
    happened_on: date
    direction: str
    category: str
    amount: int
    left: int
    due_on: date | None
    note: str
    channel_name: str

    @property
    def label(self) -> str:
        """What it was for."""
        return CATEGORIES[self.category]

    @property
    def is_in(self) -> bool:
        """Whether it is owed to the enterprise."""
        return self.direction == IN


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """On which days an enterprise is open; `version` 0: nobody said it."""

    open_weekdays: tuple[int, ...]
    is_seasonal: bool
    version: int

    @property
    def days(self) -> str:
        """The days in words."""
        return days_in_words(self.open_weekdays)


def sums_of(enterprise_id: UUID, month: date) -> Sums:
    """The sums of a month of a book that the caller found."""
    every = lines_of([enterprise_id]).subquery()
    amount = every.c.amount
    sums = {
        "money_in": "masuk",
        "money_out": "keluar",
        "sales": "penjualan",
        "costs": "biaya",
        "drawn": "rumah",
    }
    row = db.session.execute(
        select(
            *(
                func.coalesce(func.sum(case((part_of(every, what), amount), else_=0)), 0).label(
                    name
                )
                for name, what in sums.items()
            ),
            func.count().label("lines"),
        ).where(every.c.happened_on.between(first_of(month), month_end(month)))
    ).one()
    return Sums(**{name: int(value) for name, value in row._asdict().items()})


def cash_at_hand(enterprise_id: UUID, *, on: date) -> CashAtHand:
    """Cash of an enterprise that the caller found: the newest count and what moved after it."""
    count = db.session.execute(
        select(CashCount.counted_on, CashCount.amount)
        .where(CashCount.enterprise_id == enterprise_id, CashCount.counted_on <= on)
        .order_by(CashCount.counted_on.desc(), CashCount.recorded_at.desc(), CashCount.id.desc())
        .limit(1)
    ).one_or_none()
    every = lines_of([enterprise_id]).subquery()
    parts = [every.c.happened_on <= on, ~every.c.is_owed]
    if count is not None:
        parts.append(every.c.happened_on > count.counted_on)
    signed = case((every.c.direction == IN, every.c.amount), else_=-every.c.amount)
    moved = db.session.scalar(select(func.coalesce(func.sum(signed), 0)).where(*parts))
    return CashAtHand(
        amount=int(moved or 0) + (0 if count is None else count.amount),
        counted_on=None if count is None else count.counted_on,
    )


def owed_lines(enterprise_id: UUID) -> tuple[OwedLine, ...]:
    """What is not paid in full of a book that the caller found, the oldest first."""
    paid = aliased(CashEntry)
    settled = (
        select(func.coalesce(func.sum(paid.amount), 0))
        .where(paid.settles_id == CashEntry.id, paid.is_current)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(CashEntry, settled.label("settled"), SalesChannel.name)
        .outerjoin(SalesChannel, SalesChannel.id == CashEntry.channel_id)
        .where(
            CashEntry.enterprise_id == enterprise_id,
            CashEntry.is_current,
            CashEntry.is_owed,
            CashEntry.amount > settled,
        )
        .order_by(CashEntry.happened_on, CashEntry.id)
    )
    return tuple(
        OwedLine(
            id=row.id,
            happened_on=row.happened_on,
            direction=row.direction,
            category=row.category,
            amount=row.amount,
            left=row.amount - int(paid_so_far),
            due_on=row.due_on,
            note=row.note,
            channel_name=channel_name or "",
        )
        for row, paid_so_far, channel_name in rows
    )


def owed_line(scope: Scope, enterprise_id: UUID, entry_id: UUID) -> OwedLine:
    """A line of a book that is not paid in full.

    Raises:
        NotFound: there is none such within the scope.
    """
    enterprise_within(scope, enterprise_id)
    found = next((line for line in owed_lines(enterprise_id) if line.id == entry_id), None)
    if found is None:
        raise NotFound("entry_unknown", message="Catatan ini tidak ditemukan.")
    return found


def habit_of(enterprise_id: UUID) -> Habit:
    """The habit of an enterprise that the caller found."""
    row = db.session.get(BookHabit, enterprise_id)
    if row is None:
        return Habit(open_weekdays=USUAL_DAYS, is_seasonal=False, version=0)
    return Habit(
        open_weekdays=tuple(row.open_weekdays), is_seasonal=row.is_seasonal, version=row.version
    )


def book_channels(enterprise_id: UUID) -> tuple[BookChannel, ...]:
    """The channels through which an enterprise that the caller found sells."""
    rows = db.session.scalars(
        select(SalesChannel)
        .where(SalesChannel.enterprise_id == enterprise_id, SalesChannel.opened_on.is_not(None))
        .order_by(SalesChannel.closed_on.is_not(None), SalesChannel.name, SalesChannel.id)
    ).all()
    return tuple(
        BookChannel(id=row.id, name=row.name, is_on_ledger=pays_by_ledger(row)) for row in rows
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class BookHead:
    """Whose book it is."""

    enterprise_id: UUID
    enterprise_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BookPage:
    """One month of a book with what stands beside it."""

    head: BookHead
    month: date
    sums: Sums
    cash: CashAtHand
    owed: tuple[OwedLine, ...]
    habit: Habit
    has_earlier: bool

    @property
    def owed_to_us(self) -> int:
        """What others still have to pay."""
        return sum(line.left for line in self.owed if line.is_in)

    @property
    def owed_by_us(self) -> int:
        """What is still to pay to others."""
        return sum(line.left for line in self.owed if not line.is_in)


def book_head(scope: Scope, enterprise_id: UUID) -> BookHead:
    """Whose book it is.

    Raises:
        NotFound: the enterprise is unknown or outside the scope.
    """
    enterprise = enterprise_within(scope, enterprise_id)
    return BookHead(enterprise_id=enterprise.id, enterprise_name=enterprise.name)


def book_page(scope: Scope, enterprise_id: UUID, *, month: date, today: date) -> BookPage:
    """A month of a book.

    Raises:
        NotFound: the enterprise is unknown or outside the scope.
    """
    head = book_head(scope, enterprise_id)
    first = first_day_of(enterprise_id)
    return BookPage(
        head=head,
        month=first_of(month),
        sums=sums_of(enterprise_id, month),
        cash=cash_at_hand(enterprise_id, on=today),
        owed=owed_lines(enterprise_id),
        habit=habit_of(enterprise_id),
        has_earlier=first is not None and first < first_of(month),
    )
