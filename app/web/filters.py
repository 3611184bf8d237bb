"""How values are written on pages: Indonesian, the same everywhere, by their template names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from babel.numbers import format_decimal
from flask import Flask

from app.core.clock import local_date
from app.core.day_words import long_day, long_month, moment, short_day
from app.core.identity import mask_phone, shown_phone
from app.core.money import format_rupiah

_LOCALE = "id_ID"
_SHORT_FROM = 100_000
_SHORT_UNITS = ((1_000_000_000, "M"), (1_000_000, "jt"), (1_000, "rb"))
_NOTHING = "–"


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthFace:
    """How a health class looks: word, tone and the shape of its sign in a box of 12 by 12."""

    label: str
    tone: str
    path: str


# The shapes differ so that the class is told without colour: circle, triangle, square, ring.
_FACES = {
    "sehat": HealthFace(label="Sehat", tone="good", path="M6 0a6 6 0 1 0 .01 0z"),
    "kurang_sehat": HealthFace(label="Kurang sehat", tone="warn", path="M6 0l6 12H0z"),
    "sakit": HealthFace(label="Sakit", tone="bad", path="M0 0h12v12H0z"),
    "belum_dapat_dinilai": HealthFace(
        label="Belum dapat dinilai",
        tone="muted",
        path="M6 0a6 6 0 1 0 .01 0zm0 2.4a3.6 3.6 0 1 1-.01 0z",
    ),
}
_UNASSESSED = HealthFace(
    label="Belum dinilai",
    tone="muted",
    path="M6 0a6 6 0 1 0 .01 0zm0 2.4a3.6 3.6 0 1 1-.01 0z",
)


def rupiah(amount: int | None) -> str:
    """ "Rp 1.250.000"."""
    return _NOTHING if amount is None else format_rupiah(int(amount))


def rupiah_ringkas(amount: int | None) -> str:
    """ "Rp 7,9 jt": for a number that leads to its exact rows."""
    if amount is None or abs(amount) < _SHORT_FROM:
        return rupiah(amount)
    unit, word = next((unit, word) for unit, word in _SHORT_UNITS if abs(amount) >= unit)
    tenths = (20 * abs(amount) + unit) // (2 * unit)
    sign = "-" if amount < 0 else ""
    return f"{sign}Rp {angka(Decimal(tenths) / 10)} {word}"


def _day(value: date | datetime) -> date:
    return local_date(value) if isinstance(value, datetime) else value


def tanggal(value: date | datetime | None) -> str:
    """ "22 November 2026"; an instant is shown as the local day."""
    return _NOTHING if value is None else long_day(_day(value))


def tanggal_pendek(value: date | datetime | None) -> str:
    """ "22 Nov 2026"."""
    return _NOTHING if value is None else short_day(_day(value))


def bulan(value: date | None) -> str:
    """ "November 2026"."""
    return _NOTHING if value is None else long_month(value)


def waktu(value: datetime | None) -> str:
    """ "22 November 2026 09.30 WIB", local time of western Indonesia."""
    return _NOTHING if value is None else moment(value)


def angka(value: int | float | Decimal | None) -> str:
    """ "1.250" or "12,5"."""
    return _NOTHING if value is None else format_decimal(value, locale=_LOCALE)


def skor(tenths: int | None) -> str:
    """A score kept in tenths: 573 is "57,3"."""
    if tenths is None:
        return _NOTHING
    return f"{tenths // 10},{tenths % 10}" if tenths >= 0 else f"-{skor(-tenths)}"


def persen(share: float | Decimal | None) -> str:
    """A share of 0 to 1 as whole percent, half up: 0.125 is "13%"."""
    if share is None:
        return _NOTHING
    return f"{int(Decimal(str(share)) * 100 + Decimal('0.5'))}%"


def bagian(share: Fraction | None) -> str:
    """An exact share as percent with at most one decimal, half up: 31/40 is "77,5%"."""
    if share is None:
        return _NOTHING
    permille = (2000 * share.numerator + share.denominator) // (2 * share.denominator)
    whole, tenth = divmod(permille, 10)
    return f"{angka(whole)},{tenth}%" if tenth else f"{angka(whole)}%"


def hp(value: str | None) -> str | None:
    """A phone number as people write it: "0812-3456-7890"."""
    return shown_phone(value)


def hp_samar(value: str | None) -> str | None:
    """A phone number with its middle covered: "0812-••••-•890"."""
    return shown_phone(mask_phone(value)) if value else value


def health_face(value: str | None) -> HealthFace:
    """Word, tone and shape of a class; none is an enterprise that was never assessed."""
    return _FACES.get(value or "", _UNASSESSED)


def init_filters(app: Flask) -> None:
    """Give these to the templates under their own names."""
    for filter_function in (
        angka,
        bagian,
        bulan,
        health_face,
        hp,
        hp_samar,
        persen,
        rupiah,
        rupiah_ringkas,
        skor,
        tanggal,
        tanggal_pendek,
        waktu,
    ):
        app.jinja_env.filters[filter_function.__name__] = filter_function
