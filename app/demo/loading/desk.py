"""What the stories of the office know about one enterprise, and where they put their rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any
from uuid import UUID

from app.demo.loading.diagnosis import Rated
from app.demo.loading.register import Subject
from app.demo.loading.shelf import Shelf
from app.demo.questionnaire import CODES
from app.demo.simulator import World

Note = Callable[..., None]
# Who acts without an account: another office, by its link.
GUEST = object()
_USE_PLACE = CODES.index("PRD5")
# Days of use in 30 by the points of the answer about the tools, least and most.
_DAYS_OF_USE = {0: (0, 0), 1: (1, 3), 2: (4, 8), 3: (9, 15), 4: (16, 26)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One enterprise that still trades: its people, assessments, shelf and history."""

    world: World
    subject: Subject
    mentor: UUID
    officer: UUID
    officer_name: str
    found: list[tuple[Rated, dict[str, Any]]]
    # The rows of its therapies, which are still in the making.
    therapies: list[dict[str, Any]]
    owner_id: UUID
    # When the owner agreed that other offices see their data.
    agreed_on: date | None
    shelf: Shelf
    note: Note

    def chance(self, topic: str) -> Random:
        """A stream of its own for each topic: everything else stays as it was drawn before."""
        return Random(f"{self.world.seed}-{topic}-{self.subject.row}")

    def rated_on(self, day: date) -> tuple[Rated, Mapping[str, Any]]:
        """The assessment that counts on a day; before the first one, the first one."""
        before = [one for one in self.found if one[0].assessed_on <= day]
        return before[-1] if before else self.found[0]

    def days_used(self, day: date, chance: Random) -> int:
        """On how many of 30 days the tools were used, as the owner's answer of that time says."""
        points = self.rated_on(day)[1]["points"][_USE_PLACE]
        least, most = _DAYS_OF_USE[2 if points is None else points]
        return chance.randint(least, most)
