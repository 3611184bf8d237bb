"""Values as the driver of a database takes them, column by column."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Date, DateTime, Dialect, Table, Uuid
from sqlalchemy.types import TypeEngine

Shape = Callable[[Any], Any]
_MOST_KNOWN = 10_000


def shapes_of(table: Table, names: Sequence[str], dialect: Dialect) -> list[Shape | None]:
    """How the values of each column are shaped; None where they are taken as they are."""
    return [_shape_of(table.c[name].type, dialect) for name in names]


def shaped(rows: Sequence[Sequence[Any]], shapes: Sequence[Shape | None]) -> list[tuple[Any, ...]]:
    """The rows with their values shaped; all rows have as many values as there are shapes."""
    columns: list[Any] = list(zip(*rows, strict=True))
    for place, shape in enumerate(shapes):
        if shape is None:
            continue
        values = columns[place]
        # Many columns hold the same in all rows of a bulk write.
        is_one_value = values.count(values[0]) == len(values)
        columns[place] = [shape(values[0])] * len(values) if is_one_value else map(shape, values)
    return list(zip(*columns, strict=True))


def _shape_of(kind: TypeEngine[Any], dialect: Dialect) -> Shape | None:
    shape = kind.dialect_impl(dialect).bind_processor(dialect)
    if shape is None:
        return None
    if isinstance(kind, Uuid) and dialect.name == "sqlite":
        return _hex
    if isinstance(kind, JSON):
        return _once_for_empty(shape)
    if isinstance(kind, (Date, DateTime)) or isinstance(getattr(kind, "impl", None), DateTime):
        return _once(shape)
    return shape


def _hex(value: UUID | None) -> str | None:
    return None if value is None else f"{value.int:032x}"


def _once(shape: Shape) -> Shape:
    """Shape equal values once: the days and instants of a list come again and again."""
    known: dict[Any, Any] = {}

    def shape_once(value: Any) -> Any:
        found = known.get(value)
        if found is None and value is not None:
            if len(known) >= _MOST_KNOWN:
                known.clear()
            found = known[value] = shape(value)
        return found

    return shape_once


def _once_for_empty(shape: Shape) -> Shape:
    """Shape empty JSON once; what is in the others differs anyway."""
    nothing, empty_list = shape(None), shape([])

    def shape_json(value: Any) -> Any:
        if value is None:
            return nothing
        return empty_list if value == [] else shape(value)

    return shape_json
