"""Phones of mentors, and what they send."""

from __future__ import annotations

from uuid import UUID

from app.core.ids import new_id
from app.db import db
from app.db.transaction import transaction
from app.field.models import FieldDevice
from app.field.services.devices import register_device


def device(account_id: UUID, *, device_id: UUID | None = None) -> tuple[FieldDevice, str]:
    """A registered phone of an account, and the token that opens its sync."""
    with transaction():
        made = register_device(
            device_id=device_id or new_id(),
            account_id=account_id,
            label="Ponsel uji",
            app_version="1.0.0",
        )
    return db.session.get_one(FieldDevice, made.device_id), made.token
