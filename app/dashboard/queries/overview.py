"""The numbers of an area: one statement counts them, however many areas it is told by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Executable,
    Select,
    and_,
    bindparam,
    func,
    literal_column,
    or_,
    select,
    true,
)

from app.core.clock import local_today
from app.core.scope import Scope
from app.dashboard.queries.visits import is_due, is_visited
from app.dashboard.rules import (
    CLASSES,
    COUNT_KEYS,
    DUE,
    GONE,
    OVERDUE,
    TOTAL,
    VISITED,
    WORK_LISTS,
    AreaLine,
    Counted,
    Number,
    Overview,
    Period,
    overview_of,
)
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries import condition, late, within
from app.enterprises.rules.life_cycle import RESTING, SERVED_STATES
from app.places.models import Area
from app.places.queries import VILLAGE_LENGTH, Part, parts, reached_area

_CODES = "codes"


def overview(scope: Scope, code: str, period: Period, *, today: date | None = None) -> Overview:
    """The numbers of an area and of the areas right below it that hold an enterprise."""
    name = reached_area(scope, code)
    below = parts(scope, code)
    counted = _counted(scope, code, below, period, today or local_today())
    lines = [
        AreaLine(code=part.code, name=part.name, counts=counted[part.code])
        for part in below
        if part.code in counted
    ]
    return overview_of(code=code, name=name, period=period, lines=lines)


def work_lists(scope: Scope, *, today: date | None = None) -> list[Number]:
    """How much waits for an officer, by list."""
    day = today or local_today()
    tallies = [_count(_apart_from_state(one, day)).label(one.key) for one in WORK_LISTS]
    served = and_(within(scope), Enterprise.life_cycle.in_(sorted(SERVED_STATES)))
    counts = db.session.execute(select(*tallies).where(served)).one()._asdict()
    return [
        Number(
            key=one.key,
            label=one.label,
            value=counts[one.key],
            wanted=one.wanted,
            tone=one.tone if counts[one.key] else "",
        )
        for one in WORK_LISTS
    ]


def _counted(
    scope: Scope, code: str, below: Sequence[Part], period: Period, today: date
) -> dict[str, dict[str, int]]:
    """The counts of each part that holds an enterprise, by its code."""
    codes = [part.code for part in below]
    is_of_villages = bool(codes) and len(codes[0]) == VILLAGE_LENGTH
    statement = (
        _whole_statement(period, today, is_of_villages)
        if scope.covers_area(code)
        else _statement(period, today, is_of_villages, within(scope))
    )
    found: dict[str, dict[str, int]] = {}
    for row in db.session.execute(statement, {_CODES: codes}).mappings():
        counts = found.setdefault(row["code"], dict.fromkeys(COUNT_KEYS, 0))
        for key in COUNT_KEYS:
            counts[key] += row[key]
    return found


@lru_cache(maxsize=64)
def _whole_statement(period: Period, today: date, is_of_villages: bool) -> Executable:
    """Kept, because putting it together costs more than counting a regency."""
    return _statement(period, today, is_of_villages, true())


def _statement(
    period: Period, today: date, is_of_villages: bool, reached: ColumnElement[bool]
) -> Executable:
    served = _counts(SERVED_STATES, _numbers_of_served(period, today), is_of_villages)
    gone = _counts(RESTING, {GONE.key: func.count()}, is_of_villages)
    return served.where(reached).union_all(gone.where(reached))


def _counts(
    states: frozenset[str], numbers: dict[str, ColumnElement[int]], is_of_villages: bool
) -> Select[*tuple[Any, ...]]:
    """Numbers by area, of enterprises in some states; the engine goes from area to area along the
    index that begins with state and village, and never looks at the rows."""
    columns = [numbers.get(key, literal_column("0")).label(key) for key in COUNT_KEYS]
    return (
        select(Area.code, *columns)
        .join(Enterprise, _lies_in_area(is_of_villages))
        .where(
            Area.code.in_(bindparam(_CODES, expanding=True)),
            Enterprise.life_cycle.in_(sorted(states)),
        )
        .group_by(Area.code)
    )


def _lies_in_area(is_village: bool) -> ColumnElement[bool]:
    village: Any = Enterprise.village_code
    if is_village:
        return and_(village == Area.code)
    # As `core.scope.range_of` says it.
    return and_(village >= Area.code + ".", village < Area.code + "/")


def _numbers_of_served(period: Period, today: date) -> dict[str, ColumnElement[int]]:
    visited = is_visited(period, today=today)
    return {
        TOTAL.key: func.count(),
        **{one.key: _count(_apart_from_state(one, today)) for one in CLASSES},
        OVERDUE.key: _count(late(today)),
        VISITED: _count(visited),
        DUE: _count(or_(visited, is_due(period))),
    }


def _apart_from_state(counted: Counted, today: date) -> ColumnElement[bool]:
    """What a number asks for besides the state that all of them ask for."""
    return condition(replace(counted.wanted, life_cycle=""), today=today)


def _count(wanted: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count().filter(wanted)
