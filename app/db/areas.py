"""Conditions on a column that holds the code of an area."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, true

from app.core.scope import WHOLE_COUNTRY, range_of


def lies_in(column: Any, area: str) -> ColumnElement[bool]:
    """The condition that the column is an area or one below it."""
    if area == WHOLE_COUNTRY:
        return true()
    first, last = range_of(area)
    return or_(column == area, and_(column >= first, column < last))


def lies_in_any(column: Any, areas: Iterable[str]) -> ColumnElement[bool]:
    """The condition that the column is one of the areas or below one of them."""
    parts = [lies_in(column, area) for area in areas]
    return or_(*parts) if parts else false()
