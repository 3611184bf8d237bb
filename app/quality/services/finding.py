"""Keeping the pairs that a search found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete

from app.core.clock import utc_now
from app.core.ids import new_id
from app.core.scope import Scope
from app.db import db
from app.db.upsert import insert_or_update
from app.jobs import register_titles
from app.quality.models import OPEN, LikelyPair
from app.quality.rules.matching import Pair
from app.quality.services.asking import ask_look

FIND_JOB = "quality.find_doubles"
register_titles({FIND_JOB: "Mencari usaha ganda"})


def ask_search(*, scope: Scope, by: UUID) -> UUID:
    """Have a job look for doubles in what the person reaches; gives the job's id."""
    return ask_look(FIND_JOB, scope=scope, by=by)


def keep_pairs(pairs: Iterable[Pair]) -> int:
    """Keep what was found; what people said of a pair stays. Gives how many pairs."""
    now = utc_now()
    rows: list[dict[str, Any]] = [
        {
            "id": new_id(),
            "first_id": pair.first_id,
            "second_id": pair.second_id,
            "points": pair.points,
            "reasons": list(pair.reasons),
            "state": OPEN,
            "found_at": now,
        }
        for pair in pairs
    ]
    if rows:
        insert_or_update(
            LikelyPair.__table__,
            rows,
            key=["first_id", "second_id"],
            update=["points", "reasons", "found_at"],
        )
    return len(rows)


def forget_open_pairs(enterprise_ids: Sequence[UUID]) -> None:
    """Throw away open pairs of some enterprises: the search that follows finds them anew."""
    db.session.execute(
        delete(LikelyPair).where(
            LikelyPair.state == OPEN,
            LikelyPair.first_id.in_(enterprise_ids),
        )
    )
