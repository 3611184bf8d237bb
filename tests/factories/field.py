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
from tests.factories.enterprises import VILLAGE

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
        "schema_version": 6,
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


def register_operation(
    *, owner: dict[str, Any] | None = None, said: dict[str, Any] | None = None, **around: Any
) -> dict[str, Any]:
    """A new owner with an enterprise in Losari, under ids made on the phone."""
    number = next(_NUMBERS)
    enterprise_id = around.pop("enterprise_id", None) or str(new_id())
    data = {
        "owner_id": str(new_id()),
        "owner": {"name": f"Wagiyem {number}", "sex": "P", "category": "purna", **(owner or {})},
        "enterprise": {
            "name": f"Geblek {number} Kulon Kali",
            "village_code": VILLAGE,
            "sector": "A",
            **(said or {}),
        },
        "confirmed": [],
    }
    around.setdefault("record_id", enterprise_id)
    return operation("enterprise.register", enterprise_id, data, **around)


def edit_operation(
    enterprise_id: UUID, changes: dict[str, Any], base: dict[str, Any], **around: Any
) -> dict[str, Any]:
    """Changes of fields, with what the phone believed to stand there."""
    data = {"changes": changes, "base": base}
    return operation(
        "enterprise.edit", enterprise_id, data, **{"record_id": str(enterprise_id), **around}
    )


def assessment_operation(
    enterprise_id: UUID, answers: dict[str, int | None], **said: Any
) -> dict[str, Any]:
    """An assessment of today."""
    data = {
        "assessed_on": local_today().isoformat(),
        "instrument_version": 1,
        "sector": "A",
        "answers": answers,
        "evidence": {},
        "not_known": [],
        "context": {},
        **said,
    }
    return operation("assessment.create", enterprise_id, data)
