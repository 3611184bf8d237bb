"""What a phone reports of money taken in for a lender: instalments and savings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.credit.rules.savings import MOST_SAVED, SAVING_KINDS
from app.credit.rules.schedules import MOST_AMOUNT
from app.field.rules.operation import Operation
from app.field.rules.reading import Fields, needed
from app.field.rules.taken import Clock, Taken, begun, real_day

REPAY, SAVE = "loan.repay", "saving.save"
# The field with the day of each.
CREDIT_DAYS = {REPAY: "paid_on", SAVE: "happened_on"}
CREDIT_KINDS = tuple(CREDIT_DAYS)
_MOST_LETTERS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditSaid:
    """One sum that was taken in: `row` are the arguments of the service that keeps it."""

    row: dict[str, Any]
    taken: Taken
    rest: dict[str, Any]


def credit_said(operation: Operation, clock: Clock) -> CreditSaid:
    """Read a report.

    Raises:
        InvalidInput: at the field that can't be meant so.
    """
    fields, taken = Fields(operation.data), begun(clock)
    name = CREDIT_DAYS[operation.type]
    day = needed(name, fields.day(name))
    row = {
        **_PARTS[operation.type](fields),
        name: real_day(name, day, operation.occurred_at, clock, taken),
        "note": fields.text("note", _MOST_LETTERS) or "",
    }
    return CreditSaid(row=row, taken=taken, rest=fields.rest)


def _instalment(fields: Fields) -> dict[str, Any]:
    return {
        "loan_id": needed("loan_id", fields.key("loan_id")),
        "amount": needed("amount", fields.whole("amount", 1, MOST_AMOUNT)),
    }


def _saving(fields: Fields) -> dict[str, Any]:
    return {
        "member_id": needed("member_id", fields.key("member_id")),
        "kind": needed("kind", fields.choice("kind", SAVING_KINDS)),
        "amount": needed("amount", fields.whole("amount", 1, MOST_SAVED)),
    }


_PARTS: dict[str, Callable[[Fields], dict[str, Any]]] = {REPAY: _instalment, SAVE: _saving}
