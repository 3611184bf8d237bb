"""What a phone says when it asks to be registered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.core.errors import InvalidInput
from app.core.ids import id_of
from app.field.rules.strict_json import flaw_in

_LABEL_LENGTH = 120
_VERSION_LENGTH = 20
_NO_LABEL = "Ponsel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """One installation of the app; the id is made on the phone."""

    device_id: UUID
    label: str
    app_version: str | None


def parse_registration(value: Any) -> Registration:
    """Read it.

    Raises:
        InvalidInput: no object, or without an id.
    """
    if not isinstance(value, dict) or flaw_in(value):
        raise InvalidInput("not_an_object", message="Permintaan tidak dapat dibaca.")
    device_id = id_of(value.get("device_id"))
    if device_id is None:
        raise InvalidInput(
            "device_id_missing", field="device_id", message="Nomor ponsel ini tidak dapat dibaca."
        )
    return Registration(
        device_id=device_id,
        label=_words(value.get("label"), _LABEL_LENGTH) or _NO_LABEL,
        app_version=_words(value.get("app_version"), _VERSION_LENGTH),
    )


def _words(value: Any, length: int) -> str | None:
    return (value.strip()[:length] or None) if isinstance(value, str) else None
