"""What the enterprise row carries of visits, assessments and its end, event by event.

The same steps, by the same rules, as the services take when people do these things.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.demo.loading.care import Call
from app.demo.loading.diagnosis import Rated
from app.health.rules.protocol import VisitFacts, due_after_visit, next_visit_due
from app.health.rules.standing import Standing, standing


@dataclass(slots=True, kw_only=True)
class Carried:
    """The carried-down columns of one enterprise so far."""

    life_cycle: str
    assessments: list[Rated] = field(default_factory=list)
    standing: Standing = field(default_factory=Standing)
    last_visit_on: date | None = None
    next_visit_due_on: date | None = None

    def assigned(self, day: date) -> None:
        """A mentor takes over; a day that is set already stays."""
        if self.next_visit_due_on is None:
            self.next_visit_due_on = next_visit_due(self._facts(assigned_on=day))

    def assessed(self, one: Rated) -> None:
        """An assessment was recorded; a visit that was agreed on earlier than due stands."""
        self.assessments.append(one)
        before = self.standing
        now = self.standing = standing(self.assessments)
        if (now.assessed_on, now.health_class) == (before.assessed_on, before.health_class):
            return
        due, agreed = next_visit_due(self._facts()), self.next_visit_due_on
        keeps = (
            due is not None
            and agreed is not None
            and now.assessed_on is not None
            and now.assessed_on < agreed < due
        )
        self.next_visit_due_on = agreed if keeps else due

    def due_after(self, call: Call) -> date | None:
        """The day of the visit after this one, by the protocol of the class."""
        return due_after_visit(self._facts(), visited_on=call.day, was_met=call.was_met)

    def visited(self, call: Call) -> None:
        """Somebody came, or tried to."""
        self.next_visit_due_on = self.due_after(call)
        if call.was_met:
            self.last_visit_on = call.day

    def ended(self, life_cycle: str) -> None:
        """The enterprise closed, its owner left again, or refused."""
        self.life_cycle = life_cycle
        self.next_visit_due_on = None

    def columns(self) -> dict[str, Any]:
        """The columns that health and mentoring carry down."""
        now = self.standing
        return {
            "health_class": now.health_class,
            "health_score": now.health_score,
            "health_status": now.health_status,
            "assessed_on": now.assessed_on,
            "health_valid_until": now.health_valid_until,
            "sick_since_on": now.sick_since_on,
            "last_visit_on": self.last_visit_on,
            "next_visit_due_on": self.next_visit_due_on,
        }

    def _facts(self, assigned_on: date | None = None) -> VisitFacts:
        return VisitFacts(
            life_cycle=self.life_cycle,
            health_class=self.standing.health_class,
            assessed_on=self.standing.assessed_on,
            sick_since_on=self.standing.sick_since_on,
            last_visit_on=self.last_visit_on,
            assigned_on=assigned_on,
        )
