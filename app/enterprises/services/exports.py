"""Noting who took a list away."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from app.core.ids import new_id
from app.enterprises.rules.list_filter import ListFilter
from app.history.services import record


def note_export(
    *,
    wanted: ListFilter,
    row_count: int,
    has_nik: bool,
    reason: str | None,
    by: UUID | None,
    described: Mapping[str, str],
) -> None:
    """Record that a list left the system: which, how long, with whole NIKs or not, and why."""
    record(
        subject_type="export",
        subject_id=new_id(),
        action="enterprise.exported",
        by=by,
        area_code=wanted.area or None,
        changes={
            "filter": [None, dict(described)],
            "row_count": [None, row_count],
            "has_nik": [None, has_nik],
        },
        note=reason,
    )
