"""Lists of enterprises: filtered, sorted, one page at a time at the same cost however deep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, func, literal, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, aliased

from app.accounts.models import Account
from app.core.clock import LOCAL_ZONE, local_today
from app.core.errors import InvalidInput
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise, Owner
from app.enterprises.queries.plans import beside_index, is_rare, is_wide
from app.enterprises.queries.reach import in_area, within
from app.enterprises.queries.search import text_matches
from app.enterprises.rules.labels import LIFE_CYCLE_LABELS, SIZE_LABELS, sector_label
from app.enterprises.rules.life_cycle import ACTIVE, RESTING
from app.enterprises.rules.list_filter import (
    EXPIRED,
    LONG_SICK_DAYS,
    NOBODY,
    NOT_ASSESSABLE,
    SERVED,
    STOPPED,
    UNASSESSED,
    UNKNOWN_SECTOR,
    ListFilter,
)
from app.places.models import Area
from app.web.paging import Cursor, Page, decode_cursor, encode_cursor

PAGE_SIZE = 50
COUNT_MAX = 1000
DEFAULT_SORT = "nama"


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterpriseLine:
    """One enterprise as a list shows it. The score is in tenths."""

    id: UUID
    name: str
    owner_id: UUID
    owner_name: str
    product_line: str | None
    sector: str | None
    village_code: str
    village_name: str
    district_name: str
    hamlet: str | None
    mentor_id: UUID | None
    mentor_name: str | None
    size_class: str | None
    life_cycle: str
    health_class: str | None
    health_status: str | None
    health_score: int | None
    assessed_on: date | None
    is_expired: bool
    has_plan: bool
    last_visit_on: date | None
    next_visit_due_on: date | None
    is_overdue: bool
    # For how long it has been sick without an approved or running therapy; None where it isn't.
    unplanned_days: int | None

    @property
    def is_left_too_long(self) -> bool:
        """Whether it has been sick for longer than an enterprise may be without a plan."""
        return self.unplanned_days is not None and self.unplanned_days > LONG_SICK_DAYS

    @property
    def place(self) -> str:
        """Village and district."""
        return f"{self.village_name}, {self.district_name}"

    @property
    def sector_label(self) -> str:
        """The sector in words."""
        return sector_label(self.sector)

    @property
    def size_label(self) -> str:
        """The size class in words."""
        return SIZE_LABELS.get(self.size_class or "", "")

    @property
    def life_cycle_label(self) -> str:
        """The state in words."""
        return LIFE_CYCLE_LABELS[self.life_cycle]

    @property
    def is_resting(self) -> bool:
        """Whether nobody visits it for now."""
        return self.life_cycle in RESTING

    @property
    def shown_health(self) -> str | None:
        """What the health component shows: the class, or that it could not be told."""
        if self.health_status == NOT_ASSESSABLE:
            return NOT_ASSESSABLE
        return self.health_class


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


def condition(
    wanted: ListFilter, *, today: date | None = None, by_index: bool = True
) -> ColumnElement[bool]:
    """The condition on `Enterprise` that a filter stands for; the scope is asked for apart."""
    day = today or local_today()
    parts: list[ColumnElement[bool]] = [
        in_area(wanted.area, by_index=by_index),
        _health(wanted.health, day),
        _sector(wanted.sector),
        _mentor(wanted.mentor),
        _life_cycle(wanted.life_cycle),
    ]
    if wanted.is_current:
        parts.append(Enterprise.health_valid_until >= day)
    if wanted.sick_days is not None:
        parts.append(Enterprise.sick_since_on < day - timedelta(days=wanted.sick_days))
    if wanted.is_overdue:
        parts.append(overdue(day))
    if wanted.is_without_plan:
        parts.append(Enterprise.has_plan.is_(False))
    if wanted.created_from:
        parts.append(Enterprise.created_at >= _midnight(wanted.created_from))
    if wanted.created_until:
        next_day = wanted.created_until + timedelta(days=1)
        parts.append(Enterprise.created_at < _midnight(next_day))
    if wanted.text:
        parts.append(text_matches(wanted.text))
    return and_(*parts)


def overdue(today: date) -> ColumnElement[bool]:
    """The next visit was due before today, and the enterprise is one that is visited."""
    return and_(late(today), Enterprise.life_cycle.not_in(sorted(RESTING)))


def late(today: date) -> ColumnElement[bool]:
    """The next visit was due before today, if the enterprise is one that is visited."""
    return and_(Enterprise.next_visit_due_on < today)


def expired(today: date) -> ColumnElement[bool]:
    """The last assessment is no longer valid."""
    return Enterprise.health_valid_until < today


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

    Raises:
        InvalidInput: code "cursor_unknown".
    """
    order = SORTS[sort_named(sort)]
    place = decode_cursor(cursor, key_count=2)
    is_backward = place is not None and place.is_backward
    is_falling = order.is_descending != is_backward
    by_index = not is_wide(scope, wanted.area, and_(within(scope), in_area(wanted.area)))
    ordered = _ordering(order, is_falling=is_falling)
    ids = select(Enterprise.id).where(
        within(scope, by_index=by_index), condition(wanted, by_index=by_index), _also(also)
    )
    if place is not None:
        ids = ids.where(_beyond(order, place, is_falling=is_falling))
    ids = ids.order_by(*_gathered_if_rare(ordered, wanted)).limit(size + 1)
    # Finding the page by its keys alone lets the engine read an index and not the rows; only
    # the rows that are shown are then looked up.
    statement = (
        _lines(local_today())
        .add_columns(order.column.label("sort_key"))
        .where(Enterprise.id.in_(ids))
        .order_by(*ordered)
    )
    rows = list(db.session.execute(statement))
    return _page(rows, size=size, place=place)


def count(scope: Scope, wanted: ListFilter, *, also: ColumnElement[bool] | None = None) -> int:
    """How many there are, but at most one more than `COUNT_MAX`: counting all would cost more
    than showing them."""
    found = (
        select(literal(1))
        .select_from(Enterprise)
        .where(within(scope), condition(wanted), _also(also))
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


def _lines(today: date) -> Select[*tuple[Any, ...]]:
    village, district = aliased(Area), aliased(Area)
    return (
        select(
            Enterprise.id,
            Enterprise.name,
            Enterprise.owner_id,
            Owner.name.label("owner_name"),
            Enterprise.product_line,
            Enterprise.sector,
            Enterprise.village_code,
            village.name.label("village_name"),
            district.name.label("district_name"),
            Enterprise.hamlet,
            Enterprise.mentor_id,
            Account.name.label("mentor_name"),
            Enterprise.size_class,
            Enterprise.life_cycle,
            Enterprise.health_class,
            Enterprise.health_status,
            Enterprise.health_score,
            Enterprise.assessed_on,
            func.coalesce(expired(today), False).label("is_expired"),
            Enterprise.has_plan,
            Enterprise.last_visit_on,
            Enterprise.next_visit_due_on,
            Enterprise.sick_since_on,
            func.coalesce(overdue(today), False).label("is_overdue"),
        )
        .join(Owner, Owner.id == Enterprise.owner_id)
        .join(village, village.code == Enterprise.village_code)
        .join(district, district.code == village.parent_code)
        .outerjoin(Account, Account.id == Enterprise.mentor_id)
    )


def _page(rows: list[Row[Any]], *, size: int, place: Cursor | None) -> Page[EnterpriseLine]:
    is_backward = place is not None and place.is_backward
    has_more = len(rows) > size
    shown = rows[:size]
    if is_backward:
        shown.reverse()
    has_before = has_more if is_backward else place is not None
    has_after = True if is_backward else has_more
    return Page(
        rows=[_line(row) for row in shown],
        previous_cursor=_cursor(shown[0], is_backward=True) if shown and has_before else None,
        next_cursor=_cursor(shown[-1], is_backward=False) if shown and has_after else None,
    )


def _line(row: Row[Any]) -> EnterpriseLine:
    values = row._asdict()
    del values["sort_key"]
    values["is_expired"] = bool(values["is_expired"])
    values["is_overdue"] = bool(values["is_overdue"])
    values["unplanned_days"] = _unplanned_days(row, values.pop("sick_since_on"))
    return EnterpriseLine(**values)


def _unplanned_days(row: Row[Any], sick_since_on: date | None) -> int | None:
    if sick_since_on is None or row.has_plan or row.life_cycle in RESTING:
        return None
    return (local_today() - sick_since_on).days


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
    if wanted.life_cycle in ("", ACTIVE, SERVED) or not is_rare(_life_cycle(wanted.life_cycle)):
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
    name = str(key)
    # Nobody's name holds NUL, which PostgreSQL refuses, or half a character.
    if "\x00" in name or (not name.isascii() and name != name.encode("utf-8", "ignore").decode()):
        raise ValueError(key)
    return name


def _health(wanted: str, today: date) -> ColumnElement[bool]:
    if not wanted:
        return true()
    if wanted == UNASSESSED:
        return Enterprise.assessed_on.is_(None)
    if wanted == NOT_ASSESSABLE:
        return Enterprise.health_status == NOT_ASSESSABLE
    if wanted == EXPIRED:
        return expired(today)
    return Enterprise.health_class == wanted


def _life_cycle(wanted: str) -> ColumnElement[bool]:
    if not wanted:
        return true()
    if wanted == SERVED:
        return Enterprise.life_cycle.not_in(sorted(RESTING))
    if wanted == STOPPED:
        return Enterprise.life_cycle.in_(sorted(RESTING))
    # Nearly all are active: looking them up first would gather the whole register.
    state: Any = beside_index(Enterprise.life_cycle) if wanted == ACTIVE else Enterprise.life_cycle
    return and_(state == wanted)


def _sector(wanted: str) -> ColumnElement[bool]:
    if not wanted:
        return true()
    return Enterprise.sector.is_(None) if wanted == UNKNOWN_SECTOR else Enterprise.sector == wanted


def _mentor(wanted: UUID | str) -> ColumnElement[bool]:
    if not wanted:
        return true()
    return Enterprise.mentor_id.is_(None) if wanted == NOBODY else Enterprise.mentor_id == wanted


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=LOCAL_ZONE)
