"""What the cash book of an enterprise says on a day: every ratio, and the numbers behind it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from uuid import UUID

from app.cashbook.rules import ratios
from app.cashbook.rules.windows import LATELY_DAYS, lately
from app.core.months import month_end

# From this part of the open days on a book is a proof; below it, it is the owner's word.
PROOF = Fraction(1, 2)


def is_proof(coverage: Fraction | None) -> bool:
    """Whether so many open days are written that the book proves what it says."""
    return coverage is not None and coverage >= PROOF


ALERT_DAYS = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class BookMonth:
    """The sums of one calendar month, in rupiah. `lines` are those that pay no older one; `costs`
    are those of doing the business, with interest; `installments` are principal and interest."""

    first: date
    lines: int = 0
    sales: int = 0
    costs: int = 0
    drawn: int = 0
    installments: int = 0
    written_days: int = 0
    open_days: int = 0

    @property
    def last(self) -> date:
        """The last day of the month."""
        return month_end(self.first)

    @property
    def code(self) -> str:
        """The month as addresses name it."""
        return f"{self.first:%Y-%m}"

    @property
    def surplus(self) -> int:
        """What is left of the sales; below nothing: a loss."""
        return self.sales - self.costs

    @property
    def book_coverage(self) -> Fraction | None:
        """The part of its open days that have a line."""
        return ratios.coverage(self.written_days, self.open_days)


@dataclass(frozen=True, slots=True, kw_only=True)
class DiaryFacts:
    """What the diary of five numbers says of the last full months, and of those before.

    A sum is None when it was not told for each of its months.
    """

    sales: int | None = None
    costs: int | None = None
    earlier_sales: int | None = None

    @property
    def net_margin(self) -> Fraction | None:
        """What is left of each rupiah sold."""
        if self.sales is None or self.costs is None:
            return None
        return ratios.net_margin(self.sales, self.costs)

    @property
    def sales_trend(self) -> Fraction | None:
        """By which part sales grew."""
        if self.sales is None or self.earlier_sales is None:
            return None
        return ratios.trend(self.sales, self.earlier_sales)


@dataclass(frozen=True, slots=True, kw_only=True)
class CashFacts:
    """What lines, counts and channels' payments of one enterprise say up to a day.

    `months` are the last three full months, `earlier` those they are compared with; a month
    without any line is a gap, and what needs it is not said. `own_lines` counts the lines that were
    written in the book itself. `book_cash` is the newest count and what moved after it; without a
    count all that ever moved. `receivables` and `owed` fall due within 30 days, the former not
    overdue for longer than that. `outflow` is all cash that went out in the last `outflow_days`.
    `waited` is rupiah times days from goods to money, `waited_amount` its rupiah; both with the
    channels' ledgers. `lately_sold` is what each channel sold in 30 days (None: to buyers
    directly), `sold_in_book` the part of it that stands in the book itself.
    """

    on: date
    months: tuple[BookMonth, ...]
    earlier: tuple[BookMonth, ...]
    is_seasonal: bool = False
    own_lines: int = 0
    last_sale_on: date | None = None
    lately_lines: int = 0
    written_days: int = 0
    open_days: int = 0
    book_cash: int = 0
    counted_on: date | None = None
    receivables: int = 0
    owed: int = 0
    lately_installments: int = 0
    outflow: int = 0
    outflow_days: int = LATELY_DAYS
    waited: int = 0
    waited_amount: int = 0
    lately_sold: tuple[tuple[UUID | None, int], ...] = ()
    sold_in_book: int = 0
    diary: DiaryFacts = field(default_factory=DiaryFacts)

    @property
    def has_book(self) -> bool:
        """Whether anybody ever wrote a line; a channel's payment alone is no book."""
        return self.own_lines > 0

    @property
    def is_silent(self) -> bool:
        """Whether nothing was written for 30 days."""
        return self.lately_lines == 0

    @property
    def is_whole(self) -> bool:
        """Whether each of the last full months has a line."""
        return self.has_book and all(month.lines > 0 for month in self.months)

    @property
    def sales(self) -> int:
        """Sales of the last full months."""
        return sum(month.sales for month in self.months)

    @property
    def costs(self) -> int:
        """Costs of the last full months."""
        return sum(month.costs for month in self.months)

    @property
    def drawn(self) -> int:
        """What the household took in the last full months."""
        return sum(month.drawn for month in self.months)

    @property
    def installments(self) -> int:
        """Principal and interest paid in the last full months."""
        return sum(month.installments for month in self.months)

    @property
    def earlier_sales(self) -> int:
        """Sales of the months compared with."""
        return sum(month.sales for month in self.earlier)

    @property
    def surplus(self) -> int | None:
        """What is left of the sales of the last full months, before drawing and principal."""
        return self.sales - self.costs if self.is_whole else None

    @property
    def net_margin(self) -> Fraction | None:
        """The part of the sales that is left."""
        return ratios.net_margin(self.sales, self.costs) if self.is_whole else None

    @property
    def draw_ratio(self) -> Fraction | None:
        """The part of the surplus that the household took."""
        return None if self.surplus is None else ratios.draw_ratio(self.drawn, self.surplus)

    @property
    def sales_trend(self) -> Fraction | None:
        """By which part sales grew against the months compared with."""
        if not self.is_whole or not all(month.lines > 0 for month in self.earlier):
            return None
        return ratios.trend(self.sales, self.earlier_sales)

    @property
    def last_sale_month(self) -> str | None:
        """The month of the last sale as addresses name it."""
        return None if self.last_sale_on is None else f"{self.last_sale_on:%Y-%m}"

    @property
    def days_since_last_sale(self) -> int | None:
        """Days from the last sale to the day asked for."""
        return None if self.last_sale_on is None else (self.on - self.last_sale_on).days

    @property
    def days_to_payment(self) -> int | None:
        """Days from goods to money; what is unpaid waits up to the day asked for."""
        return ratios.days_to_payment(self.waited, self.waited_amount)

    @property
    def book_coverage(self) -> Fraction | None:
        """The part of the open days of the last 30 that have a line."""
        return ratios.coverage(self.written_days, self.open_days)

    @property
    def is_claim(self) -> bool:
        """Whether so few days are written that the ratios are only the owner's word."""
        return not is_proof(self.book_coverage)

    @property
    def debt_service_ratio(self) -> Fraction | None:
        """The part of a month's surplus that goes into installments."""
        if self.surplus is None:
            return None
        return ratios.debt_service_ratio(self.installments, self.surplus)

    @property
    def cash(self) -> int | None:
        """Cash at hand; None where the book makes it less than nothing, which no purse holds."""
        return self.book_cash if self.has_book and self.book_cash >= 0 else None

    @property
    def is_cash_estimate(self) -> bool:
        """Whether nobody ever counted the cash."""
        return self.counted_on is None

    @property
    def installment_month(self) -> int:
        """What is paid back in a month, rounded up; of a book with gaps what was paid lately."""
        if not self.is_whole:
            return self.lately_installments
        return -(-self.installments // len(self.months))

    @property
    def dues(self) -> int:
        """What falls due within 30 days: owed lines, and the installment of a month."""
        return self.owed + self.installment_month

    @property
    def quick_liquidity(self) -> Fraction | None:
        """How many times cash and sure money cover what falls due."""
        return ratios.quick_liquidity(self.cash, self.receivables, self.dues)

    @property
    def runway_days(self) -> int | None:
        """How many days the cash lasts."""
        return ratios.runway_days(self.cash, self.outflow, self.outflow_days)

    @property
    def loss_months(self) -> int | None:
        """How many of the last full months had a loss; None with a gap among them."""
        return sum(month.surplus < 0 for month in self.months) if self.is_whole else None

    @property
    def lowest_coverage(self) -> Fraction | None:
        """The coverage of the month that was written least."""
        found = [month.book_coverage for month in self.months]
        known = [one for one in found if one is not None]
        return min(known) if len(known) == len(found) and known else None

    @property
    def lately_from(self) -> date:
        """The first of the last 30 days."""
        return lately(self.on)
