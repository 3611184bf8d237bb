"""What a secret calendar shows: what is due in a mentor's care, as of the moment it is fetched."""

from __future__ import annotations

import hashlib
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from app.accounts.models import Account
from app.accounts.queries import scope_of
from app.core.clock import local_today
from app.core.permissions import Permission
from app.db import db
from app.market.models import CalendarFeed
from app.market.queries.dated_rules import value
from app.market.queries.due import REMINDERS, certificate_lines
from app.market.rules.calendar import Event
from app.market.rules.reminders import EXPIRING, REVIEW


def hashed_code(code: str) -> str:
    """How a code is kept."""
    return hashlib.sha256(code.encode()).hexdigest()


def made_at(account_id: UUID) -> datetime | None:
    """When the address that is open was made; None without one."""
    return db.session.scalar(
        select(CalendarFeed.made_at)
        .where(CalendarFeed.account_id == account_id, CalendarFeed.revoked_at.is_(None))
        .order_by(CalendarFeed.made_at.desc(), CalendarFeed.id.desc())
        .limit(1)
    )


def calendar_events(code: str, *, address: str) -> list[Event] | None:
    """What is due for whom the code was made; None when it opens nothing.

    Who lost the role or whose account was closed sees nothing any more. `address` leads to the
    pages of certificates.
    """
    account_id = db.session.scalar(
        select(CalendarFeed.account_id)
        .join(Account, Account.id == CalendarFeed.account_id)
        .where(
            CalendarFeed.code_hash == hashed_code(code),
            CalendarFeed.revoked_at.is_(None),
            Account.is_active,
        )
    )
    if account_id is None:
        return None
    scope = scope_of(account_id, Permission.CASELOAD_READ)
    if scope.is_empty:
        return None
    today = local_today()
    steps = tuple(value(REMINDERS, on=today))
    return [
        Event(
            key=f"{line.certificate_id}-{line.kind.replace('_', '-')}",
            # What is late asks to be done now: in the past of a calendar nobody looks.
            on=max(line.on, today),
            title=f"{line.name}: {line.enterprise_name}",
            text=" ".join(part for part in (f"{line.words}.", line.next_step) if part),
            address=f"{address}/{line.certificate_id}",
            warn_days=steps if line.kind in (EXPIRING, REVIEW) else (),
        )
        for line in certificate_lines(scope, on=today)
    ]
