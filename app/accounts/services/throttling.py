"""Counting tries, so that guessing takes too long: the same way for passwords and codes.

A try is written *before* it is judged, in a transaction of its own: so the count is right across
workers, and a hundred tries at once don't get past it.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, func, select, update

from app.accounts.models import LoginAttempt
from app.accounts.rules import LIMITS, throttle_key
from app.core.clock import utc_now
from app.core.ids import new_id
from app.db import db
from app.db.transaction import transaction
from app.db.turns import take_turn


def reserve(kind: str, who: str, *, address: str) -> tuple[UUID, timedelta | None]:
    """Count a try of one kind ("account", "factor", "reset"); its id, and the wait if any.

    Opens its own transaction.
    """
    attempt_id = new_id()
    with transaction():
        return attempt_id, _reserved(attempt_id, kind, who, address)


def mark_succeeded(attempt_id: UUID) -> None:
    """A try that was right is not counted against anybody."""
    db.session.execute(
        update(LoginAttempt).where(LoginAttempt.id == attempt_id).values(succeeded_at=utc_now())
    )


def _reserved(attempt_id: UUID, kind: str, who: str, address: str) -> timedelta | None:
    now = utc_now()
    keys = {
        "account_key": throttle_key(kind, who),
        "address_key": throttle_key("address", address),
    }
    # Counting and writing is one step: tries at the same moment wait for each other.
    take_turn(*keys.values())
    waits = [
        _wait(LoginAttempt.account_key == keys["account_key"], limit.count, limit.window)
        for limit in LIMITS[kind]
    ] + [
        _wait(LoginAttempt.address_key == keys["address_key"], limit.count, limit.window)
        for limit in LIMITS["address"]
    ]
    asked = max((wait for wait in waits if wait is not None), default=None)
    if asked is None:
        db.session.add(LoginAttempt(id=attempt_id, at=now, succeeded_at=None, **keys))
    # Attempts older than a day serve nobody; they go as new ones come.
    db.session.execute(delete(LoginAttempt).where(LoginAttempt.at < now - timedelta(days=1)))
    return asked


def _wait(condition: object, allowed: int, window: timedelta) -> timedelta | None:
    now = utc_now()
    count, oldest = db.session.execute(
        select(func.count(), func.min(LoginAttempt.at)).where(
            condition,  # type: ignore[arg-type]
            LoginAttempt.at > now - window,
            LoginAttempt.succeeded_at.is_(None),
        )
    ).one()
    if count < allowed:
        return None
    return max(oldest + window - now, timedelta(seconds=1))
