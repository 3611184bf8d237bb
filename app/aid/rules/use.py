"""How much a tool is used: points of the indicator, idle or not, what came of the aid.

Sources: domain reference, chapter 2.4 (PRD5) and chapter 3 (fewer than 4 days in 60).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

INDICATOR = "PRD5"
IDLE_THERAPY = "T19"
AID_THERAPY = "T18"
MAX_DAYS = 30
_WINDOW = 30
IDLE_AFTER_DAYS = 60
# Fewer days than this in 60 is idle.
USED_DAYS = 4

GOOD, FAULTY, BROKEN, LOST = "baik", "rusak_ringan", "rusak_berat", "hilang"
# Who runs a tool, by what they are to the owner: workers and family have no names here.
OWNER = "pemilik"
OPERATOR_LABELS = {
    OWNER: "Pemilik",
    "keluarga": "Keluarga pemilik",
    "pekerja": "Pekerja",
    "lain": "Orang lain",
}
CONDITION_LABELS = {
    GOOD: "Baik",
    FAULTY: "Rusak ringan, masih bisa dipakai",
    BROKEN: "Rusak, tidak bisa dipakai",
    LOST: "Hilang",
}
CONDITIONS = tuple(CONDITION_LABELS)
_POINTS = ((16, 4), (9, 3), (4, 2), (1, 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One check: on how many of the 30 days before it the tool was used."""

    checked_on: date
    days_used: int


def points_of_use(days_used: int, condition: str = GOOD) -> int:
    """The points of the indicator "Pemakaian alat", 0 to 4, for days in 30.

    >>> [points_of_use(days) for days in (0, 1, 3, 4, 8, 9, 15, 16, 30)]
    [0, 1, 1, 2, 2, 3, 3, 4, 4]
    """
    if condition in (BROKEN, LOST):
        return 0
    return next((points for least, points in _POINTS if days_used >= least), 0)


def days_in_sixty(uses: Sequence[Use]) -> int:
    """Days of use in the 60 days before the last check, as far as the checks tell.

    Where two checks look back on the same days, the earlier counts for its own part only.
    """
    if not uses:
        return 0
    latest = uses[-1]
    total, counted_from = latest.days_used, latest.checked_on - timedelta(days=_WINDOW)
    for use in reversed(uses[:-1]):
        first = max(
            use.checked_on - timedelta(days=_WINDOW),
            latest.checked_on - timedelta(days=2 * _WINDOW),
        )
        last = min(use.checked_on, counted_from)
        own_days = (last - first).days
        if own_days <= 0:
            continue
        total += min(use.days_used, own_days)
        counted_from = first
    return total


def idle_since(uses: Sequence[Use], *, held_from: date) -> date | None:
    """Since when a tool is hardly used, by its checks in order; None while it is used.

    It begins where the last check that found it used ends, or where the holder got it. Without a
    check nothing is known, and nobody is accused.
    """
    if not uses or days_in_sixty(uses) >= USED_DAYS:
        return None
    since = held_from
    for place, use in enumerate(uses):
        if days_in_sixty(uses[: place + 1]) >= USED_DAYS:
            since = use.checked_on
    return since


def is_idle(since: date | None, *, today: date) -> bool:
    """Whether that lasts for more than 60 days."""
    return since is not None and (today - since).days > IDLE_AFTER_DAYS


def result_of(days_used: int | None, condition: str = GOOD) -> str:
    """What came of the aid by its check on day 90: at least 9 days a month is success."""
    if days_used is None:
        return "belum_terukur"
    points = points_of_use(days_used, condition)
    if points >= 3:
        return "berhasil"
    return "sebagian" if points == 2 else "tidak"
