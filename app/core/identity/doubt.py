"""A doubt that a person may confirm, and how typed numbers are cleaned."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from app.core.errors import InvalidInput

_SEPARATORS = re.compile(r"[\s.\-–—'’`/]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Something unusual about a number that can still be right; `message` is Indonesian."""

    code: str
    message: str


def plain_digits(text: str, *, field: str, label: str, lengths: tuple[int, ...]) -> str:
    """The digits of `text` without blanks, dots and hyphens; full-width digits become plain.

    Raises:
        InvalidInput: anything but digits is left, or their number is not in `lengths`.
    """
    cleaned = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text))
    wanted = " atau ".join(str(length) for length in lengths)
    if not (cleaned.isascii() and cleaned.isdigit()):
        raise InvalidInput(
            f"{field}_not_digits",
            field=field,
            message=f"{label} hanya terdiri dari angka ({wanted} angka).",
        )
    if len(cleaned) not in lengths:
        raise InvalidInput(
            f"{field}_wrong_length",
            field=field,
            message=f"{label} harus {wanted} angka; yang diisi {len(cleaned)} angka.",
            length=len(cleaned),
        )
    return cleaned
