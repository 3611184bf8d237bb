"""The board of assignments: by village, by mentor, and one village whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, case, func, select

from app.core.clock import local_today
from app.core.distance import Place
from app.core.errors import NotFound
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries import within
from app.enterprises.queries.reach import in_area
from app.enterprises.rules.life_cycle import RESTING
from app.enterprises.rules.shown import is_expired
from app.mentoring.models import Mentor
from app.mentoring.queries.mentors import MentorLine, mentor_lines
from app.mentoring.queries.ways import Ways, ways_between
from app.mentoring.rules.proposal import fits, needed_skills
from app.places.queries import path_labels

SHOWN_ENTERPRISES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many enterprises of a village one mentor has, and how far that village is."""

    mentor_id: UUID
    name: str
    count: int
    km: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VillageLine:
    """One village: its enterprises in service, who has them, and who could take more."""

    code: str
    label: str
    total: int
    sick: int
    without_mentor: int
    shares: tuple[Share, ...]
    nearest: Share | None
    place: Place | None

    @property
    def row(self) -> str:
        """The id of its line in the table."""
        return f"baris-{self.code.replace('.', '-')}"


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardMentor:
    """One mentor of the board; villages and kilometres are those of the area that is shown."""

    line: MentorLine
    here: int
    villages: int
    average_km: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The villages and mentors of an area; the sums stand above them."""

    villages: tuple[VillageLine, ...]
    mentors: tuple[BoardMentor, ...]
    total: int
    without_mentor: int
    free: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VillageEnterprise:
    """One enterprise of a village, with the mentor it has and how far they come."""

    id: UUID
    name: str
    hamlet: str | None
    sector: str | None
    health_class: str | None
    is_expired: bool
    mentor_id: UUID | None
    mentor_name: str | None
    km: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A mentor who could take enterprises of a village; `fitting` of them need what they know."""

    line: MentorLine
    km: float | None
    fitting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VillagePage:
    """One village with its enterprises and the mentors to choose from, the nearest first."""

    code: str
    label: str
    enterprises: tuple[VillageEnterprise, ...]
    candidates: tuple[Candidate, ...]


def board(scope: Scope, area: str) -> Board:
    """The villages of an area with enterprises in service, and the mentors of the scope."""
    counts = _counts(scope, area)
    lines = mentor_lines(scope)
    rows = {mentor.account_id: mentor for mentor in _mentors([line.id for line in lines])}
    ways = ways_between(rows.values(), (row.village_code for row in counts))
    names = {line.id: line.name for line in lines}
    villages = _villages(counts, names, rows, lines, ways)
    mentors = tuple(_on_board(line, counts, rows, ways) for line in lines)
    return Board(
        villages=villages,
        mentors=mentors,
        total=sum(one.total for one in villages),
        without_mentor=sum(one.without_mentor for one in villages),
        free=sum(line.free for line in lines if line.can_take),
    )


def village_page(scope: Scope, code: str) -> VillagePage:
    """One village with the enterprises in service there.

    Raises:
        NotFound: nothing of the scope lies there.
    """
    found = db.session.scalars(
        select(Enterprise)
        .where(_served(scope, code))
        .order_by(Enterprise.search_name, Enterprise.id)
        .limit(SHOWN_ENTERPRISES)
    ).all()
    if not found:
        raise NotFound("village_empty", message="Tidak ada usaha di desa ini dalam wilayah Anda.")
    lines = mentor_lines(scope)
    rows = {row.account_id: row for row in _mentors([line.id for line in lines])}
    ways = ways_between(rows.values(), [code])
    names = {line.id: line.name for line in lines}
    return VillagePage(
        code=code,
        label=path_labels([code])[code],
        enterprises=tuple(_enterprise(row, names, rows, ways) for row in found),
        candidates=_candidates(lines, rows, ways, found),
    )


def village_enterprises(scope: Scope, code: str) -> list[UUID]:
    """The enterprises in service of a village that the scope reaches, as many as go at once."""
    statement = (
        select(Enterprise.id)
        .where(_served(scope, code))
        .order_by(Enterprise.search_name, Enterprise.id)
        .limit(SHOWN_ENTERPRISES)
    )
    return list(db.session.scalars(statement))


def _served(scope: Scope, area: str) -> ColumnElement[bool]:
    return and_(within(scope), in_area(area), Enterprise.life_cycle.not_in(sorted(RESTING)))


def _counts(scope: Scope, area: str) -> Sequence[Row[str, UUID | None, int, int]]:
    sick = func.sum(case((Enterprise.health_class == "sakit", 1), else_=0))
    return db.session.execute(
        select(Enterprise.village_code, Enterprise.mentor_id, func.count(), sick)
        .where(_served(scope, area))
        .group_by(Enterprise.village_code, Enterprise.mentor_id)
        .order_by(Enterprise.village_code)
    ).all()


def _mentors(ids: list[UUID]) -> list[Mentor]:
    return list(db.session.scalars(select(Mentor).where(Mentor.account_id.in_(ids))))


def _villages(
    counts: Sequence[Row[str, UUID | None, int, int]],
    names: dict[UUID, str],
    rows: dict[UUID, Mentor],
    lines: list[MentorLine],
    ways: Ways,
) -> tuple[VillageLine, ...]:
    labels = path_labels(row.village_code for row in counts)
    parts: dict[str, list[Row[str, UUID | None, int, int]]] = {}
    for row in counts:
        parts.setdefault(row.village_code, []).append(row)
    made = [
        VillageLine(
            code=code,
            label=", ".join(labels[code].split(", ")[:2]),
            total=sum(part[2] for part in own),
            sick=sum(int(part[3]) for part in own),
            without_mentor=sum(part[2] for part in own if part[1] is None),
            shares=_shares(code, own, names, rows, ways),
            nearest=_nearest(code, rows, lines, ways),
            place=ways.points.get(code),
        )
        for code, own in parts.items()
    ]
    # Those with somebody whom nobody looks after come first.
    return tuple(sorted(made, key=lambda one: (-one.without_mentor, one.label, one.code)))


def _shares(
    code: str,
    own: list[Row[str, UUID | None, int, int]],
    names: dict[UUID, str],
    rows: dict[UUID, Mentor],
    ways: Ways,
) -> tuple[Share, ...]:
    point = ways.points.get(code)
    shares = [
        Share(
            mentor_id=part[1],
            name=names[part[1]],
            count=part[2],
            km=ways.km(rows[part[1]], point),
        )
        for part in own
        # Somebody of elsewhere has no page here.
        if part[1] in names
    ]
    return tuple(sorted(shares, key=lambda one: (-one.count, one.name)))


def _nearest(
    code: str, rows: dict[UUID, Mentor], lines: list[MentorLine], ways: Ways
) -> Share | None:
    point = ways.points.get(code)
    found = [
        Share(mentor_id=line.id, name=line.name, count=line.free, km=km)
        for line in lines
        if line.can_take and line.free and (km := ways.km(rows[line.id], point)) is not None
    ]
    return min(found, key=lambda one: (one.km, one.name), default=None)


def _on_board(
    line: MentorLine,
    counts: Sequence[Row[str, UUID | None, int, int]],
    rows: dict[UUID, Mentor],
    ways: Ways,
) -> BoardMentor:
    own = [row for row in counts if row.mentor_id == line.id]
    known = [
        (km, row[2])
        for row in own
        if (km := ways.km(rows[line.id], ways.points.get(row.village_code))) is not None
    ]
    reached = sum(count for _, count in known)
    return BoardMentor(
        line=line,
        here=sum(row[2] for row in own),
        villages=len(own),
        average_km=round(sum(km * count for km, count in known) / reached, 1) if reached else None,
    )


def _enterprise(
    row: Enterprise, names: dict[UUID, str], rows: dict[UUID, Mentor], ways: Ways
) -> VillageEnterprise:
    mentor = rows.get(row.mentor_id) if row.mentor_id else None
    end = ways.end(row.village_code, row.lat, row.lng)
    return VillageEnterprise(
        id=row.id,
        name=row.name,
        hamlet=row.hamlet,
        sector=row.sector,
        health_class=row.health_class,
        is_expired=is_expired(row.health_valid_until, local_today()),
        mentor_id=row.mentor_id,
        mentor_name=names.get(row.mentor_id, "pendamping lain") if row.mentor_id else None,
        km=ways.km(mentor, end) if mentor else None,
    )


def _candidates(
    lines: list[MentorLine],
    rows: dict[UUID, Mentor],
    ways: Ways,
    enterprises: Sequence[Enterprise],
) -> tuple[Candidate, ...]:
    point = ways.points.get(enterprises[0].village_code)
    needs = [needed_skills(row.sector, row.health_class) for row in enterprises]
    found = [
        Candidate(
            line=line,
            km=ways.km(rows[line.id], point),
            fitting=sum(fits(line.skills, needed) for needed in needs),
        )
        for line in lines
        if line.can_take
    ]
    far = float("inf")
    return tuple(
        sorted(found, key=lambda one: (one.km if one.km is not None else far, one.line.name))
    )
