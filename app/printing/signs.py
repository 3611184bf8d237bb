"""Which signs can be printed: those that the fonts inside the renderer have."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

# Tried one by one with the renderer's own fonts, upright, bold and slanted. Anything else would
# refuse the whole sheet, because a tagged PDF must say what every sign on it is.
_PRINTABLE = (
    (0x20, 0x7E),  # letters, digits, marks
    (0xA0, 0xAC),
    (0xAE, 0x24F),  # Latin with accents; the soft hyphen between them is left out
    (0x2B0, 0x2FF),  # raised letters and apostrophes
    (0x370, 0x377),
    (0x37A, 0x37F),
    (0x384, 0x38A),
    (0x38E, 0x3A1),
    (0x3A3, 0x3FF),  # Greek
    (0x400, 0x45F),  # Cyrillic
    (0x1E00, 0x1EFF),  # Latin with two accents
    (0x2010, 0x2027),  # dashes, quotation marks, bullets
    (0x2030, 0x2040),
    (0x20A0, 0x20BF),  # currencies
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x226F),  # signs of arithmetic
    (0x25A0, 0x25FF),  # boxes and circles
    (0x2713, 0x2714),  # ticks
    (0x2717, 0x2718),
)
_KEPT = "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in _PRINTABLE)
_UNPRINTABLE = re.compile(f"[^\n{_KEPT}]")
# Signs without a shape of their own: controls, joiners, accents that found no letter.
_SHAPELESS = frozenset({"Cc", "Cf", "Cs", "Cn", "Mn", "Me"})
INSTEAD = "□"


def printable(value: Any) -> Any:
    """The same value, with a box for every sign that can't be printed; shapeless signs go.

    >>> printable({"nama": "Sari \\u202e😀", "jumlah": 3})
    {'nama': 'Sari □', 'jumlah': 3}
    """
    if isinstance(value, str):
        return _UNPRINTABLE.sub(_stand_in, unicodedata.normalize("NFC", value))
    if isinstance(value, Mapping):
        return {str(key): printable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [printable(one) for one in value]
    return value


def _stand_in(found: re.Match[str]) -> str:
    if found[0] in "\t\r":
        return " "
    return "" if unicodedata.category(found[0]) in _SHAPELESS else INSTEAD
