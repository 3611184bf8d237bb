"""Lists of enterprises: filtered, sorted, one page at a time at the same cost however deep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, func, literal, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from app.core.clock import LOCAL_ZONE, local_today
from app.core.errors import InvalidInput
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries.conditions import in_state, reached
from app.enterprises.queries.found import count_found, found_page, name_key
from app.enterprises.queries.lines import EnterpriseLine, line_columns, line_of
from app.enterprises.queries.plans import is_rare, is_wide
from app.enterprises.queries.reach import within_area
from app.enterprises.queries.search import words_of
from app.enterprises.rules.life_cycle import ACTIVE
from app.enterprises.rules.list_filter import SERVED, ListFilter
from app.web.paging import Cursor, Page, decode_cursor, encode_cursor

PAGE_SIZE = 50
COUNT_MAX = 1000
DEFAULT_SORT = "nama"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sort:
    """One order of the list, backed by an index over (column, id)."""

    column: InstrumentedAttribute[Any]
    is_descending: bool = False


SORTS: Mapping[str, Sort] = {
    "nama": Sort(column=Enterprise.search_name),
    "skor": Sort(column=Enterprise.score_order),
    "kunjungan": Sort(column=Enterprise.visit_order),
    "terbaru": Sort(column=Enterprise.created_at, is_descending=True),
}


def sort_named(name: str | None) -> str:
    """The name of an order that exists: the given one or that by name."""
    return name if name is not None and name in SORTS else DEFAULT_SORT


def page(
    scope: Scope,
    wanted: ListFilter,
    *,
    sort: str = DEFAULT_SORT,
    cursor: str | None = None,
    also: ColumnElement[bool] | None = None,
    size: int = PAGE_SIZE,
) -> Page[EnterpriseLine]:
    """One page of the enterprises in scope; `also` is a condition of a higher feature.

    Of those found by words, names that begin with the first word come before the others.

    Raises:
        InvalidInput: code "cursor_unknown".
    """
    asked = words_of(wanted.text)
    if asked is not None and sort_named(sort) == DEFAULT_SORT:
        return found_page(scope, wanted, asked, cursor=cursor, also=also, size=size)
    order = SORTS[sort_named(sort)]
    place = decode_cursor(cursor, key_count=2)
    is_backward = place is not None and place.is_backward
    is_falling = order.is_descending != is_backward
    by_index = not is_wide(scope, wanted.area, within_area(scope, wanted.area))
    ordered = _ordering(order, is_falling=is_falling)
    ids = select(Enterprise.id).where(reached(scope, wanted, by_index=by_index), _also(also))
    if place is not None:
        ids = ids.where(_beyond(order, place, is_falling=is_falling))
    ids = ids.order_by(*_gathered_if_rare(ordered, wanted)).limit(size + 1)
    # Finding the page by its keys alone lets the engine read an index and not the rows; only
    # the rows that are shown are then looked up.
    statement = (
        line_columns(local_today())
        .add_columns(order.column.label("sort_key"))
        .where(Enterprise.id.in_(ids))
        .order_by(*ordered)
    )
    rows = list(db.session.execute(statement))
    return _page(rows, size=size, place=place)


def count(scope: Scope, wanted: ListFilter, *, also: ColumnElement[bool] | None = None) -> int:
    """How many there are, but at most one more than `COUNT_MAX`: counting all would cost more
    than showing them."""
    asked = words_of(wanted.text)
    if asked is not None:
        return count_found(scope, wanted, asked, most=COUNT_MAX, also=also)
    found = (
        select(literal(1))
        .select_from(Enterprise)
        .where(reached(scope, wanted), _also(also))
        .limit(COUNT_MAX + 1)
    )
    total = select(func.count()).select_from(found.subquery())
    return db.session.execute(total).scalar_one()


def ordering(sort: str) -> tuple[ColumnElement[Any], ...]:
    """The order of a whole list."""
    order = SORTS[sort_named(sort)]
    return _ordering(order, is_falling=order.is_descending)


def _also(extra: ColumnElement[bool] | None) -> ColumnElement[bool]:
    return true() if extra is None else extra


def _page(rows: list[Row[Any]], *, size: int, place: Cursor | None) -> Page[EnterpriseLine]:
    is_backward = place is not None and place.is_backward
    has_more = len(rows) > size
    shown = rows[:size]
    if is_backward:
        shown.reverse()
    has_before = has_more if is_backward else place is not None
    has_after = True if is_backward else has_more
    return Page(
        rows=[line_of(row) for row in shown],
        previous_cursor=_cursor(shown[0], is_backward=True) if shown and has_before else None,
        next_cursor=_cursor(shown[-1], is_backward=False) if shown and has_after else None,
    )


def _cursor(row: Row[Any], *, is_backward: bool) -> str:
    key = row.sort_key
    word = key.isoformat() if isinstance(key, date) else key
    return encode_cursor(word, str(row.id), is_backward=is_backward)


def _ordering(order: Sort, *, is_falling: bool) -> tuple[ColumnElement[Any], ...]:
    if is_falling:
        return order.column.desc(), Enterprise.id.desc()
    return order.column.asc(), Enterprise.id.asc()


def _gathered_if_rare(
    ordered: tuple[ColumnElement[Any], ...], wanted: ListFilter
) -> tuple[ColumnElement[Any], ...]:
    """The same order, but not by an index when few rows are in the state that is asked for."""
    if wanted.life_cycle in ("", ACTIVE, SERVED) or not is_rare(in_state(wanted.life_cycle)):
        return ordered
    return (literal(0) + 0, *ordered)


def _beyond(order: Sort, place: Cursor, *, is_falling: bool) -> ColumnElement[bool]:
    key, row_id = _keys(order, place)
    column: ColumnElement[Any] = order.column.expression
    # The first part bounds the walk on the index, the second passes over rows of the same key.
    if is_falling:
        return and_(column <= key, or_(column < key, Enterprise.id < row_id))
    return and_(column >= key, or_(column > key, Enterprise.id > row_id))


def _keys(order: Sort, place: Cursor) -> tuple[Any, UUID]:
    key, row_id = place.keys
    try:
        return _read_key(order.column, key), UUID(str(row_id))
    except (TypeError, ValueError) as broken:
        raise InvalidInput(
            "cursor_unknown", message="Alamat halaman ini tidak lengkap. Buka lagi dari daftar."
        ) from broken


def _read_key(column: InstrumentedAttribute[Any], key: str | int | None) -> Any:
    if column is Enterprise.created_at:
        instant = datetime.fromisoformat(str(key))
        if not 1900 <= instant.year <= 2200:
            raise ValueError(key)
        return instant if instant.tzinfo else instant.replace(tzinfo=LOCAL_ZONE)
    if column is Enterprise.visit_order:
        return date.fromisoformat(str(key))
    if column is Enterprise.score_order:
        return int(str(key)) if -1 <= int(str(key)) <= 2000 else 0
    return name_key(key)
