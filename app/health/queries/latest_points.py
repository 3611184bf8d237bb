"""Points of the newest assessment, for whoever stands below and may not ask by itself."""

from __future__ import annotations

from uuid import UUID

from app.health.queries.instruments import instrument_of
from app.health.queries.stored import assessments_in_order
from app.health.rules.answers import ANSWERED
from app.market.queries.assessed import register_points


def latest_points(enterprise_id: UUID, indicator: str) -> int | None:
    """The points for an indicator in the newest assessment of an enterprise that the caller has
    found; None when it was not answered there."""
    found = assessments_in_order(enterprise_id)
    if not found:
        return None
    stored = found[-1]
    asked = next((one for one in instrument_of(stored).indicators if one.code == indicator), None)
    if asked is None or stored.answer_states[asked.position] != ANSWERED:
        return None
    points: int = stored.points[asked.position]
    return points


register_points(latest_points)
