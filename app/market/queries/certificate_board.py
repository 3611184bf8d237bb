"""The office's board of certificates: by state and village, stuck longest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, Select, case, desc, func, select

from app.core.clock import local_today
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries import in_area, within
from app.market.models import Certificate, Product
from app.market.queries.certificates_reach import limits_on
from app.market.queries.dated_rules import value
from app.market.queries.due import REMINDERS, condition, due_count, stuck_first
from app.market.rules.certificates import due_on, nib_state, shown_state
from app.market.rules.reminders import COMMITMENT, EXPIRING, LAPSED, REVIEW, STUCK
from app.market.rules.tracks import tracks
from app.places.queries import path_labels

ALL = "semua"
STANDS = {
    STUCK: "Macet, paling lama lebih dahulu",
    EXPIRING: "Habis dalam waktu dekat",
    LAPSED: "Sudah habis",
    COMMITMENT: "Komitmen mendekati batas atau terlambat",
    REVIEW: "Mendekati pemeriksaan ulang halal",
    ALL: "Semua izin",
}
_KINDS = tuple(kind for kind in STANDS if kind != ALL)
PAGE_SIZE = 50
_MOST_VILLAGES = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which certificates a list is about; empty is any."""

    stand: str = ALL
    track: str = ""
    state: str = ""
    area: str = ""

    @property
    def address(self) -> dict[str, str]:
        """The words of the address that ask for the same."""
        words = {"keadaan": self.stand, "jalur": self.track, "langkah": self.state}
        return {key: word for key, word in {**words, "wilayah": self.area}.items() if word}


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardLine:
    """One certificate in the list."""

    id: UUID
    enterprise_id: UUID
    enterprise_name: str
    village: str
    name: str
    about: str
    state_name: str
    holder: str
    days: int
    stuck_days: int
    expires_on: date | None
    is_estimate: bool
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StateCell:
    """How many certificates of a track stand in one state."""

    track: str
    state: str
    name: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackLine:
    """One track with its states, in the order of the way."""

    code: str
    name: str
    count: int
    cells: tuple[StateCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VillageLine:
    """One village: how many ways are open, stuck, and ending."""

    code: str
    name: str
    open: int
    stuck: int
    expiring: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """What an office sees first."""

    counts: Mapping[str, int]
    tracks: tuple[TrackLine, ...]
    villages: tuple[VillageLine, ...]


def board(scope: Scope) -> Board:
    """Counts of each list, of each state, and of the villages with most that is stuck."""
    today = local_today()
    states = _states(scope, today)
    return Board(
        counts={kind: sum(int(row[kind]) for row in states) for kind in _KINDS},
        tracks=_tracks({(row["track"], row["state"]): row["open"] for row in states}),
        villages=_villages(scope, today),
    )


def stuck_count(scope: Scope) -> int:
    """How many certificates wait longer than usual."""
    return due_count(scope, STUCK, on=local_today())


def lapsed_count(scope: Scope) -> int:
    """How many permits are over."""
    return due_count(scope, LAPSED, on=local_today())


def expiring_count(scope: Scope) -> int:
    """How many permits end soon."""
    return due_count(scope, EXPIRING, on=local_today())


def commitment_count(scope: Scope) -> int:
    """How many commitments must be met soon, or are late."""
    return due_count(scope, COMMITMENT, on=local_today())


def board_lines(scope: Scope, wanted: Wanted, *, offset: int = 0) -> tuple[list[BoardLine], bool]:
    """A page of one list, and whether there are more."""
    lines = _lines(scope, wanted, offset, PAGE_SIZE + 1)
    return lines[:PAGE_SIZE], len(lines) > PAGE_SIZE


def line_count(scope: Scope, wanted: Wanted) -> int:
    """How many certificates a list holds."""
    today = local_today()
    statement = (
        select(func.count())
        .select_from(Certificate)
        .join(Enterprise, Enterprise.id == Certificate.enterprise_id)
        .where(within(scope), *_conditions(wanted, today, limits_on(today)))
    )
    return int(db.session.scalar(statement) or 0)


def enterprises_of(scope: Scope, wanted: Wanted, *, limit: int) -> list[UUID]:
    """The enterprises of a list, each once, in its order."""
    return list(dict.fromkeys(one.enterprise_id for one in _lines(scope, wanted, 0, limit)))


def _lines(scope: Scope, wanted: Wanted, offset: int, limit: int) -> list[BoardLine]:
    today = local_today()
    limits = limits_on(today)
    rows = db.session.execute(
        select(
            Certificate,
            Enterprise.name,
            Enterprise.nib,
            Enterprise.village_code,
            Product.name.label("about"),
        )
        .join(Enterprise, Enterprise.id == Certificate.enterprise_id)
        .outerjoin(Product, Product.id == Certificate.product_id)
        .where(within(scope), *_conditions(wanted, today, limits))
        .order_by(*_order(wanted.stand), Certificate.id)
        .offset(offset)
        .limit(limit)
    ).all()
    villages = path_labels({row.village_code for row in rows})
    return [_line(row, villages, today, limits) for row in rows]


def _conditions(wanted: Wanted, today: date, limits: Mapping[str, Any]) -> list[Any]:
    found: list[Any] = [Certificate.is_open]
    if wanted.stand != ALL:
        steps: Sequence[int] = value(REMINDERS, on=today)
        found = [condition(wanted.stand, on=today, limits=limits, steps=steps)]
    if wanted.track:
        found.append(Certificate.track == wanted.track)
    if wanted.state:
        found.append(Certificate.state == wanted.state)
    if wanted.area:
        found.append(in_area(wanted.area))
    return found


def _order(stand: str) -> tuple[Any, ...]:
    return {
        STUCK: (Certificate.due_on,),
        EXPIRING: (Certificate.expires_on,),
        LAPSED: (Certificate.expires_on,),
        COMMITMENT: (Certificate.committed_on,),
        REVIEW: (Certificate.issued_on,),
    }.get(stand) or stuck_first()


def _line(row: Any, villages: Mapping[str, str], today: date, limits: Any) -> BoardLine:
    one: Certificate = row.Certificate
    of = tracks()[one.track]
    if one.track == "nib":
        state, number = of.states[nib_state(one.state, row.nib) or one.state], row.nib
    else:
        state, number = shown_state(one, on=today, limits=limits), one.number
    due = due_on(state, one.state_on)
    return BoardLine(
        id=one.id,
        enterprise_id=one.enterprise_id,
        enterprise_name=row.name,
        village=villages[row.village_code],
        name=of.name,
        about=row.about or "",
        state_name=state.name,
        holder=state.holder_name,
        days=(today - one.state_on).days,
        stuck_days=max((today - due).days, 0) if due else 0,
        expires_on=one.expires_on,
        is_estimate=one.expires_is_estimate,
        number=number or "",
    )


def _states(scope: Scope, today: date) -> Sequence[RowMapping]:
    """Of each state of each track how many are open, and how many stand in each list.

    One statement.
    """
    return (
        db.session.execute(
            _counted(scope, today, _KINDS, Certificate.track, Certificate.state).order_by(
                Certificate.track, Certificate.state
            )
        )
        .mappings()
        .all()
    )


def _tracks(counts: Mapping[tuple[str, str], int]) -> tuple[TrackLine, ...]:
    lines = []
    for of in tracks().values():
        cells = tuple(
            StateCell(track=of.code, state=code, name=state.name, count=counts[of.code, code])
            for code, state in of.states.items()
            if (of.code, code) in counts
        )
        if cells:
            total = sum(cell.count for cell in cells)
            lines.append(TrackLine(code=of.code, name=of.name, count=total, cells=cells))
    return tuple(lines)


def _villages(scope: Scope, today: date) -> tuple[VillageLine, ...]:
    rows = db.session.execute(
        _counted(scope, today, (STUCK, EXPIRING), Enterprise.village_code)
        .order_by(desc(STUCK), desc(EXPIRING), Enterprise.village_code)
        .limit(_MOST_VILLAGES)
    ).mappings()
    found = list(rows)
    names = path_labels({row["village_code"] for row in found})
    return tuple(
        VillageLine(
            code=row["village_code"],
            name=names[row["village_code"]],
            open=row["open"],
            stuck=row[STUCK],
            expiring=row[EXPIRING],
        )
        for row in found
    )


def _counted(scope: Scope, today: date, kinds: Sequence[str], *by: Any) -> Select[Any]:
    """How many open certificates there are by some columns, and of them in each list."""
    limits, steps = limits_on(today), value(REMINDERS, on=today)
    wanted = {kind: condition(kind, on=today, limits=limits, steps=steps) for kind in kinds}
    return (
        select(
            *by,
            func.count().label("open"),
            *(func.count(case((holds, 1))).label(kind) for kind, holds in wanted.items()),
        )
        .select_from(Certificate)
        .join(Enterprise, Enterprise.id == Certificate.enterprise_id)
        .where(within(scope), Certificate.is_open)
        .group_by(*by)
    )
