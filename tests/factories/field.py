"""Phones of mentors, and what they send."""

from __future__ import annotations

from itertools import count
from typing import Any
from uuid import UUID

from app.core.clock import local_today, utc_now
from app.core.ids import new_id
from app.db import db
from app.db.transaction import transaction
from app.field.models import FieldDevice
from app.field.services.devices import register_device

_NUMBERS = count(1)


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


def operation(
    kind: str, enterprise_id: UUID, data: dict[str, Any], **around: Any
) -> dict[str, Any]:
    """One operation as a phone would write it now; `around` says what is special about it."""
    known = {
        "op_id": str(new_id()),
        "n": next(_NUMBERS),
        "type": kind,
        "schema_version": 3,
        "record_id": str(new_id()),
        "enterprise_id": str(enterprise_id),
        "depends_on": [],
        "base_version": None,
        "occurred_at": utc_now().isoformat(),
        "data": data,
        "attachments": [],
    }
    return {**known, **around}


def visit_operation(
    enterprise_id: UUID, *, said: dict[str, Any] | None = None, **around: Any
) -> dict[str, Any]:
    """A visit of today that says all it must."""
    data = {
        "outcome": "bertemu",
        "visited_on": local_today().isoformat(),
        "duration_minutes": 40,
        "place_kind": "tempat_usaha",
        "met_with": "Bu Sari",
        "findings": "Produksi berjalan, buku kas belum diisi.",
        **(said or {}),
    }
    return operation("visit.create", enterprise_id, data, **around)
