"""From which state to which enterprises went, and the lists behind the numbers of a period."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, or_, select

from app.core.clock import local_today
from app.core.scope import Scope
from app.dashboard.queries.states import state_on
from app.dashboard.queries.visits import is_due, is_visited
from app.dashboard.rules import (
    ABSENT,
    VISITED,
    Movement,
    Period,
    Wanted,
    movement_of,
    turns,
)
from app.db import db
from app.enterprises.models import LIFE_CYCLES, Enterprise
from app.enterprises.queries import DEFAULT_SORT, EnterpriseLine, count, page, within_area
from app.enterprises.queries.exports import export_rows, row_count
from app.enterprises.queries.exports import left_out_count as left_out
from app.enterprises.rules.life_cycle import SERVED_STATES
from app.enterprises.rules.list_filter import ListFilter
from app.web.paging import Page


def movement(scope: Scope, code: str, period: Period) -> Movement:
    """From which class to which, between the ends of the first and the last day of a period."""
    each = (
        select(state_on(period.from_on).label("start"), state_on(period.until_on).label("end"))
        # All states, so that the index that begins with them holds all that is asked for.
        .where(within_area(scope, code), _in_any_state())
        # Else SQLite finds out the states twice: once to sort by them, once to tell them.
        .cte()
        .prefix_with("MATERIALIZED")
    )
    rows = db.session.execute(
        select(each.c.start, each.c.end, func.count())
        .where(each.c.end != ABSENT)
        .group_by(each.c.start, each.c.end)
    )
    return movement_of(period, ((row[0], row[1], row[2]) for row in rows))


def enterprises(scope: Scope, wanted: Wanted, *, cursor: str | None) -> Page[EnterpriseLine]:
    """One page of the enterprises behind a number of a period.

    Raises:
        InvalidInput: code "cursor_unknown".
    """
    return page(scope, ListFilter(area=wanted.area), cursor=cursor, also=listed(wanted))


def list_rows(scope: Scope, wanted: Wanted) -> Iterator[Row[Any]]:
    """All rows of such a list, for a file."""
    return export_rows(scope, ListFilter(area=wanted.area), sort=DEFAULT_SORT, also=listed(wanted))


def file_row_count(scope: Scope, wanted: Wanted, *, most: int) -> int:
    """How many rows a file of such a list has, but at most one more than `most`."""
    return row_count(scope, ListFilter(area=wanted.area), most=most, also=listed(wanted))


def left_out_count(scope: Scope, wanted: Wanted) -> int:
    """How many rows of such a list are in no file, because their owner withdrew or restricted."""
    return left_out(scope, ListFilter(area=wanted.area), also=listed(wanted))


def enterprise_count(scope: Scope, wanted: Wanted) -> int:
    """How many there are, but at most one more than the register counts."""
    return count(scope, ListFilter(area=wanted.area), also=listed(wanted))


def listed(wanted: Wanted) -> ColumnElement[bool]:
    """The condition on `Enterprise` of a list behind a number of a period."""
    period = wanted.period
    parts = []
    if wanted.start:
        parts.append(state_on(period.from_on) == wanted.start)
    if wanted.end:
        parts.append(state_on(period.until_on) == wanted.end)
    if wanted.turn:
        first, last = state_on(period.from_on), state_on(period.until_on)
        moves = (and_(first == start, last == end) for start, end in turns(wanted.turn))
        parts.append(or_(*moves))
    if not (wanted.visits or wanted.end or wanted.turn):
        parts.append(state_on(period.until_on) != ABSENT)
    if wanted.visits:
        visited = is_visited(period, today=local_today())
        is_listed = visited if wanted.visits == VISITED else or_(visited, is_due(period))
        parts += [Enterprise.life_cycle.in_(sorted(SERVED_STATES)), is_listed]
    return and_(*parts)


def _in_any_state() -> ColumnElement[bool]:
    return Enterprise.life_cycle.in_(sorted(LIFE_CYCLES))
