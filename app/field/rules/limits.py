"""How much phones may ask for at once."""

from __future__ import annotations

from app.core.errors import InvalidInput

MOST_CHANGES = 200


def page_limit(asked: str) -> int:
    """How many changes a page holds.

    Raises:
        InvalidInput: code "limit_unknown".

    >>> page_limit("50"), page_limit("9000")
    (50, 200)
    """
    if not (asked.isascii() and asked.isdigit() and len(asked) < 10 and int(asked) > 0):
        raise InvalidInput("limit_unknown", message="Jumlah yang diminta tidak dikenal.")
    return min(int(asked), MOST_CHANGES)
