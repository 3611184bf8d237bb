"""Answers that follow from the cash book, and the raw facts that knock-outs read.

The bounds are those of the instrument's options, see `known_bounds`. Below half of the open days a
book is the owner's word; so is the diary of five numbers, which speaks where the book does not.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Any

from app.cashbook.rules.facts import CashFacts
from app.core.day_words import MONTHS, long_day
from app.core.money import format_rupiah
from app.health.rules.evidence import CLAIMED
from app.health.rules.instrument import Code, Instrument
from app.health.rules.known_bounds import (
    BOOK,
    BURDEN,
    DAYS_TO_PAYMENT,
    MOVEMENTS_HOLD,
    from_on,
    is_asked_so,
    percent,
    percent_below,
    spread_points,
    up_to,
)
from app.health.rules.questionnaire import Known

_TRADE = "E"
# So many points from this bound on. Below the last it is 0.
_MARGIN = ((4, Fraction(30, 100)), (3, Fraction(20, 100)), (2, Fraction(10, 100)), (1, 0))
_MARGIN_TRADE = ((4, Fraction(10, 100)), (3, Fraction(6, 100)), (2, Fraction(3, 100)), (1, 0))
_LIQUIDITY = ((4, 2), (3, Fraction(3, 2)), (2, 1), (1, Fraction(1, 2)))
_TREND = ((3, Fraction(-10, 100)), (1, Fraction(-25, 100)))
_GROWN = Fraction(10, 100)
# From the best: so many points up to, and with, this bound. Beyond the last it is 0.
_DRAWN = ((4, Fraction(50, 100)), (3, Fraction(75, 100)), (1, Fraction(1)))
_LAST_SALE = ((4, 7), (3, 14), (2, 30), (1, 60))
_LITTLE, _HALF, _MUCH = Fraction(25, 100), Fraction(50, 100), Fraction(80, 100)


def answers_from_book(
    instrument: Instrument, sector: str | None, facts: CashFacts
) -> dict[Code, Known]:
    """What the book says about the questions that a sector is asked; what it leaves open is out."""
    if sector is None:
        return {}
    found = {}
    for code, answer in _ANSWERS.items():
        known = answer(facts, sector) if is_asked_so(instrument, code, sector) else None
        if known is not None:
            found[code] = known
    return found


def told_by_book(facts: CashFacts | None) -> dict[str, Any]:
    """The raw facts of the form that no question asks for, as they would be typed.

    Coverage is rounded down, so that less than a half never reads as a half.
    """
    if facts is None or facts.loss_months is None:
        return {}
    has_no_surplus = facts.installments > 0 and (facts.surplus or 0) <= 0
    share = facts.lowest_coverage
    return {
        "loss_months": facts.loss_months,
        "book_coverage": None if share is None else _hundredths(floor(share * 10_000)),
        "installments_without_surplus": has_no_surplus,
    }


def _margin(facts: CashFacts, sector: str) -> Known | None:
    bounds = _MARGIN_TRADE if sector == _TRADE else _MARGIN
    if facts.is_whole:
        margin, sums = facts.net_margin, _sums(facts.sales, facts.costs)
        if margin is None:
            # Nothing sold and something spent is a loss, whatever it is divided by.
            return _said(facts, 0, f"{_span(facts)}: {sums}") if facts.costs else None
        words = f"{_span(facts)}: {sums}, tersisa {percent_below(margin)}"
        # Who sells and never spends has not written down what was spent.
        return _said(facts, from_on(bounds, margin), words, is_claim=facts.costs == 0)
    told = facts.diary
    if told.net_margin is None or told.sales is None or told.costs is None:
        return None
    words = f"{_sums(told.sales, told.costs)}, tersisa {percent_below(told.net_margin)}"
    return _told(facts, from_on(bounds, told.net_margin), words)


def _liquidity(facts: CashFacts, _: str) -> Known | None:
    if not facts.has_book or facts.is_silent:
        return None
    if facts.dues == 0:
        return _said(facts, 4, "tidak ada hutang atau cicilan yang jatuh tempo 30 hari ini")
    ratio = facts.quick_liquidity
    if ratio is None:
        return None
    number = _hundredths(floor(ratio * 100))
    parts = f"kas {_money(facts.cash)} dan tagihan {_money(facts.receivables)}"
    words = f"{parts}, jatuh tempo {_money(facts.dues)} dalam 30 hari"
    return _said(
        facts, from_on(_LIQUIDITY, ratio), words, number=number, is_claim=facts.is_cash_estimate
    )


def _drawn(facts: CashFacts, _: str) -> Known | None:
    surplus = facts.surplus
    if surplus is None:
        return None
    ratio = facts.draw_ratio
    if ratio is None:
        words = f"tidak ada sisa ({_money(surplus)}), diambil {_money(facts.drawn)}"
        return _said(facts, 0 if facts.drawn else 2, f"{_span(facts)}: {words}")
    words = f"sisa {_money(surplus)}, diambil {_money(facts.drawn)} ({percent(ratio)})"
    return _said(facts, up_to(_DRAWN, ratio), f"{_span(facts)}: {words}")


def _trend(facts: CashFacts, _: str) -> Known | None:
    against = "bulan yang sama tahun lalu" if facts.is_seasonal else "3 bulan sebelumnya"
    if facts.sales_trend is not None:
        words = f"{_money(facts.sales)}, {against} {_money(facts.earlier_sales)}"
        return _said(facts, _trend_points(facts.sales_trend), f"{_span(facts)}: penjualan {words}")
    told = facts.diary
    if told.sales_trend is None or told.sales is None or told.earlier_sales is None:
        return None
    words = f"penjualan {_money(told.sales)}, {against} {_money(told.earlier_sales)}"
    return _told(facts, _trend_points(told.sales_trend), words)


def _trend_points(change: Fraction) -> int:
    return 4 if change > _GROWN else from_on(_TREND, change)


def _last_sale(facts: CashFacts, _: str) -> Known | None:
    days = facts.days_since_last_sale
    if days is None or facts.last_sale_on is None or not facts.has_book or facts.is_silent:
        # A book that nobody writes any more does not say that nothing is sold.
        return None
    # On a phone the answer holds as long as the days that pass do not change it.
    left = next((bound - days for _, bound in _LAST_SALE if days <= bound), MOVEMENTS_HOLD.days)
    return _said(
        facts,
        up_to(_LAST_SALE, days),
        f"penjualan terakhir {long_day(facts.last_sale_on)}, {days} hari lalu",
        number=Decimal(days),
        holds=timedelta(days=min(left, MOVEMENTS_HOLD.days)),
    )


def _channels(facts: CashFacts, _: str) -> Known | None:
    if not facts.has_book or facts.is_silent:
        return None
    sold = [amount for _, amount in facts.lately_sold]
    if not sold:
        return _said(facts, 0, "tidak ada penjualan 30 hari terakhir di kanal mana pun")
    if not facts.sold_in_book or sum(sold) == 0:
        # Only channels with a ledger of their own: the market says all there is to say.
        return None
    share = Fraction(max(sold), sum(sold))
    words = f"{len(sold)} kanal aktif 30 hari terakhir, yang terbesar {percent(share)}"
    return _said(facts, spread_points(len(sold), share), words)


def _payment(facts: CashFacts, _: str) -> Known | None:
    days = facts.days_to_payment
    if days is None or not facts.has_book:
        return None
    words = f"uang penjualan dan titip jual diterima rata-rata {days} hari"
    return _said(facts, up_to(DAYS_TO_PAYMENT, days), words)


def _coverage(facts: CashFacts, _: str) -> Known | None:
    share = facts.book_coverage
    if share is None or not facts.has_book:
        return None
    words = f"{facts.written_days} dari {facts.open_days} hari buka 30 hari terakhir tercatat"
    return _said(facts, _coverage_points(share), words)


def _coverage_points(share: Fraction) -> int:
    if share == 0:
        return 0
    if share < _LITTLE:
        return 1
    if share <= _HALF:
        return 2
    return 3 if share <= _MUCH else 4


def _burden(facts: CashFacts, _: str) -> Known | None:
    surplus = facts.surplus
    if surplus is None:
        return None
    ratio, paid = facts.debt_service_ratio, _money(facts.installments)
    if ratio is None:
        words = f"cicilan {paid}, tidak ada sisa ({_money(surplus)})"
        return _said(facts, 0, f"{_span(facts)}: {words}")
    number = _hundredths(ceil(ratio * 10_000))
    words = f"cicilan {paid}, sisa {_money(surplus)}" if facts.installments else "tidak ada cicilan"
    return _said(facts, up_to(BURDEN, ratio), f"{_span(facts)}: {words}", number=number)


def _said(
    facts: CashFacts,
    points: int,
    words: str,
    *,
    number: Decimal | None = None,
    is_claim: bool = False,
    holds: timedelta = MOVEMENTS_HOLD,
) -> Known:
    return Known(
        points=points,
        known_on=facts.on,
        source=f"Buku kas, {words}" if words.startswith(MONTHS) else f"Buku kas: {words}",
        evidence=CLAIMED if is_claim or facts.is_claim else BOOK,
        holds_until=facts.on + holds,
        number=number,
    )


def _told(facts: CashFacts, points: int, words: str) -> Known:
    return Known(
        points=points,
        known_on=facts.on,
        source=f"Buku harian bulanan, {_span(facts)}: {words}",
        evidence=CLAIMED,
        holds_until=facts.on + MOVEMENTS_HOLD,
    )


def _span(facts: CashFacts) -> str:
    first, last = facts.months[0].first, facts.months[-1].first
    begin = MONTHS[first.month - 1] + ("" if first.year == last.year else f" {first.year}")
    return f"{begin}–{MONTHS[last.month - 1]} {last.year}"


def _sums(sales: int, costs: int) -> str:
    return f"penjualan {_money(sales)}, biaya {_money(costs)}"


def _money(amount: int | None) -> str:
    return format_rupiah(amount or 0)


def _hundredths(value: int) -> Decimal:
    """Hundredths as they would be typed: without noughts at the end."""
    whole, rest = divmod(value, 100)
    if rest == 0:
        return Decimal(whole)
    return Decimal(f"{whole}.{rest:02d}".rstrip("0"))


_ANSWERS: dict[Code, Callable[[CashFacts, str], Known | None]] = {
    "KEU1": _margin,
    "KEU2": _liquidity,
    "KEU3": _drawn,
    "PSR1": _trend,
    "PSR2": _last_sale,
    "PSR3": _channels,
    "PSR4": _payment,
    "MNJ1": _coverage,
    "MDL1": _burden,
}
