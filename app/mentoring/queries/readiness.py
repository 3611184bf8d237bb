"""What a lender reads of the visits to an enterprise: how many and when, never what was found."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import func, select

from app.core.day_words import long_day
from app.credit.queries.readiness_parts import (
    GOOD,
    PLAIN,
    ReadinessLine,
    ReadinessPart,
    register_part,
)
from app.db import db
from app.mentoring.models import Visit

VISITS = 40
_DAYS = 180
_HEADING = "Kunjungan pendamping"
_MET = "bertemu"


def tell_visits(enterprise_ids: Collection[UUID], *, on: date) -> dict[UUID, ReadinessPart]:
    """How often a mentor met the owner in the last half year, and the last time."""
    rows = db.session.execute(
        select(
            Visit.enterprise_id,
            func.count().label("times"),
            func.max(Visit.visited_on).label("last_on"),
        )
        .where(
            Visit.enterprise_id.in_(list(enterprise_ids)),
            Visit.outcome == _MET,
            Visit.visited_on > on - timedelta(days=_DAYS),
            Visit.visited_on <= on,
        )
        .group_by(Visit.enterprise_id)
    )
    found = {row.enterprise_id: _part(row.times, row.last_on) for row in rows}
    none = ReadinessPart(
        heading=_HEADING, missing=f"Tidak ada kunjungan dalam {_DAYS} hari terakhir."
    )
    return {key: found.get(key, none) for key in enterprise_ids}


def _part(times: int, last_on: date) -> ReadinessPart:
    return ReadinessPart(
        heading=_HEADING,
        lines=(
            ReadinessLine(
                label=f"Bertemu pemilik dalam {_DAYS} hari",
                value=f"{times} kali",
                tone=GOOD if times > 1 else PLAIN,
            ),
            ReadinessLine(label="Terakhir", value=long_day(last_on)),
        ),
    )


register_part(VISITS, tell_visits)
