"""Whether the classes foretell anything: is an enterprise still trading some months after?

Source: domain reference 2.4, scoring step 6 (recalibrate after a follow-up of six months).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from app.health.rules.instrument import HealthClass

FOLLOW_UP_DAYS = 180
WINDOW_DAYS = 365
# Fewer than these say little about a share.
FEW = 30
TRADING, STOPPED, UNKNOWN = "berjalan", "berhenti", "tidak_diketahui"
OUTCOME_WORDS = {
    TRADING: "masih berjalan",
    STOPPED: "berhenti",
    UNKNOWN: "tidak diketahui",
}
STOPPED_STATES = frozenset({"tidak_aktif", "berangkat_lagi", "tutup"})
_ORDER = (HealthClass.SICK, HealthClass.LESS_HEALTHY, HealthClass.HEALTHY)


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedUp:
    """One enterprise: its first assessment in the window, and what is known of it since.

    `last_seen_on` is the last day on which anybody assessed or met it.
    """

    health_class: str
    assessed_on: date
    life_cycle: str
    life_cycle_on: date | None
    last_seen_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassOutcome:
    """What became of the enterprises of one class. `share` is of those of whom it is known."""

    health_class: str
    total: int
    trading: int
    stopped: int
    unknown: int

    @property
    def share(self) -> float | None:
        """The share still trading; None where nothing is known."""
        known = self.trading + self.stopped
        return self.trading / known if known else None

    @property
    def is_thin(self) -> bool:
        """Whether the share rests on too few."""
        return self.trading + self.stopped < FEW


def window(today: date) -> tuple[date, date]:
    """The days, both included, whose assessments have a whole follow-up by now."""
    last = today - timedelta(days=FOLLOW_UP_DAYS)
    return last - timedelta(days=WINDOW_DAYS - 1), last


def outcome_of(one: FollowedUp) -> str:
    """What was the case on the day the follow-up ended; nothing is guessed for those unseen."""
    end = one.assessed_on + timedelta(days=FOLLOW_UP_DAYS)
    if one.life_cycle in STOPPED_STATES:
        if one.life_cycle_on is None:
            return UNKNOWN
        return STOPPED if one.life_cycle_on <= end else TRADING
    if one.last_seen_on is not None and one.last_seen_on >= end:
        return TRADING
    return UNKNOWN


def outcomes(found: list[FollowedUp]) -> tuple[ClassOutcome, ...]:
    """What became of each class, worst first."""
    counts = {
        health_class: dict.fromkeys((TRADING, STOPPED, UNKNOWN), 0) for health_class in _ORDER
    }
    for one in found:
        counts[HealthClass(one.health_class)][outcome_of(one)] += 1
    return tuple(
        ClassOutcome(
            health_class=health_class,
            total=sum(parts.values()),
            trading=parts[TRADING],
            stopped=parts[STOPPED],
            unknown=parts[UNKNOWN],
        )
        for health_class, parts in counts.items()
    )
