"""Facts of an enterprise as pages tell them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from app.core.text import search_text


def is_expired(valid_until: date | None, today: date) -> bool:
    """Whether a last assessment is no longer valid; without one there is nothing to expire."""
    return valid_until is not None and valid_until < today


def is_off_season(is_seasonal: bool, season_months: Collection[int], on: date) -> bool:
    """Whether a seasonal enterprise does not sell in the month of a day.

    >>> is_off_season(True, [3, 4], date(2026, 11, 22)), is_off_season(True, [], date(2026, 11, 22))
    (True, False)
    """
    return is_seasonal and bool(season_months) and on.month not in season_months


def whereabouts(hamlet: str | None, address: str | None) -> str:
    """Hamlet and address on one line; a hamlet that the address names is not said twice.

    >>> whereabouts("Dusun Krajan", "Jalan Desa 3, dusun krajan"), whereabouts("Krajan", None)
    ('Jalan Desa 3, dusun krajan', 'Krajan')
    """
    if hamlet and address and f" {search_text(hamlet)} " in f" {search_text(address)} ":
        return address
    return ", ".join(part for part in (hamlet, address) if part)
