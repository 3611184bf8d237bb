"""What the worker does with what phones sent."""

from __future__ import annotations

from sqlalchemy import select

from app.db import db
from app.db.transaction import transaction
from app.field.models import SyncOperation
from app.field.rules import HELD
from app.field.services.taking import release_or_give_up
from app.jobs import daily


@daily
def look_after_what_waits() -> None:
    """Take what can be taken by now; what waited for five days goes to a person."""
    waiting = db.session.scalars(
        select(SyncOperation.enterprise_id)
        .where(SyncOperation.status == HELD)
        .distinct()
        .order_by(SyncOperation.enterprise_id)
    ).all()
    db.session.rollback()
    for enterprise_id in waiting:
        with transaction():
            release_or_give_up(enterprise_id)
