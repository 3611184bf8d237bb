"""Codes of owners' cards and the number that an owner chooses.

Why the code has sixteen figures: docs/decisions/owner-cards.md.
"""

from __future__ import annotations

import re
import secrets
from datetime import timedelta
from itertools import pairwise

# Days that a card can live; the last one is usual.
LIVES: dict[str, str] = {"90": "3 bulan", "180": "6 bulan", "365": "1 tahun"}
USUAL_LIFE = "365"
CODE_FIGURES = 16
PIN_FIGURES = 6
# For so long a page with money opens after the number was given.
PIN_LIFE = timedelta(minutes=15)
# Wrong numbers in all, since the last right one, before only a new card helps.
PIN_TRIES = 20
_GROUP = 4


def new_code() -> str:
    """Sixteen random figures: 53 bits."""
    return "".join(secrets.choice("0123456789") for _ in range(CODE_FIGURES))


def shown_code(code: str) -> str:
    """A code as it is printed.

    >>> shown_code("1234567890123456")
    '1234 5678 9012 3456'
    """
    return " ".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))


def plain_code(typed: str) -> str:
    """A typed code as it is looked for.

    >>> plain_code(" 1234-5678 9012.3456 ")
    '1234567890123456'
    """
    return re.sub(r"[\s.\-]", "", typed)


def is_weak_pin(pin: str) -> bool:
    """Whether a number is one that everybody tries first.

    >>> [is_weak_pin(one) for one in ("111111", "123456", "654321", "121212", "271904")]
    [True, True, True, True, False]
    """
    steps = {int(after) - int(before) for before, after in pairwise(pin)}
    return len(set(pin)) < 3 or steps in ({1}, {-1})
