"""The ratios of a book in words, each with the numbers behind it and where these stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil, floor

from app.cashbook.rules.facts import CashFacts
from app.core.day_words import MONTHS, long_day
from app.core.money import format_rupiah

# Where the numbers of a ratio stand: in the table of months, or in the book itself.
OF_MONTHS, OF_SALE, OF_OWED, OF_CASH, OF_DAYS = "bulan", "penjualan", "utang", "kas", "hari"
_UNSAID = "belum dapat dihitung"


@dataclass(frozen=True, slots=True, kw_only=True)
class FactLine:
    """One ratio: what it is, what it says, the days it looks at, and what it is made of."""

    label: str
    value: str
    window: str
    behind: str
    leads_to: str
    is_known: bool


def fact_lines(facts: CashFacts) -> tuple[FactLine, ...]:
    """All ratios, in the order of the questions that they answer."""
    return (
        _surplus(facts),
        _margin(facts),
        _liquidity(facts),
        _drawn(facts),
        _trend(facts),
        _last_sale(facts),
        _payment(facts),
        _coverage(facts),
        _burden(facts),
        _runway(facts),
    )


def months_words(first: date, last: date) -> str:
    """Two months in words.

    >>> months_words(date(2025, 12, 1), date(2026, 2, 1))
    'Desember 2025–Februari 2026'
    """
    begin = MONTHS[first.month - 1] + ("" if first.year == last.year else f" {first.year}")
    return f"{begin}–{MONTHS[last.month - 1]} {last.year}"


def _line(label: str, value: str | None, window: str, behind: str, leads_to: str) -> FactLine:
    return FactLine(
        label=label,
        value=value or _UNSAID,
        window=window,
        behind=behind,
        leads_to=leads_to,
        is_known=value is not None,
    )


def _surplus(facts: CashFacts) -> FactLine:
    surplus = facts.surplus
    value = None if surplus is None else format_rupiah(surplus)
    return _line("Sisa usaha", value, _span(facts), _sold_and_spent(facts), OF_MONTHS)


def _margin(facts: CashFacts) -> FactLine:
    value = _down(facts.net_margin)
    if facts.is_whole and facts.net_margin is None:
        value = "rugi, tidak ada penjualan" if facts.costs else None
    return _line("Sisa hasil penjualan", value, _span(facts), _sold_and_spent(facts), OF_MONTHS)


def _liquidity(facts: CashFacts) -> FactLine:
    value = None if facts.quick_liquidity is None else _times(facts.quick_liquidity)
    if facts.has_book and facts.dues == 0:
        value = "tidak ada yang jatuh tempo"
    parts = f"kas {_cash(facts)}, tagihan {format_rupiah(facts.receivables)}"
    owed = f"hutang {format_rupiah(facts.owed)}"
    installment = f"cicilan sebulan {format_rupiah(facts.installment_month)}"
    return _line(
        "Kas dan tagihan dibanding kewajiban",
        value,
        "30 hari ke depan",
        f"{parts}; {owed}, {installment}",
        OF_OWED,
    )


def _drawn(facts: CashFacts) -> FactLine:
    value = _up(facts.draw_ratio)
    if facts.surplus is not None and facts.surplus <= 0:
        value = "tidak ada sisa, tetapi diambil" if facts.drawn else "tidak ada sisa, tidak diambil"
    behind = f"diambil {format_rupiah(facts.drawn)}, sisa usaha {_money(facts.surplus)}"
    return _line("Diambil untuk rumah", value, _span(facts), behind, OF_MONTHS)


def _trend(facts: CashFacts) -> FactLine:
    change = facts.sales_trend
    value = None
    if change is not None:
        size = _up(abs(change)) if change >= 0 else _up(-change)
        value = "tetap" if change == 0 else f"{'naik' if change > 0 else 'turun'} {size}"
    before = months_words(facts.earlier[0].first, facts.earlier[-1].first)
    behind = f"{format_rupiah(facts.sales)}, sebelumnya {format_rupiah(facts.earlier_sales)}"
    return _line("Arah penjualan", value, f"{_span(facts)} dan {before}", behind, OF_MONTHS)


def _last_sale(facts: CashFacts) -> FactLine:
    days = facts.days_since_last_sale
    value = None if days is None else f"{days} hari lalu" if days else "hari ini"
    behind = "belum ada penjualan" if facts.last_sale_on is None else long_day(facts.last_sale_on)
    return _line("Penjualan terakhir", value, "sampai hari ini", behind, OF_SALE)


def _payment(facts: CashFacts) -> FactLine:
    days = facts.days_to_payment
    value = None if days is None else f"{days} hari"
    behind = f"penjualan {format_rupiah(facts.waited_amount)}, yang tunai dihitung 0 hari"
    return _line("Lama uang diterima", value, "180 hari terakhir", behind, OF_OWED)


def _coverage(facts: CashFacts) -> FactLine:
    behind = f"{facts.written_days} dari {facts.open_days} hari buka tercatat"
    return _line(
        "Hari yang tercatat", _down(facts.book_coverage), "30 hari terakhir", behind, OF_DAYS
    )


def _burden(facts: CashFacts) -> FactLine:
    value = _up(facts.debt_service_ratio)
    if facts.surplus is not None and facts.debt_service_ratio is None:
        value = "ada cicilan, tidak ada sisa"
    elif facts.surplus is not None and facts.installments == 0:
        value = "tidak ada cicilan"
    behind = f"cicilan {format_rupiah(facts.installments)}, sisa usaha {_money(facts.surplus)}"
    return _line("Beban cicilan", value, _span(facts), behind, OF_MONTHS)


def _runway(facts: CashFacts) -> FactLine:
    days = facts.runway_days
    value = None if days is None else f"{days} hari"
    if facts.cash is not None and facts.outflow == 0:
        value = "tidak ada uang keluar"
    out = f"uang keluar {format_rupiah(facts.outflow)} dalam {facts.outflow_days} hari"
    return _line(
        "Kas cukup untuk", value, "30 hari terakhir", f"kas {_cash(facts)}, {out}", OF_CASH
    )


def _span(facts: CashFacts) -> str:
    return months_words(facts.months[0].first, facts.months[-1].first)


def _sold_and_spent(facts: CashFacts) -> str:
    return f"penjualan {format_rupiah(facts.sales)}, biaya usaha {format_rupiah(facts.costs)}"


def _money(amount: int | None) -> str:
    return _UNSAID if amount is None else format_rupiah(amount)


def _cash(facts: CashFacts) -> str:
    if facts.cash is None:
        return "belum diketahui"
    told = format_rupiah(facts.cash)
    return f"{told} (perkiraan)" if facts.is_cash_estimate else told


def _up(share: Fraction | None) -> str | None:
    """Rounded up: a burden never reads smaller than it is."""
    return None if share is None else _percent(ceil(share * 1000))


def _down(share: Fraction | None) -> str | None:
    """Rounded down: what is good never reads better than it is."""
    return None if share is None else _percent(floor(share * 1000))


def _percent(tenths: int) -> str:
    return f"{_tenths(tenths)}%"


def _times(ratio: Fraction) -> str:
    return f"{_tenths(floor(ratio * 10))} kali"


def _tenths(tenths: int) -> str:
    whole, rest = divmod(abs(tenths), 10)
    sign = "-" if tenths < 0 else ""
    grouped = f"{whole:,}".replace(",", ".")
    return f"{sign}{grouped},{rest}" if rest else f"{sign}{grouped}"
