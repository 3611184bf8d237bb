"""A page of what words find.

Names that begin with the first word come first, then the other hits, both in the order of names:
what somebody types is mostly how a name begins, and an index leads straight to those. Frequent
words ("warung") have more hits than can be gathered for each page, so they are looked for along
the names, in an index that holds the words too: to the end where gathering the hits would cost
more than passing over all names, else for a while, and gathered only if that didn't fill the page.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, func, literal, not_, or_, select, true

from app.core.clock import local_today
from app.core.errors import InvalidInput
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries.conditions import reached
from app.enterprises.queries.lines import EnterpriseLine, line_columns, line_of
from app.enterprises.queries.plans import has_fewer, is_sqlite, row_count
from app.enterprises.queries.reach import within_area
from app.enterprises.queries.search import (
    contains,
    gathered,
    hit_count,
    joined_to_hits,
    streamed,
)
from app.enterprises.rules.list_filter import ListFilter
from app.enterprises.rules.words import Wanted
from app.web.paging import Cursor, Page, decode_cursor, encode_cursor

# Fewer hits than these are gathered at once.
_FEW_HITS = 2000
# So many names are passed over in the time that gathering one hit takes.
_WALKED_PER_HIT = 20
# Areas with fewer enterprises are read through.
_SMALL_AREA = 6000
_REGENCY_LENGTH = 5
_LAST = "\uffff"
_PARTS = _BEGINS, _ELSEWHERE = 0, 1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Search:
    """What is looked for, where, and from which place on."""

    asked: Wanted
    reached: ColumnElement[bool]
    is_small: bool
    place: Cursor | None
    # About how many hits there are, and how many names.
    hits: int = 0
    names: int = 0

    @property
    def is_rare(self) -> bool:
        """Whether all hits are gathered at once."""
        return not self.is_small and self.hits < _FEW_HITS

    @property
    def is_frequent(self) -> bool:
        """Whether gathering the hits costs more than passing over all names."""
        return self.hits >= max(_FEW_HITS, self.names // _WALKED_PER_HIT)

    @property
    def is_backward(self) -> bool:
        return self.place is not None and self.place.is_backward

    def beyond(self, part: int) -> ColumnElement[bool]:
        """What lies behind the place, if it lies in this part."""
        if self.place is None or self.place.keys[0] != part:
            return true()
        _, name, row_id = self.place.keys
        column: Any = Enterprise.search_name
        if self.is_backward:
            return and_(column <= name, or_(column < name, Enterprise.id < UUID(str(row_id))))
        return and_(column >= name, or_(column > name, Enterprise.id > UUID(str(row_id))))

    def order(self) -> tuple[ColumnElement[Any], ...]:
        """By name, or from the place back."""
        keys: tuple[Any, ...] = (Enterprise.search_name, Enterprise.id)
        return tuple(key.desc() if self.is_backward else key.asc() for key in keys)


def found_page(
    scope: Scope,
    wanted: ListFilter,
    asked: Wanted,
    *,
    cursor: str | None,
    also: ColumnElement[bool] | None,
    size: int,
) -> Page[EnterpriseLine]:
    """One page of what the words find within the scope and the rest of the filter.

    Raises:
        InvalidInput: code "cursor_unknown".
    """
    search = _weighed(_search(scope, wanted, asked, _place(cursor), also))
    if search.is_rare and search.place is None:
        return _page(_first_ids(search, size + 1), search, size)
    start = int(str(search.place.keys[0])) if search.place else _BEGINS
    ids: list[UUID] = []
    for part in _PARTS[start::-1] if search.is_backward else _PARTS[start:]:
        if len(ids) <= size:
            ids += _ids(search, part, size + 1 - len(ids))
    return _page(ids, search, size)


def count_found(
    scope: Scope, wanted: ListFilter, asked: Wanted, *, most: int, also: ColumnElement[bool] | None
) -> int:
    """How many there are, but at most one more than `most`."""
    is_narrow = _is_narrow(scope, wanted.area)
    search = _search(scope, wanted, asked, None, also)
    if is_narrow or not is_sqlite():
        # PostgreSQL gathers all hits before it counts the first; few of them lie in the area.
        search = _weighed(search)
    found = select(literal(1)).where(search.reached)
    if search.is_small or search.is_frequent:
        in_area = within_area(scope, wanted.area)
        found = found.select_from(Enterprise).where(in_area, contains(asked))
    else:
        found = found.select_from(joined_to_hits()).where(streamed(asked))
    total = select(func.count()).select_from(found.limit(most + 1).subquery())
    return db.session.execute(total).scalar_one()


def _search(
    scope: Scope,
    wanted: ListFilter,
    asked: Wanted,
    place: Cursor | None,
    also: ColumnElement[bool] | None,
) -> _Search:
    is_small = has_fewer(_SMALL_AREA, within_area(scope, wanted.area))
    others = reached(scope, replace(wanted, text=""), by_index=is_small)
    everything = others if also is None else and_(others, also)
    return _Search(asked=asked, reached=everything, is_small=is_small, place=place)


def _is_narrow(scope: Scope, area: str) -> bool:
    """Whether regencies or less are looked through, not a province."""
    return all(len(code) >= _REGENCY_LENGTH for code in ((area,) if area else scope.areas))


def _weighed(search: _Search) -> _Search:
    """The search with how many hits there are, which decides the way to them."""
    if search.is_small:
        return search
    names = row_count()
    most = max(_FEW_HITS, names // _WALKED_PER_HIT)
    return replace(search, hits=hit_count(search.asked, names=names, most=most), names=names)


def _ids(search: _Search, part: int, limit: int) -> list[UUID]:
    if part == _BEGINS:
        others = _without_first(search.asked)
        is_gathered = search.is_rare and bool(others.prefixes or others.words)
        held = gathered(search.asked) if is_gathered else contains(others)
        return _matching(search, part, and_(_begins(search.asked), held), limit)
    elsewhere = not_(_begins(search.asked))
    by_row = and_(elsewhere, contains(search.asked))
    if search.is_small or search.is_frequent:
        return _matching(search, part, by_row, limit)
    if not search.is_rare:
        end = _end_of_walk(search, part)
        found = _matching(search, part, and_(by_row, end), limit)
        if len(found) == limit:
            return found
    return _matching(search, part, and_(elsewhere, gathered(search.asked)), limit)


def _first_ids(search: _Search, limit: int) -> list[UUID]:
    """Both parts at once, from all hits."""
    part = case((_begins(search.asked), _BEGINS), else_=_ELSEWHERE)
    statement = (
        select(Enterprise.id)
        .where(search.reached, gathered(search.asked))
        .order_by(part, *search.order())
        .limit(limit)
    )
    return list(db.session.scalars(statement))


def _matching(search: _Search, part: int, wanted: ColumnElement[bool], limit: int) -> list[UUID]:
    statement = (
        select(Enterprise.id)
        .where(search.reached, search.beyond(part), wanted)
        .order_by(*search.order())
        .limit(limit)
    )
    return list(db.session.scalars(statement))


def _end_of_walk(search: _Search, part: int) -> ColumnElement[bool]:
    """The condition that a name stands within so many names from the place on."""
    column: Any = Enterprise.search_name
    last = (
        select(column)
        .where(search.beyond(part))
        .order_by(*search.order())
        .offset(search.hits * _WALKED_PER_HIT // 2)
        .limit(1)
        .scalar_subquery()
    )
    bound = db.session.execute(select(last)).scalar()
    if bound is None:
        return true()
    return and_(column >= bound) if search.is_backward else and_(column <= bound)


def _begins(asked: Wanted) -> ColumnElement[bool]:
    first = (asked.prefixes or asked.words)[0]
    column: Any = Enterprise.search_name
    return and_(column >= first, column < first + _LAST)


def _without_first(asked: Wanted) -> Wanted:
    """The words that a name needs to hold besides beginning with the first; a word of one letter
    is not held by beginning with it."""
    return replace(asked, prefixes=asked.prefixes[1:])


def _page(ids: list[UUID], search: _Search, size: int) -> Page[EnterpriseLine]:
    has_more = len(ids) > size
    shown = ids[:size]
    if search.is_backward:
        shown.reverse()
    statement = line_columns(local_today()).add_columns(Enterprise.search_name.label("sort_key"))
    rows = {row.id: row for row in db.session.execute(statement.where(Enterprise.id.in_(shown)))}
    has_before = has_more if search.is_backward else search.place is not None
    has_after = True if search.is_backward else has_more
    in_order = [rows[row_id] for row_id in shown if row_id in rows]
    return Page(
        rows=[line_of(row) for row in in_order],
        previous_cursor=_cursor(in_order[0], search, is_backward=True)
        if in_order and has_before
        else None,
        next_cursor=_cursor(in_order[-1], search, is_backward=False)
        if in_order and has_after
        else None,
    )


def _cursor(row: Any, search: _Search, *, is_backward: bool) -> str:
    first = (search.asked.prefixes or search.asked.words)[0]
    part = _BEGINS if row.sort_key.startswith(first) else _ELSEWHERE
    return encode_cursor(part, row.sort_key, str(row.id), is_backward=is_backward)


def _place(cursor: str | None) -> Cursor | None:
    place = decode_cursor(cursor, key_count=3)
    if place is None:
        return None
    part, name, row_id = place.keys
    try:
        return replace(place, keys=(_PARTS.index(part), name_key(name), str(UUID(str(row_id)))))
    except ValueError as broken:
        raise InvalidInput(
            "cursor_unknown", message="Alamat halaman ini tidak lengkap. Buka lagi dari daftar."
        ) from broken


def name_key(key: str | int | None) -> str:
    """A name as it may stand in a cursor.

    Raises:
        ValueError: nobody's name holds NUL, which PostgreSQL refuses, or half a character.
    """
    name = str(key)
    if "\x00" in name or (not name.isascii() and name != name.encode("utf-8", "ignore").decode()):
        raise ValueError(key)
    return name
