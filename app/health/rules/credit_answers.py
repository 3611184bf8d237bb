"""Answers that follow from loans and debts, and the raw facts that knock-outs read.

The bounds are those of the instrument's options, see `known_bounds`. What a lender's book says is
a document; what the owner told of a debt is the owner's word. The sources name no lender, no kind
of debt and no sum of one: who assesses reads them, and a phone keeps them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Any

from app.cashbook.rules.facts import CashFacts
from app.core.money import format_rupiah
from app.credit.rules.facts import LENDER, Burden, CreditFacts, burden
from app.health.rules.evidence import CLAIMED
from app.health.rules.instrument import Code, Instrument
from app.health.rules.known_bounds import BOOK, BURDEN, MOVEMENTS_HOLD, is_asked_so, up_to
from app.health.rules.questionnaire import Known

# From the best: so many points up to, and with, this bound. Beyond the last it is 0.
_ARREARS = ((4, 0), (3, 7), (2, 30), (1, 90))
# Beyond this the knock-out of arrears parts once more, where no option does.
_SICK_DAYS = 120
_SOURCES = {
    "rentenir": 0,
    "pinjol_ilegal": 0,
    "pinjol": 1,
    "tengkulak": 2,
    "keluarga": 3,
    LENDER: 4,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Owing:
    credit: CreditFacts
    burden: Burden | None


def answers_from_credit(
    instrument: Instrument,
    sector: str | None,
    credit: CreditFacts | None,
    book: CashFacts | None,
) -> dict[Code, Known]:
    """What loans and debts say about the questions that a sector is asked.

    What they leave open is out; what the cash book says alone is not said again.
    """
    if sector is None or credit is None:
        return {}
    owing = _Owing(credit=credit, burden=burden(credit, book))
    found = {}
    for code, answer in _ANSWERS.items():
        known = answer(owing) if is_asked_so(instrument, code, sector) else None
        if known is not None:
            found[code] = known
    return found


def told_by_credit(credit: CreditFacts | None, book: CashFacts | None) -> dict[str, Any]:
    """What the form takes beside the questions: installments though nothing is left to pay them."""
    found = burden(credit, book)
    if credit is None or found is None or found.is_from_book:
        return {}
    return {"installments_without_surplus": found.ratio is None}


def _burden(owing: _Owing) -> Known | None:
    found = owing.burden
    if found is None or found.is_from_book:
        return None
    paid, left = format_rupiah(found.installments), format_rupiah(found.surplus)
    if found.ratio is None:
        words, points, number = f"cicilan {paid} dalam 3 bulan, tidak ada sisa ({left})", 0, None
    else:
        words = f"cicilan {paid}, sisa usaha {left} dalam 3 bulan"
        points, number = up_to(BURDEN, found.ratio), _percent(found.ratio)
    return _said(
        owing.credit, points, words, number=number, is_claim=found.is_claim, holds=MOVEMENTS_HOLD
    )


def _arrears(owing: _Owing) -> Known | None:
    days = owing.credit.arrears_days
    if days is None:
        return None
    words = "tidak ada tunggakan" if days == 0 else f"tunggakan terlama {days} hari"
    return _said(
        owing.credit,
        up_to(_ARREARS, days),
        words,
        number=Decimal(days),
        is_claim=owing.credit.is_arrears_told,
        holds=_arrears_hold(owing.credit, days),
    )


def _arrears_hold(credit: CreditFacts, days: int) -> timedelta:
    """As long as the days that pass change neither the answer nor a knock-out."""
    if days == 0:
        until = credit.next_due_on
        left = MOVEMENTS_HOLD.days if until is None else (until - credit.on).days
    else:
        bounds = (*(bound for _, bound in _ARREARS), _SICK_DAYS)
        left = next((bound - days for bound in bounds if days <= bound), MOVEMENTS_HOLD.days)
    return min(MOVEMENTS_HOLD, timedelta(days=left))


def _source(owing: _Owing) -> Known | None:
    source = owing.credit.main_source
    if source is None:
        return None
    is_lender = source == LENDER
    words = "pinjaman terbesar dari lembaga" if is_lender else "utang terbesar di luar lembaga"
    return _said(
        owing.credit, _SOURCES[source], words, is_claim=not is_lender, holds=MOVEMENTS_HOLD
    )


def _said(
    credit: CreditFacts,
    points: int,
    words: str,
    *,
    number: Decimal | None = None,
    is_claim: bool,
    holds: timedelta,
) -> Known:
    return Known(
        points=points,
        known_on=credit.on,
        source=f"Catatan pinjaman: {words}",
        evidence=CLAIMED if is_claim else BOOK,
        holds_until=credit.on + holds,
        number=number,
    )


def _percent(share: Fraction) -> Decimal:
    """A share as it would be typed, rounded up: so it stays beyond a bound that it exceeds."""
    whole, rest = divmod(ceil(share * 10_000), 100)
    return Decimal(f"{whole}.{rest:02d}".rstrip("0").rstrip("."))


_ANSWERS: dict[Code, Callable[[_Owing], Known | None]] = {
    "MDL1": _burden,
    "MDL2": _arrears,
    "MDL3": _source,
}
