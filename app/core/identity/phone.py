"""Telephone numbers."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

import phonenumbers

from app.core.errors import InvalidInput
from app.core.identity.doubt import Doubt

_COUNTRY = "ID"
_INDONESIA = 62
_SEPARATORS = re.compile(r"[\s().\-–—'’`/]+")
# Between two numbers in one cell; within a number it stands between shorter groups.
_BETWEEN = re.compile(r"[/,;&|\n]+|\b(?:dan|atau)\b", re.IGNORECASE)
_FEWEST_DIGITS = 8
_MOBILE = re.compile(r"^\+628[1-9]\d{6,11}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """A possible number as `+62…` (or another country's `+…`)."""

    value: str
    is_mobile: bool
    warnings: tuple[Doubt, ...] = ()

    def __repr__(self) -> str:
        """Masked, because values end up in logs."""
        return f"Phone({mask_phone(self.value)})"


def parse_phone(text: str) -> Phone:
    """Read a telephone number; one without country code is Indonesian, so is a leading 62.

    Raises:
        InvalidInput: two numbers, something other than digits, or a length that no number can have.
    """
    if _number_count(text) > 1:
        raise _impossible("phone_two", "Ada lebih dari satu nomor di sini. Tulis satu nomor saja.")
    cleaned = _with_country(_SEPARATORS.sub("", unicodedata.normalize("NFKC", text)))
    # Nearly all numbers of the register are Indonesian mobiles; the large library is not needed.
    if cleaned.isascii() and _MOBILE.match(cleaned):
        return Phone(value=cleaned, is_mobile=True)
    if not re.fullmatch(r"\+?[0-9]+", cleaned):
        raise _impossible("phone_not_digits", "Nomor HP hanya terdiri dari angka.")
    try:
        number = phonenumbers.parse(cleaned, _COUNTRY)
    except phonenumbers.NumberParseException as error:
        raise _impossible("phone_impossible", "Nomor HP tidak lengkap.") from error
    value = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if number.country_code == _INDONESIA and _MOBILE.match(value):
        return Phone(value=value, is_mobile=True)
    if not phonenumbers.is_possible_number(number) or value.startswith("+628"):
        raise _impossible(
            "phone_impossible", "Nomor HP harus 10 sampai 14 angka, misalnya 0812 3456 7890."
        )
    return Phone(value=value, is_mobile=False, warnings=(_doubt_about(number),))


def _number_count(text: str) -> int:
    parts = _BETWEEN.split(text)
    return sum(len(re.sub(r"\D", "", part)) >= _FEWEST_DIGITS for part in parts)


def _with_country(digits: str) -> str:
    if digits.startswith("62"):
        return f"+{digits}"
    # A spreadsheet drops the leading zero of a number that it takes for an amount.
    if digits.startswith("8"):
        return f"+62{digits}"
    return f"+62{digits[1:]}" if digits.startswith("0") else digits


def mask_phone(value: str) -> str:
    """The number with its beginning and its last three digits visible.

    >>> mask_phone("+6281234567890")
    '+62812•••••890'
    """
    return value[:6] + "•" * max(0, len(value) - 9) + value[-3:]


def shown_phone(value: str | None) -> str | None:
    """A kept number as people write and dial it at home; one of another country as it is.

    >>> shown_phone("+6281234567890"), shown_phone("+62812345678901"), shown_phone("+886912345678")
    ('0812-3456-7890', '0812-3456-78901', '+886912345678')
    """
    if value is None or not value.startswith("+62"):
        return value
    digits = "0" + value.removeprefix("+62")
    # A single digit is left with the group before it.
    starts = range(0, max(len(digits) - 1, 1), 4)
    groups = [digits[start : start + 4] for start in starts]
    covered = sum(len(group) for group in groups)
    return "-".join(groups) + digits[covered:]


def _doubt_about(number: phonenumbers.PhoneNumber) -> Doubt:
    if number.country_code != _INDONESIA:
        return Doubt(code="phone_foreign", message="Ini nomor telepon luar negeri.")
    return Doubt(code="phone_not_mobile", message="Ini bukan nomor HP (nomor HP diawali 08).")


def _impossible(code: str, message: str) -> InvalidInput:
    return InvalidInput(code, field="phone", message=message)
