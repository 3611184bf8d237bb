"""What was made of the data of an operation: labels, and what could not be kept as it was."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from app.core.clock import local_date
from app.field.rules.labels import CLOCK_OFF, CLOCK_SLACK, DAY_MOVED


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """What the phone's clock said beside ours: `skew` is how many seconds it is ahead."""

    now: datetime
    skew: int

    @property
    def is_off(self) -> bool:
        """Whether it is off by more than a phone's clock usually is."""
        return abs(self.skew) > CLOCK_SLACK.total_seconds()

    @property
    def today(self) -> date:
        """The day it is here."""
        return local_date(self.now)

    def real(self, instant: datetime) -> datetime:
        """When that was by our clock, if the phone's was as wrong then as when it sent."""
        try:
            return instant - timedelta(seconds=self.skew)
        except OverflowError:
            return instant

    def shown(self) -> datetime:
        """What the phone's clock shows now."""
        return self.now + timedelta(seconds=self.skew)


@dataclass(slots=True)
class Taken:
    """Labels in their order, and what was said and not kept, by field."""

    labels: list[str] = field(default_factory=list)
    dropped: dict[str, Any] = field(default_factory=dict)

    def label(self, *names: str) -> None:
        """Add labels, each once."""
        self.labels += [name for name in names if name not in self.labels]

    def drop(self, name: str, value: Any, label: str) -> None:
        """Note that a value is not kept where it belongs."""
        self.dropped[name] = value
        self.label(label)


def begun(clock: Clock) -> Taken:
    """Nothing yet but what the clock alone tells."""
    taken = Taken()
    if clock.is_off:
        taken.label(CLOCK_OFF)
    return taken


def real_day(name: str, said: date, occurred_at: datetime, clock: Clock, taken: Taken) -> date:
    """The day as said, unless it lies in the future: then the day on which it must have been.

    What was seen on the spot is never refused for the phone's clock.
    """
    if said <= clock.today:
        return said
    taken.drop(name, said.isoformat(), DAY_MOVED)
    return min(local_date(clock.real(occurred_at)), clock.today)
