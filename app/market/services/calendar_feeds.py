"""Making and taking back the secret address of a mentor's calendar."""

from __future__ import annotations

import secrets
from uuid import UUID

from sqlalchemy import update

from app.core.clock import utc_now
from app.core.ids import new_id
from app.db import db
from app.db.turns import take_turn
from app.history.rules import register_actions
from app.history.services import record
from app.market.models import CalendarFeed
from app.market.queries.calendar_feeds import hashed_code

register_actions(
    {
        "calendar_feed.made": "Alamat kalender dibuat",
        "calendar_feed.revoked": "Alamat kalender dicabut",
    }
)
_TOKEN_BYTES = 32


def make_feed(*, by: UUID) -> str:
    """Make an address for one's own calendar; one made before opens nothing any more.

    Gives the code, which is known now and never again.
    """
    take_turn(f"calendar {by}")
    _revoke_all(by)
    code = secrets.token_urlsafe(_TOKEN_BYTES)
    row = CalendarFeed(id=new_id(), account_id=by, code_hash=hashed_code(code), made_at=utc_now())
    db.session.add(row)
    record(subject_type="account", subject_id=by, action="calendar_feed.made", by=by)
    return code


def revoke_feed(*, by: UUID) -> None:
    """Take one's own address back; nothing when there is none."""
    if _revoke_all(by):
        record(subject_type="account", subject_id=by, action="calendar_feed.revoked", by=by)


def _revoke_all(account_id: UUID) -> int:
    done = db.session.execute(
        update(CalendarFeed)
        .where(CalendarFeed.account_id == account_id, CalendarFeed.revoked_at.is_(None))
        .values(revoked_at=utc_now())
    )
    return int(getattr(done, "rowcount", 0))
