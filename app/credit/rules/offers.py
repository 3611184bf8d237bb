"""What lenders offer: an offer with its source, and those that come with the program.

The first offers (`bundled/produk-pinjaman.yaml`) have always counted; later ones are rows
(`credit.queries.offers`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from app.core.errors import InvalidInput
from app.core.money import format_rupiah
from app.credit.rules.effective_rate import effective_rate
from app.credit.rules.schedules import (
    ANNUITY,
    DECLINING,
    EVERY,
    FLAT,
    LEAST_AMOUNT,
    METHODS,
    MONTH,
    MOST_AMOUNT,
    MURABAHAH,
    PER_YEAR,
    WEEK,
    LoanTerms,
    schedule,
)

FILE = Path(__file__).parents[1] / "bundled" / "produk-pinjaman.yaml"
LENDERS = {
    "program": "Program pemerintah",
    "koperasi": "Koperasi",
    "bmt": "BMT",
    "bank": "Bank dan BPR",
    "lembaga": "Lembaga lain",
}
MOST_RATE = 300
_METHOD_WORDS = {
    FLAT: "flat setahun",
    DECLINING: "efektif menurun setahun",
    ANNUITY: "efektif setahun, angsuran tetap",
}
# What a flat rate is told for, where the offer says nothing narrower.
_USUAL_AMOUNT, _USUAL_MONTHS = 10_000_000, 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What a lender offers. `rate` is in hundredths of a percent a year, None: set by the lender
    or the contract; no `most` or `most_months`: by its policy."""

    code: str
    name: str
    lender: str
    method: str
    source: str
    least: int = 0
    most: int | None = None
    rate: int | None = None
    every: str = MONTH
    most_months: int | None = None
    conditions: str = ""
    doubt: str = ""
    is_offered: bool = True
    valid_from: date | None = None

    @property
    def yearly_rate(self) -> Fraction | None:
        """The rate as a share."""
        return None if self.rate is None else Fraction(self.rate, 10_000)

    @property
    def percent(self) -> Decimal | None:
        """The rate as percent."""
        return None if self.rate is None else (Decimal(self.rate) / 100).normalize()

    @property
    def amount_words(self) -> str:
        """How much one may borrow."""
        if self.most is None:
            return "jumlah menurut pemberi pinjaman"
        if self.least <= LEAST_AMOUNT:
            return f"sampai {format_rupiah(self.most)}"
        # "More than ten million" is kept as ten million and one.
        least = self.least - 1 if self.least % 1000 == 1 else self.least
        word = "lebih dari " if least < self.least else ""
        return f"{word}{format_rupiah(least)} sampai {format_rupiah(self.most)}"

    @property
    def price_words(self) -> str:
        """What it costs, as the lender says it."""
        if self.method == MURABAHAH:
            return "margin tetap menurut akad"
        if self.percent is None:
            return "bunga ditetapkan pemberi pinjaman"
        return f"{comma(self.percent)}% {_METHOD_WORDS[self.method]}"

    @property
    def time_words(self) -> str:
        """How long one may take to pay, and how often."""
        often = EVERY[self.every].lower()
        if self.most_months is None:
            return f"lama menurut pemberi pinjaman, angsuran {often}"
        return f"paling lama {self.most_months} bulan, angsuran {often}"

    @property
    def usual_count(self) -> int:
        """In how many payments the calculator pays it back, unless somebody says otherwise."""
        months = min(_USUAL_MONTHS, self.most_months or _USUAL_MONTHS)
        # A year of weekly payments has two weeks without a meeting.
        return months if self.every == MONTH else max(1, 50 * months // 12)

    @property
    def example(self) -> dict[str, Any]:
        """What the calculator begins with; an amount only where it can calculate at once."""
        if self.rate is None:
            return {"produk": self.code}
        amount = max(self.least // 1000 * 1000 * 2, _USUAL_AMOUNT)
        return {"produk": self.code, "jumlah": min(self.most or amount, amount)}

    @property
    def true_rate(self) -> Decimal | None:
        """Effective percent a year of a flat rate, for the usual amount and time; else None."""
        if self.method != FLAT or self.yearly_rate is None:
            return None
        terms = LoanTerms(
            amount=min(self.most or _USUAL_AMOUNT, _USUAL_AMOUNT),
            method=FLAT,
            count=self.usual_count,
            every=self.every,
            yearly_rate=self.yearly_rate,
        )
        return effective_rate(terms, schedule(terms))

    @property
    def true_rate_words(self) -> str:
        """The effective rate beside a flat one."""
        if self.true_rate is None:
            return ""
        times = "bulan" if self.every == MONTH else "minggu"
        return (
            f"sama dengan {comma(self.true_rate)}% efektif setahun bila diangsur "
            f"{self.usual_count} {times}"
        )


def outside(offer: Offer, terms: LoanTerms) -> tuple[str, ...]:
    """How a loan does not fit an offer, in words."""
    found = []
    if not offer.is_offered:
        found.append(f"{offer.name} tidak ditawarkan lagi.")
    if offer.most is not None and not offer.least <= terms.amount <= offer.most:
        found.append(f"Jumlah untuk {offer.name}: {offer.amount_words}.")
    most = offer.most_months
    if most is not None and terms.count * 12 > most * PER_YEAR[terms.every]:
        found.append(f"{offer.name} paling lama {most} bulan.")
    return tuple(found)


def checked(offer: Offer) -> Offer:
    """The same offer.

    Raises:
        InvalidInput: it offers what no schedule can be made of.
    """
    if offer.most is not None and offer.most < max(offer.least, LEAST_AMOUNT):
        message = "Jumlah paling banyak harus lebih besar daripada paling sedikit."
        raise InvalidInput("offer_amounts", field="most", message=message)
    if max(offer.least, offer.most or 0) > MOST_AMOUNT:
        message = f"Jumlah paling banyak {format_rupiah(MOST_AMOUNT)}."
        raise InvalidInput("offer_amounts", field="most", message=message)
    if offer.method == MURABAHAH and offer.rate is not None:
        message = "Murabahah memakai margin di akad, bukan bunga. Kosongkan."
        raise InvalidInput("offer_rate", field="percent", message=message)
    if not offer.source.strip():
        raise InvalidInput("offer_source", field="source", message="Isi sumber tawaran ini.")
    return offer


@lru_cache(maxsize=1)
def first_offers() -> Mapping[str, Offer]:
    """The offers that come with the program by their codes, in the order of the file.

    Raises:
        ValueError: the file names an unknown lender, method or rhythm.
        InvalidInput: an offer of the file is none.
    """
    source: dict[str, dict[str, Any]] = yaml.safe_load(FILE.read_text("utf-8"))
    return {code: checked(_offer(code, fields)) for code, fields in source.items()}


def _offer(code: str, fields: Mapping[str, Any]) -> Offer:
    lender, method = fields["pemberi"], fields["cara"]
    every = fields.get("angsuran", MONTH)
    if lender not in LENDERS or method not in METHODS or every not in (MONTH, WEEK):
        raise ValueError(f"{code}: {lender}, {method} or {every} is unknown")
    return Offer(
        code=code,
        name=fields["nama"],
        lender=lender,
        method=method,
        source=fields["sumber"],
        least=fields.get("paling_sedikit", 0),
        most=fields.get("paling_banyak"),
        rate=None if "bunga" not in fields else round(fields["bunga"] * 100),
        every=every,
        most_months=fields.get("tenor_bulan"),
        conditions=fields.get("syarat", ""),
        doubt=fields.get("belum_pasti", ""),
    )


def comma(number: Decimal) -> str:
    """A number with a comma before its fraction.

    >>> comma(Decimal("21.46")), comma(Decimal("6E+0"))
    ('21,46', '6')
    """
    return f"{number:f}".replace(".", ",")
