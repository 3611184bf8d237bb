"""The sheet of a month: what was earned and spent, and how the cash moved.

Earned and spent counts on the day on which something was sold or used, paid or not; cash counts
when it moved. So a line that was owed stands in the first part, and its payment in the second.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from app.cashbook.rules.entries import CAPITAL, CATEGORIES, COSTS, DRAWING, IN, SALES


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLine:
    """One line of a month: of the book, or what a channel paid (`is_channel`)."""

    happened_on: date
    direction: str
    category: str
    amount: int
    is_owed: bool = False
    is_settling: bool = False
    is_channel: bool = False
    channel_name: str = ""
    note: str = ""

    @property
    def signed(self) -> int:
        """By how much the line moves the cash."""
        if self.is_owed:
            return 0
        return self.amount if self.direction == IN else -self.amount

    @property
    def paid_label(self) -> str:
        """How it was paid."""
        if self.is_channel:
            return f"dibayar {self.channel_name}"
        if self.is_settling:
            return "pelunasan"
        return "belum dibayar" if self.is_owed else "langsung"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """One sum of a sheet; `category` names the lines behind it."""

    label: str
    amount: int
    category: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Earnings:
    """What was sold and what it cost, paid or not."""

    sales: tuple[SheetRow, ...]
    costs: tuple[SheetRow, ...]
    drawn: int

    @property
    def sales_total(self) -> int:
        """All that was sold."""
        return sum(row.amount for row in self.sales)

    @property
    def costs_total(self) -> int:
        """All that it cost."""
        return sum(row.amount for row in self.costs)

    @property
    def surplus(self) -> int:
        """What is left for household, loan and tools."""
        return self.sales_total - self.costs_total

    @property
    def margin(self) -> Fraction | None:
        """The share of the sales that is left; None where nothing was sold."""
        return Fraction(self.surplus, self.sales_total) if self.sales_total else None

    @property
    def left(self) -> int:
        """What the household did not take."""
        return self.surplus - self.drawn


@dataclass(frozen=True, slots=True, kw_only=True)
class CashFlow:
    """How the cash moved: `opening` and `closing` are what was at hand before and after.

    Where cash was counted in the month, it may differ from what the lines add up to; `difference`
    says by how much, so that opening, in, out and difference always give closing.
    """

    opening: int
    ins: tuple[SheetRow, ...]
    outs: tuple[SheetRow, ...]
    closing: int

    @property
    def in_total(self) -> int:
        """All that came in."""
        return sum(row.amount for row in self.ins)

    @property
    def out_total(self) -> int:
        """All that went out."""
        return sum(row.amount for row in self.outs)

    @property
    def difference(self) -> int:
        """What was counted above (below zero: below) what the lines add up to."""
        return self.closing - (self.opening + self.in_total - self.out_total)


def earnings_of(lines: Iterable[SheetLine]) -> Earnings:
    """What the lines of a month say was earned: what only pays an older line counts no more."""
    fresh = [line for line in lines if not line.is_settling]
    return Earnings(
        sales=_filled(
            (
                SheetRow(label=label, amount=_sum(chosen), category=SALES)
                for label, chosen in (
                    ("Dibayar langsung", _sold(fresh, is_owed=False, is_channel=False)),
                    ("Belum dibayar saat dijual", _sold(fresh, is_owed=True, is_channel=False)),
                    ("Dibayar kanal penjualan", _sold(fresh, is_owed=False, is_channel=True)),
                )
            )
        ),
        costs=_by_category(fresh, COSTS),
        drawn=_sum([line for line in fresh if line.category == DRAWING]),
    )


def cash_flow_of(lines: Iterable[SheetLine], *, opening: int, closing: int) -> CashFlow:
    """How the lines of a month moved the cash; what is owed moved none."""
    paid = [line for line in lines if not line.is_owed]
    sold = [line for line in paid if line.category == SALES]
    ins = (
        ("Penjualan dibayar langsung", SALES, [one for one in sold if not _is_late(one)]),
        ("Pembayaran yang tadinya belum dibayar", SALES, [one for one in sold if one.is_settling]),
        ("Pembayaran dari kanal", SALES, [one for one in sold if one.is_channel]),
        (CATEGORIES[CAPITAL], CAPITAL, [one for one in paid if one.category == CAPITAL]),
    )
    outs = tuple(code for code in CATEGORIES if code not in (SALES, CAPITAL))
    return CashFlow(
        opening=opening,
        ins=_filled(
            SheetRow(label=label, amount=_sum(chosen), category=category)
            for label, category, chosen in ins
        ),
        outs=_by_category(paid, outs),
        closing=closing,
    )


def by_category(lines: Sequence[SheetLine]) -> tuple[tuple[str, tuple[SheetLine, ...]], ...]:
    """The lines of each category that has some, in the order of the categories."""
    found = ((code, tuple(line for line in lines if line.category == code)) for code in CATEGORIES)
    return tuple((code, chosen) for code, chosen in found if chosen)


def _is_late(line: SheetLine) -> bool:
    return line.is_settling or line.is_channel


def _sold(lines: Iterable[SheetLine], *, is_owed: bool, is_channel: bool) -> list[SheetLine]:
    return [
        line
        for line in lines
        if line.category == SALES and (line.is_owed, line.is_channel) == (is_owed, is_channel)
    ]


def _by_category(lines: Sequence[SheetLine], codes: Sequence[str]) -> tuple[SheetRow, ...]:
    return _filled(
        SheetRow(
            label=CATEGORIES[code],
            amount=_sum([line for line in lines if line.category == code]),
            category=code,
        )
        for code in codes
    )


def _filled(rows: Iterable[SheetRow]) -> tuple[SheetRow, ...]:
    return tuple(row for row in rows if row.amount)


def _sum(lines: Iterable[SheetLine]) -> int:
    return sum(line.amount for line in lines)
