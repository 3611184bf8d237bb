"""The phone number of an owner at rest: sealed for its row, found again by a blind index.

The seal is bound to the owner's id and to the word "phone", so that neither the number of another
owner nor the NIK of the same one can be put in its place.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from app.core import settings
from app.core.sealing import blind_index, seal, unseal

_PHONE = b"phone"


def sealed_phone(value: str | None, owner_id: UUID) -> dict[str, Any]:
    """The columns of a kept number (+62…) in the row of its owner."""
    if value is None:
        return {"phone_sealed": None, "phone_index": None}
    return {
        "phone_sealed": seal(value, settings.current().nik_key, phone_seal_bound_to(owner_id)),
        "phone_index": phone_index(value),
    }


def opened_phone(owner_id: UUID, sealed: bytes | None) -> str | None:
    """The number (+62…) that lies sealed in the row of an owner."""
    if sealed is None:
        return None
    keys = settings.current()
    return unseal(sealed, (keys.nik_key, *keys.nik_key_fallbacks), phone_seal_bound_to(owner_id))


def phone_seal_bound_to(owner_id: UUID) -> bytes:
    """To what the seal of a phone number is bound."""
    return owner_id.bytes + _PHONE


def phone_index(value: str) -> str:
    """By what a kept number is found; another one than that of a NIK with the same digits."""
    return blind_index(f"phone:{value}", settings.current().nik_index_key)
