"""Where a list goes on: behind a row, by the keys of its order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import InstrumentedAttribute

from app.core.errors import InvalidInput


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One column of an order; none of its values is empty."""

    column: InstrumentedAttribute[Any]
    is_falling: bool = False


def ordering(order: Sequence[Key]) -> tuple[ColumnElement[Any], ...]:
    """The order itself."""
    return tuple(key.column.desc() if key.is_falling else key.column.asc() for key in order)


def behind(order: Sequence[Key], words: Sequence[object]) -> ColumnElement[bool]:
    """The condition that a row stands behind the one whose keys these words are.

    Raises:
        InvalidInput: code "cursor_unknown".
    """
    try:
        values = [_read(key.column, word) for key, word in zip(order, words, strict=True)]
    except (TypeError, ValueError, OverflowError) as broken:
        raise InvalidInput(
            "cursor_unknown", message="Alamat halaman ini tidak lengkap. Buka lagi dari daftar."
        ) from broken
    steps = []
    for place, key in enumerate(order):
        column: Any = key.column
        same = [one.column == value for one, value in zip(order[:place], values, strict=False)]
        further = column < values[place] if key.is_falling else column > values[place]
        steps.append(and_(*same, further))
    return or_(*steps)


def words_of(order: Sequence[Key], row: object) -> tuple[str, ...]:
    """The keys of a row as words for a cursor."""
    return tuple(_written(getattr(row, key.column.key)) for key in order)


def _written(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _read(column: InstrumentedAttribute[Any], word: object) -> Any:
    # A type of ours says only through what it wraps which values it takes.
    kind = getattr(column.type, "impl", column.type).python_type
    text = str(word)
    if kind is datetime:
        instant = datetime.fromisoformat(text)
        if instant.tzinfo is None:
            raise ValueError(text)
        return instant
    if kind is date:
        return date.fromisoformat(text)
    if kind is UUID:
        return UUID(text)
    if "\x00" in text or not text.isascii():
        raise ValueError(text)
    return kind(text)
