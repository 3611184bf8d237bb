"""What a phone reports of the label on a pack."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from app.field.rules.operation import Operation
from app.field.rules.reading import Fields, needed
from app.field.rules.taken import Clock, Taken, begun, real_day
from app.market.rules.labels import ELEMENTS_BY_CODE, FINDINGS, MISSING, PRESENT

LABEL_CHECK = "label.check"
_MOST_ELEMENTS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelSaid:
    """What was found on a pack; every element is there or not, needed or not."""

    product_id: UUID
    checked_on: date
    elements: dict[str, str]
    has_brand: bool | None
    has_contact: bool | None
    note: str
    taken: Taken
    rest: dict[str, Any]


def label_said(operation: Operation, clock: Clock) -> LabelSaid:
    """Read a check. Which elements a product needs is the server's to say, not the phone's.

    Raises:
        InvalidInput: at the field that can't be meant so.
    """
    fields, taken = Fields(operation.data), begun(clock)
    checked_on = needed("checked_on", fields.day("checked_on"))
    told = Fields(fields.pairs("elements", _MOST_ELEMENTS))
    found = {code: told.choice(code, FINDINGS) for code in ELEMENTS_BY_CODE}
    rest = {"elements": told.rest} if told.rest else {}
    return LabelSaid(
        product_id=needed("product_id", fields.key("product_id")),
        checked_on=real_day("checked_on", checked_on, operation.occurred_at, clock, taken),
        elements={code: PRESENT if one == PRESENT else MISSING for code, one in found.items()},
        has_brand=fields.flag("has_brand") if fields.says("has_brand") else None,
        has_contact=fields.flag("has_contact") if fields.says("has_contact") else None,
        note=fields.text("note", 500) or "",
        taken=taken,
        rest={**fields.rest, **rest},
    )
