"""Asking for a look through the records that a person reaches."""

from __future__ import annotations

from uuid import UUID

from app.core.scope import Scope
from app.jobs import enqueue


def ask_look(job_name: str, *, scope: Scope, by: UUID) -> UUID:
    """Have a job look through an area; while one does, gives that one, whoever asked for it.

    Who reaches several areas has a look of their own: nobody else sees just these.
    """
    area = scope.areas[0] if len(scope.areas) == 1 else None
    return enqueue(
        job_name,
        key=f"{job_name}:{by}" if area is None else f"{job_name}:wilayah-{area}",
        payload={"account_id": str(by)},
        by=by,
        area_code=area or None,
    )
