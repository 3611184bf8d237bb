"""Numbers of permits and certificates: what can't be is refused, what is unusual is asked about.

Source of the shapes: domain reference 4.3, as `core.identity` parses them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from app.core.errors import InvalidInput
from app.core.identity import (
    Doubt,
    check_pirt_against,
    parse_halal,
    parse_md,
    parse_merek,
    parse_nib,
    parse_pirt,
)

MOST_SIGNS = 60
FILED, REGISTERED = "permohonan", "terdaftar"


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What a number is compared with."""

    today: date
    issued_on: date | None = None
    food_type: str | None = None
    pack_kind: str | None = None
    # Of marks: a number of an application, or of what is registered.
    shape: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberRead:
    """A number as it is kept, what is unusual about it, and the year of expiry that it tells."""

    value: str
    doubts: tuple[Doubt, ...] = ()
    expires_year: int | None = None


def read_number(kind: str, text: str, around: Around) -> NumberRead:
    """The number that a paper of this kind carries.

    Raises:
        InvalidInput: it can't be one; field "number".
    """
    try:
        return _READERS[kind](text, around)
    except InvalidInput as refusal:
        raise InvalidInput(refusal.code, field="number", message=refusal.message) from refusal


def _nib(text: str, _: Around) -> NumberRead:
    return NumberRead(value=parse_nib(text))


def _pirt(text: str, around: Around) -> NumberRead:
    permit = parse_pirt(text, today=around.today)
    doubts = permit.warnings + check_pirt_against(
        permit,
        issued_on=around.issued_on,
        pack_type=around.pack_kind,
        food_type=around.food_type,
    )
    return NumberRead(value=permit.value, doubts=doubts, expires_year=permit.expires_year)


def _halal(text: str, _: Around) -> NumberRead:
    number = parse_halal(text)
    return NumberRead(value=number.value, doubts=number.warnings)


def _md(text: str, _: Around) -> NumberRead:
    return NumberRead(value=parse_md(text).value)


def _mark(text: str, around: Around) -> NumberRead:
    mark = parse_merek(text, today=around.today)
    if around.shape == FILED and mark.is_registered:
        raise InvalidInput(
            "merek_filed", message="Ini nomor merek terdaftar. Isi nomor permohonan: DID, JID, MID."
        )
    if around.shape == REGISTERED and not mark.is_registered:
        raise InvalidInput(
            "merek_registered", message="Ini nomor permohonan. Isi nomor merek terdaftar: IDM."
        )
    return NumberRead(value=mark.value, doubts=mark.warnings)


def _free(text: str, _: Around) -> NumberRead:
    value = " ".join(text.split())
    if not value or len(value) > MOST_SIGNS:
        raise InvalidInput("number_long", message=f"Nomor paling banyak {MOST_SIGNS} huruf.")
    return NumberRead(value=value)


_READERS: dict[str, Callable[[str, Around], NumberRead]] = {
    "nib": _nib,
    "pirt": _pirt,
    "halal": _halal,
    "md": _md,
    "merek": _mark,
    "bebas": _free,
}
