"""An owner's word about a visit, given by their own number on the mentor's phone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.core.errors import InvalidInput
from app.field.rules.operation import PIN_FIELD, Operation
from app.field.rules.reading import Fields, needed

_MOST_FIGURES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmSaid:
    """Which visit is confirmed, and the number typed for it."""

    visit_id: UUID
    pin: str
    rest: dict[str, Any]


def confirm_said(operation: Operation) -> ConfirmSaid:
    """Read a confirmation.

    Raises:
        InvalidInput: at the field that can't be meant so; the number is gone once it was judged.
    """
    fields = Fields(operation.data)
    pin = fields.text(PIN_FIELD, _MOST_FIGURES)
    if pin is None:
        raise InvalidInput("pin_gone", field=PIN_FIELD, message="Minta PIN pemilik sekali lagi.")
    return ConfirmSaid(
        visit_id=needed("visit_id", fields.key("visit_id")), pin=pin, rest=fields.rest
    )
