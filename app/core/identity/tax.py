"""NPWP (tax number) and NITKU (number of a place of business)."""

from __future__ import annotations

from dataclasses import dataclass

from stdnum import luhn

from app.core.errors import InvalidInput
from app.core.identity.doubt import Doubt, plain_digits
from app.core.identity.people import parse_nik

_OLD_LENGTH = 15
_NEW_LENGTH = 16
_CHECKED_DIGITS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxNumber:
    """A possible NPWP (15 or 16 digits) or NITKU (22 digits)."""

    value: str
    is_nik: bool = False
    warnings: tuple[Doubt, ...] = ()


def parse_npwp(text: str) -> TaxNumber:
    """Read an NPWP: 15 old digits, "0" and those 15, or a resident's NIK.

    The first nine of the old digits carry a Luhn check digit.

    Raises:
        InvalidInput: not 15 or 16 digits, or the check digit of an old number is wrong.
    """
    value = plain_digits(text, field="npwp", label="NPWP", lengths=(_OLD_LENGTH, _NEW_LENGTH))
    if len(value) == _OLD_LENGTH or value.startswith("0"):
        _check_old(value[-_OLD_LENGTH:])
        return TaxNumber(value=value)
    try:
        parse_nik(value)
    except InvalidInput:
        # Numbers given to firms since 2024 have 16 digits and are nobody's NIK.
        return TaxNumber(
            value=value,
            warnings=(
                Doubt(
                    code="npwp_no_nik",
                    message="NPWP 16 angka milik orang pribadi sama dengan NIK; nomor ini bukan "
                    "NIK. Periksa kembali.",
                ),
            ),
        )
    return TaxNumber(value=value, is_nik=True)


def parse_nitku(text: str) -> TaxNumber:
    """Read a NITKU: a 16-digit NPWP and six digits of the place of business.

    Raises:
        InvalidInput: not 22 digits, or its NPWP is impossible.
    """
    value = plain_digits(text, field="nitku", label="NITKU", lengths=(22,))
    try:
        owner = parse_npwp(value[:_NEW_LENGTH])
    except InvalidInput as error:
        raise InvalidInput("nitku_npwp", field="nitku", message=error.message) from error
    return TaxNumber(value=value, is_nik=owner.is_nik, warnings=owner.warnings)


def _check_old(value: str) -> None:
    if not luhn.is_valid(value[:_CHECKED_DIGITS]):
        raise InvalidInput(
            "npwp_check_digit",
            field="npwp",
            message="NPWP salah ketik: angka pemeriksanya tidak cocok.",
        )
