"""What a phone reports of the cash book: lines, lines taken back, cash counted, the diary."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from app.cashbook.rules.entries import CATEGORIES, MAX_AMOUNT
from app.field.rules.operation import Operation
from app.field.rules.reading import Fields, needed, refused
from app.field.rules.taken import Clock, Taken, begun, real_day

ENTRY, TAKE_BACK = "cash.entry", "cash.take_back"
CASH_COUNT, DIARY = "cash.count", "diary.month"
# The field with the day of each; a month is no day on which somebody was there.
CASH_DAYS = {ENTRY: "happened_on", CASH_COUNT: "counted_on"}
CASH_KINDS = (ENTRY, TAKE_BACK, CASH_COUNT, DIARY)
_MOST_LETTERS = 200
_MOST_NUMBER = 2**31 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class CashSaid:
    """One thing said of a book: `row` are the arguments of the service that keeps it."""

    row: dict[str, Any]
    taken: Taken
    rest: dict[str, Any]


def cash_said(operation: Operation, clock: Clock) -> CashSaid:
    """Read a report.

    Raises:
        InvalidInput: at the field that can't be meant so.
    """
    fields, taken = Fields(operation.data), begun(clock)
    row = _PARTS[operation.type](fields)
    name = CASH_DAYS.get(operation.type)
    if name is not None:
        day: date = needed(name, fields.day(name))
        row[name] = real_day(name, day, operation.occurred_at, clock, taken)
    return CashSaid(row=row, taken=taken, rest=fields.rest)


def _line(fields: Fields) -> dict[str, Any]:
    return {
        "category": needed("category", fields.choice("category", CATEGORIES)),
        "amount": needed("amount", fields.whole("amount", 1, MAX_AMOUNT)),
        "channel_id": fields.key("channel_id"),
        "is_owed": fields.flag("is_owed"),
        "due_on": fields.day("due_on"),
        "note": fields.text("note", _MOST_LETTERS) or "",
        "corrects_id": fields.key("corrects_id"),
    }


def _taken_back(fields: Fields) -> dict[str, Any]:
    return {
        "corrects_id": needed("entry_id", fields.key("entry_id")),
        "reason": fields.text("reason", _MOST_LETTERS) or "Salah catat di ponsel",
    }


def _counted(fields: Fields) -> dict[str, Any]:
    return {"amount": needed("amount", fields.whole("amount", 0, MAX_AMOUNT))}


def _month(fields: Fields) -> dict[str, Any]:
    month: date = needed("month", fields.day("month"))
    if month.day != 1:
        raise refused("month", "month_wrong", "Bulan ini tidak dapat dibaca.")
    corrects_id: UUID | None = fields.key("corrects_id")
    return {
        "month": month,
        "sales": fields.whole("sales", 0, MAX_AMOUNT),
        "costs": fields.whole("costs", 0, MAX_AMOUNT),
        "produced": fields.whole("produced", 0, _MOST_NUMBER),
        "workers": fields.whole("workers", 0, _MOST_NUMBER),
        "keeps_record": fields.flag("keeps_record") if fields.says("keeps_record") else None,
        "corrects_id": corrects_id,
    }


_PARTS: dict[str, Callable[[Fields], dict[str, Any]]] = {
    ENTRY: _line,
    TAKE_BACK: _taken_back,
    CASH_COUNT: _counted,
    DIARY: _month,
}
