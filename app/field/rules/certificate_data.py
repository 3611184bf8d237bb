"""What a phone reports of a permit: the state it came to, and what its paper says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from app.field.rules.operation import Operation
from app.field.rules.reading import Fields, needed
from app.field.rules.taken import Clock, Taken, begun, real_day

CERTIFICATE_STEP = "certificate.step"
_MOST_LETTERS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class StepSaid:
    """One step of a certificate; which are possible is its track's to say."""

    certificate_id: UUID
    to_state: str
    on: date
    number: str | None
    issued_on: date | None
    expires_on: date | None
    note: str
    taken: Taken
    rest: dict[str, Any]


def step_said(operation: Operation, clock: Clock) -> StepSaid:
    """Read a step.

    Raises:
        InvalidInput: at the field that can't be meant so.
    """
    fields, taken = Fields(operation.data), begun(clock)
    on = needed("on", fields.day("on"))
    return StepSaid(
        certificate_id=needed("certificate_id", fields.key("certificate_id")),
        to_state=needed("to_state", fields.text("to_state", _MOST_LETTERS)),
        on=real_day("on", on, operation.occurred_at, clock, taken),
        number=fields.text("number", _MOST_LETTERS),
        issued_on=fields.day("issued_on"),
        expires_on=fields.day("expires_on"),
        note=fields.text("note", 500) or "",
        taken=taken,
        rest=fields.rest,
    )
