"""Looking for doubles, which takes minutes in a province."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from app.accounts.queries import scope_of
from app.core.permissions import Permission
from app.db.transaction import transaction
from app.jobs import Progress, job
from app.quality.queries.records import records_within
from app.quality.rules.matching import likely_pairs
from app.quality.services.finding import FIND_JOB, forget_open_pairs, keep_pairs

_SLICE = 500


@job(FIND_JOB)
def find_doubles(payload: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Compare the enterprises that a person reaches now; keep the likely pairs."""
    scope = scope_of(UUID(payload["account_id"]), Permission.QUALITY_MANAGE)
    records = records_within(scope)
    progress.step(0, 3, f"Membandingkan {len(records)} usaha")
    pairs = likely_pairs(records)
    progress.step(1, 3, "Menyimpan pasangan yang mirip")
    with transaction():
        for part in _slices([record.id for record in records]):
            forget_open_pairs(part)
    progress.step(2, 3, "Menyimpan pasangan yang mirip")
    for part in _slices(pairs):
        with transaction():
            keep_pairs(part)
    progress.step(3, 3, "Selesai")
    return {"url": "/mutu", "pairs": len(pairs)}


def _slices(rows: list[Any]) -> list[list[Any]]:
    return [rows[start : start + _SLICE] for start in range(0, len(rows), _SLICE)]
