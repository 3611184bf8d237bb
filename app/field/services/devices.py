"""Registering a phone, opening the sync by its token, and ending that."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import select, update

from app.accounts.models import Account
from app.core.clock import utc_now
from app.core.errors import NotAllowed, NotFound
from app.core.scope import Scope
from app.db import db
from app.db.soon import write_soon
from app.field.models import FieldDevice
from app.field.queries.devices import device_within
from app.field.rules import FIELD_SUBJECT
from app.history.rules import register_actions
from app.history.services import record

TOKEN_LIFE = timedelta(days=30)
# The cookie is given anew at most this often.
RENEWED_EVERY = timedelta(days=1)
SEEN_EVERY = timedelta(minutes=1)
register_actions(
    {
        "field_device.registered": "Ponsel pendamping didaftarkan",
        "field_device.left": "Pendamping keluar dari ponselnya",
        "field_device.revoked": "Ponsel pendamping dicabut",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """A phone that may sync until `expires_at`, and its token, which is told only now."""

    device_id: UUID
    token: str
    expires_at: datetime


def register_device(
    *,
    device_id: UUID,
    account_id: UUID,
    label: str,
    app_version: str | None,
    password_at: datetime | None = None,
) -> Registered:
    """Let a phone sync for an account for thirty days; whatever token it had opens no more.

    A phone that another account uses too gets an id of its own for this account. `password_at` is
    when the password was given for this; None means now.

    Raises:
        NotAllowed: code "ponsel_dicabut": turned away since the password was given. A browser that
            is still logged in must not undo that by itself.
    """
    known = db.session.get(FieldDevice, device_id, with_for_update=True)
    if known is not None and known.account_id != account_id:
        device_id = uuid5(device_id, account_id.hex)
        known = db.session.get(FieldDevice, device_id, with_for_update=True)
    token, now = secrets.token_urlsafe(32), utc_now()
    if known is not None and known.revoked_at and (password_at or now) <= known.revoked_at:
        raise NotAllowed(
            "ponsel_dicabut", message="Kantor mencabut ponsel ini. Masuk lagi dengan kata sandi."
        )
    if known is None:
        known = FieldDevice(id=device_id, account_id=account_id, created_at=now)
        db.session.add(known)
        _note(device_id, "field_device.registered", by=account_id)
    known.label, known.app_version = label, app_version
    known.token_sha256, known.token_at = _hashed(token), now
    known.expires_at, known.seen_at = now + TOKEN_LIFE, now
    # Who logs in again on a phone that was lost has found it.
    known.revoked_at = known.revoked_by = None
    db.session.flush()
    return Registered(device_id=device_id, token=token, expires_at=known.expires_at)


def device_of(token: str) -> FieldDevice | None:
    """The phone that this token belongs to, whether it still opens anything or not."""
    statement = select(FieldDevice).where(FieldDevice.token_sha256 == _hashed(token))
    return db.session.scalars(statement).one_or_none()


def opens(device: FieldDevice, account: Account) -> bool:
    """Whether a phone may sync for its account now."""
    if device.revoked_at is not None or device.expires_at <= utc_now() or not account.is_active:
        return False
    changed_at = account.password_changed_at
    logged_in_at = device.token_at or device.created_at
    return not account.must_change_password and (changed_at is None or logged_in_at >= changed_at)


def is_due_for_renewal(device: FieldDevice) -> bool:
    """Whether the token should be given another thirty days."""
    return device.expires_at - utc_now() < TOKEN_LIFE - RENEWED_EVERY


def note_contact(device: FieldDevice, **told: Any) -> None:
    """Note that a phone called, and what it told of itself; at once or not at all.

    `told` are columns of the phone's row. Its token lives on for as long as it is used.
    """
    now = utc_now()
    if is_due_for_renewal(device):
        told["expires_at"] = now + TOKEN_LIFE
    if not told and device.seen_at is not None and device.seen_at + SEEN_EVERY > now:
        return
    _write(device.id, seen_at=now, **told)


def note_failure(device_id: UUID) -> None:
    """Note that a phone was turned away."""
    count = FieldDevice.failed_attempts + 1
    _write(device_id, failed_attempts=count, failed_at=utc_now())


def leave_device(*, device_id: UUID) -> None:
    """End the log-in of a phone, as its owner asked."""
    device = db.session.get_one(FieldDevice, device_id)
    device.token_sha256 = device.token_at = None
    _note(device_id, "field_device.left", by=device.account_id)


def revoke_device(*, scope: Scope, device_id: UUID, by: UUID) -> None:
    """Turn a phone away from now on, for example a lost one. What it still holds stays there.

    Raises:
        NotFound: unknown, or of somebody outside the scope.
    """
    device = device_within(scope, device_id)
    if device.revoked_at is not None:
        raise NotFound("device_unknown")
    device.revoked_at, device.revoked_by = utc_now(), by
    _note(device_id, "field_device.revoked", by=by)


def _note(device_id: UUID, action: str, *, by: UUID) -> None:
    record(subject_type=FIELD_SUBJECT, subject_id=device_id, action=action, by=by)


def _write(device_id: UUID, **values: Any) -> None:
    write_soon(update(FieldDevice).where(FieldDevice.id == device_id).values(**values))


def _hashed(token: str) -> str:
    return sha256(token.encode()).hexdigest()
