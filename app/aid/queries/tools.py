"""The register of tools: list, totals, one tool with its holders and checks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, or_, select

from app.aid.models import AidCase, Tool
from app.aid.queries.reach import tools_within
from app.aid.rules.steps import CHECKED_30, CHECKED_90, HANDED_OVER, IN_USE, INSTALLED
from app.aid.rules.use import CONDITION_LABELS, IDLE_AFTER_DAYS
from app.core.clock import local_today
from app.core.scope import Scope
from app.core.text import search_text
from app.db import db
from app.db.areas import lies_in
from app.enterprises.models import Enterprise
from app.enterprises.rules.life_cycle import RESTING
from app.interventions.rules import FUNDING_SOURCES
from app.places.queries import path_labels
from app.web.paging import Page, decode_cursor, encode_cursor

PAGE_SIZE = 50
USES = {
    "menganggur": "Menganggur lebih dari 60 hari",
    "dipakai": "Dipakai",
    "waktunya_dicek": "Waktunya dicek (hari ke-30, 90, 180)",
    "belum_dicek": "Belum dicek 60 hari terakhir",
    "rusak": "Rusak atau hilang",
    "pemegang_berhenti": "Pemegangnya tutup, berangkat lagi, atau menolak",
    "dipegang": "Dipegang usaha",
    "disimpan": "Disimpan, tanpa pemegang",
}
_UNUSABLE = ("rusak_berat", "hilang")


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolFilter:
    """What a list of tools asks for; an empty word asks for anything."""

    text: str = ""
    use: str = ""
    funding: str = ""
    year: int | None = None
    area: str = ""

    def address(self) -> dict[str, str]:
        """The list as the words of an address."""
        words = {
            "cari": self.text,
            "keadaan": self.use,
            "dana": self.funding,
            "tahun": str(self.year or ""),
            "wilayah": self.area,
        }
        return {name: word for name, word in words.items() if word}

    def with_use(self, use: str) -> dict[str, str]:
        """The words of the same list, but of tools in this use; "" is any."""
        return replace(self, use=use).address()

    def described(self) -> list[tuple[str, str]]:
        """The list in words, as (what, which)."""
        lines = [
            ("Kata", self.text),
            ("Keadaan", USES.get(self.use, "")),
            ("Sumber dana", FUNDING_SOURCES.get(self.funding, "")),
            ("Tahun dana", str(self.year or "")),
            ("Wilayah", path_labels([self.area])[self.area] if self.area else ""),
        ]
        return [(what, which) for what, which in lines if which]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolLine:
    """One tool in the register."""

    id: UUID
    name: str
    serial_number: str
    value: int
    funding: str
    funded_year: int
    holder_id: UUID | None
    holder_name: str
    village: str
    place: str
    condition: str
    days_used: int | None
    checked_on: date | None
    idle_days: int | None
    held_from: date
    has_photo: bool
    version: int

    @property
    def is_idle(self) -> bool:
        """Whether it stands idle for longer than may be."""
        return self.idle_days is not None and self.idle_days > IDLE_AFTER_DAYS

    @property
    def is_stored(self) -> bool:
        """Whether nobody holds it."""
        return self.holder_id is None

    @property
    def condition_label(self) -> str:
        """The condition in words."""
        return CONDITION_LABELS[self.condition]

    @property
    def use_words(self) -> str:
        """How much it is used, in words."""
        if self.is_stored:
            return "disimpan"
        if self.days_used is None:
            return "belum dicek"
        return f"{self.days_used} hari dalam 30 hari"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolTotals:
    """How many tools of what value a list has."""

    count: int
    value: int
    idle: int
    idle_value: int
    due: int


def tools(scope: Scope, asked: ToolFilter, *, cursor: str | None) -> Page[ToolLine]:
    """One page of the register, by name.

    Raises:
        InvalidInput: code "cursor_unknown".
    """
    position = decode_cursor(cursor, key_count=2)
    statement = _listed(scope, asked)
    if position is None:
        rows = _rows(statement.order_by(Tool.search_name, Tool.id).limit(PAGE_SIZE + 1))
        return _page(rows, is_backward=False, is_first=True)
    name, key = str(position.keys[0]), UUID(str(position.keys[1]))
    if position.is_backward:
        before = or_(Tool.search_name < name, and_(Tool.search_name == name, Tool.id < key))
        order = (Tool.search_name.desc(), Tool.id.desc())
        rows = _rows(statement.where(before).order_by(*order).limit(PAGE_SIZE + 1))
        return _page(rows, is_backward=True, is_first=False)
    after = or_(Tool.search_name > name, and_(Tool.search_name == name, Tool.id > key))
    order_up = (Tool.search_name, Tool.id)
    rows = _rows(statement.where(after).order_by(*order_up).limit(PAGE_SIZE + 1))
    return _page(rows, is_backward=False, is_first=False)


def all_tools(scope: Scope, asked: ToolFilter) -> Iterator[ToolLine]:
    """All rows of the same list, for a file."""
    rows = _rows(_listed(scope, asked).order_by(Tool.search_name, Tool.id))
    return iter(_lines(rows))


def totals(scope: Scope, asked: ToolFilter) -> ToolTotals:
    """How many tools of what value the list has."""
    idle = _use("menganggur")
    row = db.session.execute(
        select(
            func.count(Tool.id),
            func.coalesce(func.sum(Tool.value), 0),
            func.count(Tool.id).filter(idle),
            func.coalesce(func.sum(Tool.value).filter(idle), 0),
            func.count(Tool.id).filter(_use("waktunya_dicek")),
        ).where(*_conditions(scope, asked))
    ).one()
    return ToolTotals(
        count=row[0], value=int(row[1]), idle=row[2], idle_value=int(row[3]), due=row[4]
    )


def due_count(scope: Scope) -> int:
    """How many tools are due for the check of day 30, 90 or 180."""
    return totals(scope, ToolFilter(use="waktunya_dicek")).count


def idle_count(scope: Scope) -> int:
    """How many tools stand idle: the number behind which that list lies."""
    return totals(scope, ToolFilter(use="menganggur")).count


def stranded_count(scope: Scope) -> int:
    """How many tools stand at who closed, left or wants no help: the length of that list."""
    return totals(scope, ToolFilter(use="pemegang_berhenti")).count


def held_by_village(scope: Scope, area: str) -> list[tuple[str, int, int]]:
    """The villages of an area with tools that somebody holds there: code, how many, how many of
    them idle. The lists behind are those of "dipegang" and "menganggur"."""
    asked = ToolFilter(use="dipegang", area=area)
    statement = (
        select(Tool.area_code, func.count(), func.count().filter(_use("menganggur")))
        .where(*_conditions(scope, asked))
        .group_by(Tool.area_code)
        .order_by(Tool.area_code)
    )
    return [(row[0], row[1], row[2]) for row in db.session.execute(statement)]


def due_checks(scope: Scope, *, today: date | None = None) -> list[ToolLine]:
    """Tools with a holder that nobody looked at for 60 days, the longest first, at most a page."""
    rows = _rows(
        _listed(scope, ToolFilter(use="belum_dicek"), today=today)
        .order_by(func.coalesce(Tool.checked_on, Tool.held_from), Tool.id)
        .limit(PAGE_SIZE)
    )
    return _lines(rows)


def tools_of(enterprise_id: UUID) -> list[ToolLine]:
    """The tools of an enterprise that the caller has found within its scope."""
    statement = select(Tool, Enterprise.name).join(Enterprise, Enterprise.id == Tool.holder_id)
    rows = _rows(
        statement.where(Tool.holder_id == enterprise_id).order_by(Tool.search_name, Tool.id)
    )
    return _lines(rows)


def tool_line(tool_id: UUID) -> ToolLine:
    """A tool that the caller has found within its scope."""
    statement = select(Tool, Enterprise.name).outerjoin(Enterprise, Enterprise.id == Tool.holder_id)
    return _lines(_rows(statement.where(Tool.id == tool_id)))[0]


def _listed(scope: Scope, asked: ToolFilter, *, today: date | None = None) -> Select[Tool, str]:
    return (
        select(Tool, Enterprise.name)
        .outerjoin(Enterprise, Enterprise.id == Tool.holder_id)
        .where(*_conditions(scope, asked, today=today))
    )


def _conditions(
    scope: Scope, asked: ToolFilter, *, today: date | None = None
) -> list[ColumnElement[bool]]:
    parts: list[ColumnElement[bool]] = [tools_within(scope)]
    words = search_text(asked.text).split()
    parts += [Tool.search_name.contains(word, autoescape=True) for word in words]
    if asked.use:
        parts.append(_use(asked.use, today=today))
    if asked.funding:
        parts.append(Tool.funding_source == asked.funding)
    if asked.year is not None:
        parts.append(Tool.funded_year == asked.year)
    if asked.area:
        parts.append(lies_in(Tool.area_code, asked.area))
    return parts


# How many days after the handover the next check is due, by the state that waits for it.
_WAITS = {HANDED_OVER: 30, INSTALLED: 30, IN_USE: 30, CHECKED_30: 90, CHECKED_90: 180}


def _is_due(today: date) -> ColumnElement[bool]:
    """Today's holder got it by an aid whose next check has come, and it was not checked since."""
    waiting = or_(
        *(
            and_(
                AidCase.state == state,
                AidCase.handed_over_on <= today - timedelta(days=days),
                or_(
                    Tool.checked_on.is_(None),
                    Tool.checked_on < today - timedelta(days=IDLE_AFTER_DAYS // 2),
                ),
            )
            for state, days in _WAITS.items()
        )
    )
    return exists().where(AidCase.enterprise_id == Tool.holder_id, waiting)


def _use(use: str, *, today: date | None = None) -> ColumnElement[bool]:
    long_ago = date.fromordinal((today or local_today()).toordinal() - IDLE_AFTER_DAYS)
    is_held = Tool.holder_id.is_not(None)
    if use == "menganggur":
        return and_(is_held, Tool.idle_since_on < long_ago)
    if use == "waktunya_dicek":
        return _is_due(today or local_today())
    if use in ("disimpan", "dipegang"):
        return is_held if use == "dipegang" else Tool.holder_id.is_(None)
    if use == "pemegang_berhenti":
        is_resting = Enterprise.life_cycle.in_(sorted(RESTING))
        return Tool.holder_id.in_(select(Enterprise.id).where(is_resting))
    if use == "rusak":
        return Tool.condition.in_(_UNUSABLE)
    if use == "belum_dicek":
        return and_(is_held, func.coalesce(Tool.checked_on, Tool.held_from) < long_ago)
    return and_(
        is_held,
        Tool.idle_since_on.is_(None),
        Tool.checked_on >= long_ago,
        Tool.condition.not_in(_UNUSABLE),
    )


def _rows(statement: Select[Tool, str]) -> list[Row[Tool, str]]:
    return list(db.session.execute(statement).all())


def _page(rows: list[Row[Tool, str]], *, is_backward: bool, is_first: bool) -> Page[ToolLine]:
    has_more = len(rows) > PAGE_SIZE
    shown = rows[:PAGE_SIZE]
    if is_backward:
        shown.reverse()
    lines = _lines(shown)
    if not shown:
        return Page(rows=[])
    first, last = shown[0][0], shown[-1][0]
    has_previous = has_more if is_backward else not is_first
    has_next = True if is_backward else has_more
    return Page(
        rows=lines,
        previous_cursor=encode_cursor(first.search_name, str(first.id), is_backward=True)
        if has_previous
        else None,
        next_cursor=encode_cursor(last.search_name, str(last.id)) if has_next else None,
    )


def _lines(rows: list[Row[Tool, str]]) -> list[ToolLine]:
    today = local_today()
    villages = path_labels({row.area_code for row, _ in rows})
    return [_line(row, name, villages, today) for row, name in rows]


def _line(row: Tool, holder: str | None, villages: Mapping[str, str], today: date) -> ToolLine:
    return ToolLine(
        id=row.id,
        name=row.name,
        serial_number=row.serial_number,
        value=row.value,
        funding=FUNDING_SOURCES[row.funding_source],
        funded_year=row.funded_year,
        holder_id=row.holder_id,
        holder_name=holder or "Disimpan",
        village=villages.get(row.area_code, row.area_code),
        place=row.place,
        condition=row.condition,
        days_used=row.days_used,
        checked_on=row.checked_on,
        idle_days=None if row.idle_since_on is None else (today - row.idle_since_on).days,
        held_from=row.held_from,
        has_photo=row.photo_id is not None,
        version=row.version,
    )
