"""The phones of the mentors of an office, and what they say of themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from app.accounts.models import Account
from app.accounts.queries import accounts_within
from app.core.clock import utc_now
from app.core.scope import Scope
from app.db import db
from app.field.models import FieldDevice
from app.field.queries.devices import device_within
from app.field.rules.shown import clock_words

SHOWN = 500
# Unsent for so many days is told in yellow, and in red.
LATE_DAYS, VERY_LATE_DAYS = 3, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneLine:
    """One phone of one mentor."""

    id: UUID
    label: str
    mentor_id: UUID
    mentor: str
    seen_at: datetime | None
    sent_at: datetime | None
    app_version: str | None
    clock: str
    unsent: int
    unsent_days: int
    missing: int
    wiped_at: datetime | None
    failed_attempts: int
    failed_at: datetime | None
    is_kept_for_good: bool | None
    revoked_at: datetime | None
    expires_at: datetime

    @property
    def is_open(self) -> bool:
        """Whether it may still sync."""
        return self.revoked_at is None and self.expires_at > utc_now()

    @property
    def has_nothing_to_see(self) -> bool:
        """Whether nothing about it asks for a look."""
        asks = self.missing or self.wiped_at or self.failed_attempts or self.clock
        return not asks and self.is_kept_for_good is not False

    @property
    def tone(self) -> str:
        """How pressing what it hasn't sent is."""
        if not self.unsent or self.unsent_days < LATE_DAYS:
            return "info"
        return "bad" if self.unsent_days >= VERY_LATE_DAYS else "warn"


def phones(scope: Scope, *, only_late: bool = False) -> list[PhoneLine]:
    """The phones of mentors who work in the areas of the scope: those that may sync first, and
    what has waited longest on a phone before the rest."""
    asked = _late(scope) if only_late else _of_mentors(scope)
    return _lines(asked)


def phone(scope: Scope, device_id: UUID) -> PhoneLine:
    """One phone of the scope.

    Raises:
        NotFound: unknown, or of a mentor elsewhere.
    """
    return _lines((FieldDevice.id == device_within(scope, device_id).id,))[0]


def _of_mentors(scope: Scope) -> tuple[ColumnElement[bool], ...]:
    return (FieldDevice.account_id.in_(accounts_within(scope)),)


def _late(scope: Scope) -> tuple[ColumnElement[bool], ...]:
    return (
        *_of_mentors(scope),
        FieldDevice.revoked_at.is_(None),
        FieldDevice.unsent_count > 0,
        FieldDevice.unsent_oldest_at < utc_now() - timedelta(days=LATE_DAYS),
    )


def _lines(asked: tuple[ColumnElement[bool], ...]) -> list[PhoneLine]:
    rows = db.session.execute(
        select(FieldDevice, Account.name)
        .join(Account, Account.id == FieldDevice.account_id)
        .where(*asked)
        .order_by(
            FieldDevice.revoked_at.is_not(None),
            FieldDevice.unsent_oldest_at.is_(None),
            FieldDevice.unsent_oldest_at,
            Account.name,
            FieldDevice.id,
        )
        .limit(SHOWN)
    ).all()
    now = utc_now()
    return [_line(device, mentor, now) for device, mentor in rows]


def late_phone_count(scope: Scope) -> int:
    """How many phones hold something unsent for more than three days, as far as they told."""
    return db.session.scalar(select(func.count()).where(*_late(scope))) or 0


def _line(device: FieldDevice, mentor: str, now: datetime) -> PhoneLine:
    oldest = device.unsent_oldest_at
    return PhoneLine(
        id=device.id,
        label=device.label,
        mentor_id=device.account_id,
        mentor=mentor,
        seen_at=device.seen_at,
        sent_at=device.sent_at,
        # What follows the dash tells builds apart, which says nothing to an officer.
        app_version=(device.app_version or "").partition("-")[0] or None,
        clock=clock_words(device.skew_seconds or 0),
        unsent=device.unsent_count,
        unsent_days=max(0, (now - oldest).days) if oldest and device.unsent_count else 0,
        missing=len(device.missing),
        wiped_at=device.wiped_at,
        failed_attempts=device.failed_attempts,
        failed_at=device.failed_at,
        is_kept_for_good=device.is_kept_for_good,
        revoked_at=device.revoked_at,
        expires_at=device.expires_at,
    )
