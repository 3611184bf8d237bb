"""Finding tools that stand idle, for the whole system, a tool at a time."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.aid.models import Tool
from app.aid.services import tell_idle
from app.core.clock import local_today
from app.db import db
from app.db.transaction import transaction
from app.jobs import Progress, daily, enqueue, job, register_titles

IDLE = "aid.idle"
register_titles({IDLE: "Mencari alat yang menganggur"})


@job(IDLE)
def find_idle(_payload: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Open the therapy for idle tools; what was told before is passed over."""
    # Only what was found hardly used at its last check can have become idle by waiting.
    ids: list[UUID] = list(
        db.session.scalars(
            select(Tool.id)
            .where(Tool.holder_id.is_not(None), Tool.idle_since_on.is_not(None))
            .order_by(Tool.id)
        )
    )
    opened = 0
    for done, tool_id in enumerate(ids, start=1):
        with transaction():
            opened += tell_idle(tool_id)
        progress.step(done, len(ids), "Memeriksa alat")
    return {"opened": opened}


@daily
def look_for_idle_tools() -> None:
    """Ask for today's search; a second worker that asks too finds it asked for."""
    with transaction():
        enqueue(IDLE, key=f"{IDLE}:{local_today()}", payload={}, by=None)
