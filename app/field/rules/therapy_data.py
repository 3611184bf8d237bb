"""What a phone reports of a therapy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from app.field.rules.operation import Operation
from app.field.rules.reading import Fields, needed
from app.field.rules.taken import Clock, Taken, begun, real_day
from app.interventions.rules import RESULTS

START, CLOSE, NOTE = "mulai", "selesai", "catatan"
STEPS = (START, CLOSE, NOTE)
_MOST_RUPIAH = 10**13


@dataclass(frozen=True, slots=True, kw_only=True)
class TherapySaid:
    """A step of a therapy; `version` is that of the card on the phone. Money in whole rupiah."""

    intervention_id: UUID
    version: int | None
    step: str
    closed_on: date | None
    result: str | None
    result_note: str | None
    spent: int | None
    spent_reason: str | None
    taken: Taken
    rest: dict[str, Any]


def therapy_said(operation: Operation, clock: Clock) -> TherapySaid:
    """Read a report.

    Raises:
        InvalidInput: at the field that can't be meant so.
    """
    fields, taken = Fields(operation.data), begun(clock)
    step = needed("step", fields.choice("step", STEPS))
    closed_on = fields.day("closed_on")
    if closed_on is not None:
        closed_on = real_day("closed_on", closed_on, operation.occurred_at, clock, taken)
    note = fields.text("result_note", 500)
    return TherapySaid(
        intervention_id=needed("intervention_id", fields.key("intervention_id")),
        version=fields.whole("version", 0, 2**31),
        step=step,
        closed_on=needed("closed_on", closed_on) if step == CLOSE else closed_on,
        result=fields.choice("result", RESULTS),
        result_note=needed("result_note", note) if step == NOTE else note,
        spent=fields.whole("spent", 0, _MOST_RUPIAH),
        spent_reason=fields.text("spent_reason", 500),
        taken=taken,
        rest=fields.rest,
    )
