"""Reading whole numbers as people write them: "3", "3 orang", 3.0."""

from __future__ import annotations

import re
import unicodedata

from app.core.errors import InvalidInput

_EMPTY = frozenset({"", "-", "--", "–", "—", "n/a", "na"})
_ZERO = frozenset({"nihil", "nol", "tidak ada"})
_WRITTEN = re.compile(r"^(\d{1,6}|\d{1,3}(?:\.\d{3})+)(?:[.,]0+)?\s*([a-z]*)\.?$")


def parse_whole_number(value: object, *, at_most: int, units: tuple[str, ...] = ()) -> int | None:
    """A number from 0 to `at_most`, or None for an empty cell; `units` may follow it.

    >>> parse_whole_number("3 orang", at_most=99, units=("orang",))
    3

    Raises:
        InvalidInput: `number_unreadable` or `number_too_large`.
    """
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if value != value or not float(value).is_integer() or value < 0:
            raise _unreadable()
        return _bounded(int(value), at_most)
    text = unicodedata.normalize("NFKC", str(value if value is not None else ""))
    text = re.sub(r"\s+", " ", text).strip().casefold()
    if text in _EMPTY:
        return None
    if text in _ZERO:
        return 0
    match = _WRITTEN.match(text)
    if match is None or (match.group(2) and match.group(2) not in units):
        raise _unreadable()
    return _bounded(int(match.group(1).replace(".", "")), at_most)


def _bounded(number: int, at_most: int) -> int:
    if number > at_most:
        raise InvalidInput(
            "number_too_large", message=f"Angka ini terlalu besar; paling banyak {at_most}."
        )
    return number


def _unreadable() -> InvalidInput:
    return InvalidInput("number_unreadable", message="Tulis satu angka bulat, misalnya 3.")
