"""Days of the week on which an enterprise is open."""

from __future__ import annotations

from collections.abc import Iterable

WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
# Where nobody said it: every day but Sunday.
USUAL_DAYS = (0, 1, 2, 3, 4, 5)


def days_in_words(days: Iterable[int] | None) -> str:
    """The days as a list.

    >>> days_in_words([0, 5])
    'Senin, Sabtu'
    """
    return ", ".join(WEEKDAYS[day] for day in days or ()) or "–"
