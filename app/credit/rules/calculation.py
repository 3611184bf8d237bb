"""A loan calculated: its schedule, what it truly costs, and two of them side by side."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from app.core.money import format_rupiah
from app.credit.rules.effective_rate import effective_rate
from app.credit.rules.offers import comma
from app.credit.rules.schedules import (
    FLAT,
    METHODS,
    MONTH,
    MURABAHAH,
    LoanTerms,
    Schedule,
    schedule,
)

_TIMES = {MONTH: "bulan"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Calculation:
    """One loan with all its payments; `effective` is percent a year, None where nothing is
    received."""

    name: str
    terms: LoanTerms
    schedule: Schedule
    effective: Decimal | None

    @property
    def gain_word(self) -> str:
        """What the lender's gain is called."""
        return "Margin" if self.terms.method == MURABAHAH else "Bunga"

    @property
    def period_word(self) -> str:
        """The time between two payments."""
        return _TIMES.get(self.terms.every, "minggu")

    @property
    def method_words(self) -> str:
        """How it is counted, with its price as it is offered."""
        method = METHODS[self.terms.method]
        if self.terms.method == MURABAHAH:
            return f"{method}, margin {format_rupiah(self.terms.margin)}"
        percent = (Decimal(self.terms.yearly_rate.numerator) * 100) / Decimal(
            self.terms.yearly_rate.denominator
        )
        shown = percent.quantize(Decimal("0.01")).normalize()
        return f"{method}, {comma(shown)}% setahun"

    @property
    def payment_words(self) -> str:
        """How much is paid how often."""
        payments = self.schedule.payments
        first, largest = self.schedule.first.total, self.schedule.largest
        falls = len(payments) > 1 and payments[-2].total < first
        word = f"{format_rupiah(largest)} tiap {self.period_word}"
        if falls:
            word = f"{word}, makin lama makin kecil"
        return word

    @property
    def effective_words(self) -> str:
        """What it truly costs in a year."""
        if self.effective is None:
            return "tidak dapat dihitung: uang yang diterima habis untuk biaya"
        return f"{comma(self.effective)}% setahun"

    @property
    def cost(self) -> int:
        """All that is paid beyond what was received."""
        return self.schedule.total - self.terms.received

    @property
    def warning(self) -> str:
        """What a flat price hides."""
        if self.terms.method != FLAT or self.effective is None or not self.terms.yearly_rate:
            return ""
        return (
            "Bunga flat dihitung dari pinjaman awal sampai lunas, padahal utangnya makin kecil. "
            f"Beban sebenarnya {self.effective_words}."
        )


def calculated(terms: LoanTerms, name: str) -> Calculation:
    """Calculate one loan."""
    planned = schedule(terms)
    return Calculation(
        name=name, terms=terms, schedule=planned, effective=effective_rate(terms, planned)
    )


def compared(one: Calculation, other: Calculation) -> str:
    """Which of two loans costs less, in a sentence."""
    if one.effective is None or other.effective is None:
        return "Salah satu tawaran tidak dapat dibandingkan: biayanya menghabiskan pinjaman."
    parts = [_cheaper_rate(one, other), _cheaper_money(one, other)]
    return " ".join(part for part in parts if part)


def _cheaper_rate(one: Calculation, other: Calculation) -> str:
    if one.effective == other.effective:
        return "Bunga efektif keduanya sama."
    cheap, dear = sorted((one, other), key=lambda each: each.effective or Decimal(0))
    return (
        f"{cheap.name} lebih murah: bunga efektif {cheap.effective_words}, "
        f"{dear.name} {dear.effective_words}."
    )


def _cheaper_money(one: Calculation, other: Calculation) -> str:
    if one.cost == other.cost:
        return ""
    cheap, dear = sorted((one, other), key=lambda each: each.cost)
    less = format_rupiah(dear.cost - cheap.cost)
    return f"Seluruh biaya {cheap.name} lebih kecil {less}."
