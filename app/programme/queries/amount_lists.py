"""The lines behind a number of other things than enterprises, by the condition that counted it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CTE, Row, Select, Subquery, Uuid, and_, func, or_, select

from app.accounts.models import Account
from app.aid.models import Tool
from app.core.errors import InvalidInput, NotFound
from app.db import db
from app.enterprises.models import Enterprise
from app.interventions.models import Intervention
from app.interventions.rules import current_catalogue
from app.mentoring.models import Visit
from app.places.queries import COUNTRY_NAME, path_labels
from app.programme.queries.answers import amount_table
from app.programme.queries.fact_tables import Amount, Around
from app.programme.rules import kinds
from app.programme.rules.kinds import KINDS, Kind
from app.trainings.models import TrainingSession
from app.web.paging import Page, decode_cursor, encode_cursor

PAGE_SIZE = 50
Lines = Select[*tuple[Any, ...]]
_ENTERPRISE = (
    Enterprise.id.label("enterprise_id"),
    Enterprise.name.label("enterprise_name"),
    Enterprise.village_code.label("area"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountLine:
    """One line: what its kind shows of it, the rest is empty."""

    key: str
    name: str
    enterprise_id: UUID | None
    enterprise_name: str
    place: str
    day: date | None
    words: str
    more: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountList:
    """One page, or all, of the lines behind a number; `total` is the sum where one is made."""

    words: str
    kind: Kind
    count: int
    total: int | None
    page: Page[AmountLine]


def amount_list(around: Around, fact: str, *, cursor: str | None) -> AmountList:
    """One page of the lines behind a number.

    Raises:
        NotFound: there is no such number.
        InvalidInput: code "cursor_unknown".
    """
    return _list(around, fact, lambda lines: _page(lines, cursor))


def whole_amount_list(around: Around, fact: str) -> AmountList:
    """All lines behind a number, for a file.

    Raises:
        NotFound: there is no such number.
    """
    return _list(around, fact, lambda lines: Page(rows=_told(_rows(_ordered(lines)))))


def _list(around: Around, fact: str, paged: Callable[[Subquery], Page[AmountLine]]) -> AmountList:
    table = amount_table(fact)
    if table is None:
        raise NotFound("figure_unknown", message="Angka ini tidak ditemukan.")
    amount = table.amounts[fact]
    lines = _SHOWN[amount.kind](table.once(around), amount).subquery()
    number = func.coalesce(func.sum(lines.c.number), 0) if amount.summed else func.count()
    count, total = db.session.execute(select(func.count(), number).select_from(lines)).one()
    return AmountList(
        words=amount.words,
        kind=KINDS[amount.kind],
        count=count,
        total=int(total) if amount.summed else None,
        page=paged(lines),
    )


def _visits(rows: CTE, amount: Amount) -> Lines:
    return (
        select(
            Visit.id.label("key"),
            Enterprise.search_name.label("sort"),
            *_ENTERPRISE,
            Visit.visited_on.label("day"),
            Account.name.label("words"),
        )
        .select_from(rows)
        .join(Visit, Visit.id == rows.c.row_id)
        .join(Enterprise, Enterprise.id == rows.c.id)
        .outerjoin(Account, Account.id == Visit.mentor_id)
        .where(amount.holds(rows.c))
    )


def _therapies(rows: CTE, amount: Amount) -> Lines:
    return (
        select(
            Intervention.id.label("key"),
            Enterprise.search_name.label("sort"),
            *_ENTERPRISE,
            Intervention.closed_on.label("day"),
            Intervention.therapy_code.label("therapy"),
            Intervention.provider.label("more"),
        )
        .select_from(rows)
        .join(Intervention, Intervention.id == rows.c.row_id)
        .join(Enterprise, Enterprise.id == rows.c.id)
        .where(amount.holds(rows.c))
    )


def _sessions(rows: CTE, amount: Amount) -> Lines:
    return select(
        TrainingSession.id.label("key"),
        TrainingSession.topic.label("sort"),
        TrainingSession.topic.label("name"),
        TrainingSession.held_on.label("day"),
        TrainingSession.provider.label("words"),
    ).where(TrainingSession.id.in_(select(rows.c.session_id).where(amount.holds(rows.c))))


def _names(rows: CTE, amount: Amount) -> Lines:
    name = rows.c[amount.each]
    return (
        select(
            name.label("key"),
            name.label("sort"),
            name.label("name"),
            func.count(rows.c.id.distinct()).label("number"),
        )
        .where(amount.holds(rows.c))
        .group_by(name)
    )


def _tools(rows: CTE, amount: Amount) -> Lines:
    return (
        select(
            Tool.id.label("key"),
            Tool.search_name.label("sort"),
            Tool.name.label("name"),
            *_ENTERPRISE,
            Tool.value.label("number"),
        )
        .select_from(rows)
        .join(Tool, Tool.id == rows.c.row_id)
        .join(Enterprise, Enterprise.id == rows.c.id)
        .where(amount.holds(rows.c))
    )


def _mentors(rows: CTE, amount: Amount) -> Lines:
    return select(
        Account.id.label("key"), Account.name.label("sort"), Account.name.label("name")
    ).where(Account.id.in_(select(rows.c.mentor_id).where(amount.holds(rows.c))))


def _accounts(rows: CTE, amount: Amount) -> Lines:
    return (
        select(
            rows.c.id.label("key"),
            rows.c.name.label("sort"),
            rows.c.name.label("name"),
            func.aggregate_strings(rows.c.area_code, ",").label("area"),
        )
        .where(amount.holds(rows.c))
        .group_by(rows.c.id, rows.c.name)
    )


def _summed(rows: CTE, amount: Amount) -> Lines:
    if amount.summed is None:
        raise ValueError(amount.kind)
    value = amount.summed(rows.c)
    return (
        select(
            Enterprise.id.label("key"),
            Enterprise.search_name.label("sort"),
            *_ENTERPRISE,
            value.label("number"),
        )
        .select_from(rows)
        .join(Enterprise, Enterprise.id == rows.c.id)
        .where(amount.holds(rows.c), value > 0)
    )


_SHOWN: Mapping[str, Callable[[CTE, Amount], Lines]] = {
    kinds.VISIT: _visits,
    kinds.THERAPY: _therapies,
    kinds.SESSION: _sessions,
    kinds.PROVIDER: _names,
    kinds.TRAINER: _names,
    kinds.TOOL: _tools,
    kinds.MENTOR: _mentors,
    kinds.ACCOUNT: _accounts,
    kinds.WORKERS: _summed,
    kinds.CAPITAL: _summed,
}


def _page(lines: Subquery, cursor: str | None) -> Page[AmountLine]:
    position = decode_cursor(cursor, key_count=2)
    is_backward = position is not None and position.is_backward
    asked = _ordered(lines, is_backward=is_backward).limit(PAGE_SIZE + 1)
    if position is not None:
        sort, key = str(position.keys[0]), _key(lines, str(position.keys[1]))
        same = lines.c.sort == sort
        before = or_(lines.c.sort < sort, and_(same, lines.c.key < key))
        after = or_(lines.c.sort > sort, and_(same, lines.c.key > key))
        asked = asked.where(before if is_backward else after)
    rows = _rows(asked)
    has_more, shown = len(rows) > PAGE_SIZE, rows[:PAGE_SIZE]
    if not shown:
        return Page(rows=[])
    if is_backward:
        shown.reverse()
    has_previous = has_more if is_backward else position is not None
    first, last = shown[0], shown[-1]
    return Page(
        rows=_told(shown),
        previous_cursor=encode_cursor(first.sort, str(first.key), is_backward=True)
        if has_previous
        else None,
        next_cursor=encode_cursor(last.sort, str(last.key)) if is_backward or has_more else None,
    )


def _key(lines: Subquery, word: str) -> UUID | str:
    if not isinstance(lines.c.key.type, Uuid):
        return word
    try:
        return UUID(word)
    except ValueError as broken:
        raise InvalidInput(
            "cursor_unknown", message="Alamat halaman ini tidak lengkap. Buka lagi dari daftar."
        ) from broken


def _ordered(lines: Subquery, *, is_backward: bool = False) -> Lines:
    order = (lines.c.sort, lines.c.key)
    return select(lines).order_by(*(one.desc() for one in order) if is_backward else order)


def _rows(statement: Lines) -> list[Row[*tuple[Any, ...]]]:
    return list(db.session.execute(statement).all())


def _told(rows: list[Row[*tuple[Any, ...]]]) -> list[AmountLine]:
    each = [row._asdict() for row in rows]
    areas = {code for one in each for code in (one.get("area") or "").split(",") if code}
    labels = path_labels(areas)
    therapies = current_catalogue().therapies
    lines = []
    for one in each:
        therapy = therapies.get(one.get("therapy") or "")
        codes = sorted(set((one.get("area") or "").split(","))) if "area" in one else []
        lines.append(
            AmountLine(
                key=str(one["key"]),
                name=one.get("name") or "",
                enterprise_id=one.get("enterprise_id"),
                enterprise_name=one.get("enterprise_name") or "",
                place="; ".join(labels.get(code, code) or COUNTRY_NAME for code in codes),
                day=one.get("day"),
                words=therapy.name if therapy else one.get("words") or "",
                more=one.get("more") or "",
                number=int(one.get("number") or 0),
            )
        )
    return lines
