"""The truth behind an enterprise, kept so that forecasts can be scored against it."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.demo.loading.register import Subject
from app.demo.models import DemoTruth
from app.demo.simulator import World

TRUTH = DemoTruth.__table__


def truth_row(world: World, subject: Subject) -> dict[str, Any]:
    """True health and hazard of every quarter in which the enterprise was there."""
    row = subject.row
    return {
        "enterprise_id": subject.enterprise_id,
        "first_quarter_on": date.fromordinal(world.first_day(0)),
        "true_health": [
            round(float(each.health[row]), 4) if each.is_there[row] else None
            for each in world.rounds
        ],
        "closing_hazard": [
            round(float(each.hazard[row]), 5) if each.is_there[row] else None
            for each in world.rounds
        ],
    }
