"""Figures across features: each page's numbers come from one statement, however many areas."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Subquery,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from app.core.clock import LOCAL_ZONE, local_today
from app.core.errors import NotFound
from app.core.scope import WHOLE_COUNTRY, Scope
from app.dashboard.rules import (
    ABSENT,
    CLASSES,
    GONE,
    OVERDUE,
    VISITED,
    WORK_LISTS,
    GroupCount,
    Movement,
    Number,
    Overview,
    Period,
    Wanted,
    area_lines,
    movement_of,
    overview_of,
    turns,
)
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries import DEFAULT_SORT, EnterpriseLine, condition, count, page, within
from app.enterprises.queries.exports import export_rows, row_count
from app.enterprises.rules.life_cycle import RESTING
from app.enterprises.rules.list_filter import EXPIRED, UNASSESSED, ListFilter
from app.health.models import ClassSpan
from app.mentoring.models import Visit
from app.mentoring.rules import MET
from app.places.models import Area
from app.places.queries import AreaRow, ancestors
from app.places.queries import area as area_named
from app.web.paging import Page

COUNTRY_NAME = "Indonesia"
VILLAGE_LENGTH = 13
# From the length of an area's code to that of the areas right below it.
_BELOW = {0: 2, 2: 5, 5: 8, 8: 13, 13: 13}


def home_area(scope: Scope) -> str:
    """The area that a person's overview begins with: their own, or the country if several."""
    return scope.areas[0] if len(scope.areas) == 1 else WHOLE_COUNTRY


def reached_area(scope: Scope, code: str) -> str:
    """The name of an area of which the scope reaches some part.

    Raises:
        NotFound: unknown, or outside the scope: the answer is the same.
    """
    if code == WHOLE_COUNTRY:
        return COUNTRY_NAME
    if scope.narrowed_to(code).is_empty:
        raise NotFound("area_unknown", message="Wilayah tidak ditemukan.")
    return area_named(code).name


def trail(scope: Scope, code: str) -> list[AreaRow]:
    """The areas above one that lie wholly within the scope, the widest first."""
    return [one for one in ancestors(code) if scope.covers_area(one.code)]


def overview(scope: Scope, code: str, period: Period, *, today: date | None = None) -> Overview:
    """The numbers of an area and of the areas right below it that hold an enterprise."""
    day = today or local_today()
    name = reached_area(scope, code)
    part = func.substr(Enterprise.village_code, 1, _part_length(scope, code))
    each = (
        select(part.label("code"), *_marks(period, day))
        .where(within(scope), condition(ListFilter(area=code), today=day))
        .subquery()
    )
    # Few groups an area: what an enterprise is, is found out once and not for each column.
    groups = select(*each.c, func.count().label("number")).group_by(*each.c).subquery()
    rows = db.session.execute(
        select(Area.name, groups)
        .join(groups, groups.c.code == Area.code)
        .order_by(Area.search_name, Area.code)
    )
    lines = area_lines(GroupCount(**row._asdict()) for row in rows)
    return overview_of(code=code, name=name, period=period, lines=lines)


def movement(scope: Scope, code: str, period: Period) -> Movement:
    """From which class to which, between the ends of the first and the last day of a period."""
    first, last = _span_on(period.from_on), _span_on(period.until_on)
    each = (
        select(
            _state(period.from_on, first.c.health_class).label("start"),
            _state(period.until_on, last.c.health_class).label("end"),
        )
        .select_from(Enterprise)
        .outerjoin(first, first.c.enterprise_id == Enterprise.id)
        .outerjoin(last, last.c.enterprise_id == Enterprise.id)
        .where(within(scope), condition(ListFilter(area=code)))
        .subquery()
    )
    rows = db.session.execute(
        select(each.c.start, each.c.end, func.count())
        .where(each.c.end != ABSENT)
        .group_by(each.c.start, each.c.end)
    )
    return movement_of(period, ((row[0], row[1], row[2]) for row in rows))


def work_lists(scope: Scope, *, today: date | None = None) -> list[Number]:
    """How much waits for an officer, by list."""
    day = today or local_today()
    tallies = [_tally(condition(one.wanted, today=day), one.key) for one in WORK_LISTS]
    counts = db.session.execute(select(*tallies).where(within(scope))).one()._asdict()
    return [
        Number(
            key=one.key,
            label=one.label,
            value=int(counts[one.key] or 0),
            wanted=one.wanted,
            tone=one.tone if counts[one.key] else "",
        )
        for one in WORK_LISTS
    ]


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
    if not wanted.visits:
        parts.append(state_on(period.until_on) != ABSENT)
    elif wanted.visits == VISITED:
        parts += [_served(), _is_visited(period)]
    else:
        parts += [_served(), or_(_is_visited(period), _due(period))]
    return and_(*parts)


def state_on(day: date) -> ColumnElement[str]:
    """Where an enterprise stood at the end of a day.

    Of an enterprise that is no longer looked after only the last such state is known, so before
    it the class of the day counts. One that was registered later, but had been assessed before,
    was there.
    """
    span = _span_on(day)
    its_class = (
        select(span.c.health_class)
        .where(span.c.enterprise_id == Enterprise.id)
        .correlate(Enterprise)
        .scalar_subquery()
    )
    return _state(day, its_class)


def _state(day: date, its_class: ColumnElement[Any]) -> ColumnElement[str]:
    rated = aliased(ClassSpan)
    was_rated = exists().where(rated.enterprise_id == Enterprise.id, rated.from_on <= day)
    return case(
        (
            and_(Enterprise.life_cycle.in_(sorted(RESTING)), Enterprise.life_cycle_on <= day),
            literal(GONE.key),
        ),
        else_=func.coalesce(
            its_class,
            case(
                (was_rated, literal(EXPIRED)),
                (Enterprise.created_at >= _midnight_after(day), literal(ABSENT)),
                else_=literal(UNASSESSED),
            ),
        ),
    )


def _span_on(day: date) -> Subquery:
    """The class that was current on a day, by enterprise: there is one at most."""
    return (
        select(ClassSpan.enterprise_id, ClassSpan.health_class)
        .where(ClassSpan.from_on <= day, ClassSpan.until_on >= day)
        .subquery()
    )


def _marks(period: Period, today: date) -> list[ColumnElement[Any]]:
    """What the overview tells of one enterprise: where it stands, and three times yes or no."""
    standing = case(
        *((condition(one.wanted, today=today), literal(one.key)) for one in (GONE, *CLASSES)),
        else_=literal(""),
    )
    return [
        standing.label("standing"),
        _flag(condition(OVERDUE.wanted, today=today), "is_overdue"),
        _flag(and_(_served(), _is_visited(period)), "is_visited"),
        _flag(and_(_served(), _due(period)), "is_due"),
    ]


def _flag(wanted: ColumnElement[bool], name: str) -> ColumnElement[int]:
    return case((wanted, 1), else_=0).label(name)


def _tally(wanted: ColumnElement[bool], key: str) -> ColumnElement[int]:
    return func.sum(case((wanted, 1), else_=0)).label(key)


def _is_visited(period: Period) -> ColumnElement[bool]:
    """Whether somebody was met there in the period.

    The row knows the last such day; only where that lies after the period are visits looked up.
    """
    last_on = Enterprise.last_visit_on
    earlier = exists().where(
        Visit.enterprise_id == Enterprise.id,
        Visit.visited_on.between(period.from_on, period.until_on),
        Visit.outcome == MET,
    )
    return or_(
        last_on.between(period.from_on, period.until_on),
        and_(last_on > period.until_on, earlier),
    )


def _served() -> ColumnElement[bool]:
    return Enterprise.life_cycle.not_in(sorted(RESTING))


def _due(period: Period) -> ColumnElement[bool]:
    return Enterprise.next_visit_due_on <= period.until_on


def _part_length(scope: Scope, code: str) -> int:
    """How much of a village's code names the line that it is counted in."""
    if code == WHOLE_COUNTRY and scope.areas and WHOLE_COUNTRY not in scope.areas:
        # Several areas of one person: lines of their own level, the widest of them.
        return min(len(area) for area in scope.areas)
    return _BELOW[len(code)]


def _midnight_after(day: date) -> datetime:
    following = day + timedelta(days=1)
    return datetime(following.year, following.month, following.day, tzinfo=LOCAL_ZONE)
