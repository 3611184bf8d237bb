"""What may be doubted about the numbers of an owner or an enterprise, and when to ask again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from app.core.errors import InvalidInput
from app.core.identity import (
    Doubt,
    Nik,
    check_nik_against,
    mask_nik,
    parse_nib,
    parse_nik,
    parse_npwp,
    parse_phone,
)


def nik_doubts(
    nik: Nik, *, born_on: date | None, sex: str | None, village_code: str | None
) -> tuple[Doubt, ...]:
    """What is unusual about a NIK beside what was stated about its holder."""
    return nik.warnings + check_nik_against(nik, born_on=born_on, sex=sex, area_code=village_code)


def kept_nik(text: str | None) -> Nik | None:
    """The NIK of a box that may stay empty."""
    return parse_nik(text) if text else None


def kept_phone(text: str | None) -> tuple[str | None, tuple[Doubt, ...]]:
    """The phone number as it is kept (+62…), and what is unusual about it."""
    if not text:
        return None, ()
    phone = parse_phone(text)
    return phone.value, phone.warnings


def kept_nib(text: str | None) -> str | None:
    """The NIB as it is kept."""
    return parse_nib(text) if text else None


def kept_npwp(
    text: str | None, *, known: str | None = None
) -> tuple[str | None, tuple[Doubt, ...]]:
    """The NPWP as it is kept, and what is unusual about it; the `known` one stays as it is.

    A resident's NPWP is their NIK, which lies sealed; here only its mask is kept.
    """
    if not text:
        return None, ()
    if text == known:
        return known, ()
    number = parse_npwp(text)
    return (mask_nik(number.value) if number.is_nik else number.value), number.warnings


def ask_about(doubts: Iterable[Doubt], *, confirmed: Iterable[str]) -> None:
    """Refuse to go on while a doubt has not been looked at.

    Raises:
        InvalidInput: code "doubts_unconfirmed", with the doubts that are left as `doubts`.
    """
    known = set(confirmed)
    left = tuple(doubt for doubt in doubts if doubt.code not in known)
    if left:
        raise InvalidInput(
            "doubts_unconfirmed",
            field="is_checked",
            message="Periksa peringatan, lalu centang “Sudah saya periksa”.",
            doubts=left,
        )
