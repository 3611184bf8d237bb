"""Decrees, and what each would move."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from app.accounts.models import Account, Membership
from app.aid.models import Tool
from app.core.clock import local_today
from app.core.errors import NotFound
from app.core.permissions import ROLE_LABELS, Role
from app.core.scope import WHOLE_COUNTRY
from app.core.text import search_text
from app.db import db
from app.db.lists import listed
from app.enterprises.models import Enterprise
from app.mentoring.models import Mentor
from app.places.models import Area, AreaDecree, AreaDecreeLine, VillageProgram
from app.places.queries import path_labels
from app.places.queries.decrees import applied_steps
from app.places.rules import level_of
from app.places.rules.decrees import (
    VILLAGE,
    Line,
    given_anew,
    granted,
    heirs_in,
    names_hamlet,
    renumbered,
    vanished,
)
from app.programme.models import TypedFigure
from app.trainings.models import TrainingSession


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A membership in force, and the areas that it must reach too."""

    membership_id: UUID
    account_id: UUID
    name: str
    role: Role
    area_code: str
    gained: tuple[str, ...]
    # Whether the area itself is another one from then on, so that the membership ends.
    is_ended: bool = False

    @property
    def role_label(self) -> str:
        """The role in words."""
        return ROLE_LABELS[self.role]


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveLine:
    """One line as shown, with how many enterprises take that way."""

    old: str
    old_label: str
    new: str
    new_name: str
    part: str
    enterprise_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a decree moves, or moved."""

    lines: Sequence[MoveLine]
    counted: Sequence[tuple[str, int]]
    grants: Sequence[Grant]

    @property
    def losses(self) -> list[Grant]:
        """The memberships that end."""
        return [one for one in self.grants if one.is_ended]


def decrees() -> list[AreaDecree]:
    """All decrees, the newest first."""
    return list(
        db.session.scalars(
            select(AreaDecree).order_by(AreaDecree.decided_on.desc(), AreaDecree.id.desc())
        )
    )


def decree(decree_id: UUID) -> AreaDecree:
    """One decree.

    Raises:
        NotFound: there is none.
    """
    found = db.session.get(AreaDecree, decree_id)
    if found is None:
        raise NotFound("decree_unknown", message="Keputusan ini tidak ditemukan.")
    return found


def lines_of(decree_id: UUID) -> list[Line]:
    """The lines of a decree, in their order."""
    statement = (
        select(AreaDecreeLine)
        .where(AreaDecreeLine.decree_id == decree_id)
        .order_by(AreaDecreeLine.n)
    )
    return [
        Line(
            old=row.old_code,
            new=row.new_code,
            name=row.new_name,
            hamlets=tuple(row.hamlets),
            enterprises=tuple(row.enterprises),
        )
        for row in db.session.scalars(statement)
    ]


def names_in_use() -> dict[str, str]:
    """The names of all areas that are in use, by code."""
    rows = db.session.execute(select(Area.code, Area.name).order_by(Area.code))
    unused = _unused()
    return {row[0]: row[1] for row in rows if row[0] not in unused}


def _unused() -> set[str]:
    steps = applied_steps()
    return {code for code in {step.old for step in steps} if heirs_in(code, steps)}


def placed(lines: Sequence[Line]) -> dict[UUID, tuple[str, str]]:
    """The old and the new village of each enterprise in the villages of the lines."""
    own: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        if line.old and level_of(line.old) == VILLAGE:
            own[line.old].append(line)
    rows = db.session.execute(
        select(Enterprise.id, Enterprise.village_code, Enterprise.hamlet, Enterprise.nib)
        .where(Enterprise.village_code.in_(listed(sorted(own))))
        .order_by(Enterprise.id)
    )
    return {
        row.id: (
            row.village_code,
            _target(own[row.village_code], search_text(row.hamlet or ""), {str(row.id), row.nib}),
        )
        for row in rows
    }


def _target(own: Sequence[Line], hamlet: str, names: set[str | None]) -> str:
    for line in own:
        if names & set(line.enterprises) or names_hamlet(line.hamlets, hamlet):
            return line.new
    return next(line for line in own if not line.is_part).new


def grants(lines: Sequence[Line]) -> list[Grant]:
    """What each membership in force must reach too, so that nobody loses a village, and which
    end because their code means another area: as seen before the decree is applied."""
    anew = given_anew(lines, _unused())
    gone = vanished(lines)
    in_use = {code for code in names_in_use() if level_of(code) == VILLAGE and code not in gone} | {
        line.new for line in lines if level_of(line.new) == VILLAGE
    }
    today = local_today()
    statement = (
        select(Membership, Account.name)
        .join(Account, Account.id == Membership.account_id)
        .where(
            Membership.area_code != WHOLE_COUNTRY,
            or_(Membership.until_on.is_(None), Membership.until_on >= today),
        )
        .order_by(Account.name, Membership.id)
    )
    rows = list(db.session.execute(statement))
    areas = {row[0].area_code for row in rows}
    gained = {area: granted(area, lines, in_use, is_kept=area not in anew) for area in areas}
    held = {
        (row[0].account_id, row[0].role, row[0].area_code)
        for row in rows
        if row[0].area_code not in anew
    }
    found = [_grant(one, name, gained[one.area_code], held, anew) for one, name in rows]
    return [one for one in found if one.gained or one.is_ended]


def _grant(
    one: Membership,
    name: str,
    gained: Sequence[str],
    held: Collection[tuple[UUID, str, str]],
    anew: Collection[str],
) -> Grant:
    return Grant(
        membership_id=one.id,
        account_id=one.account_id,
        name=name,
        role=Role(one.role),
        area_code=one.area_code,
        gained=tuple(code for code in gained if (one.account_id, one.role, code) not in held),
        is_ended=one.area_code in anew,
    )


def preview(decree_id: UUID) -> Preview:
    """What a decree would move now."""
    lines = lines_of(decree_id)
    places = placed(lines)
    numbers = Counter(places.values())
    labels = path_labels(line.old for line in lines if line.old)
    return Preview(
        lines=[
            MoveLine(
                old=line.old or "",
                old_label=labels[line.old] if line.old else "wilayah baru",
                new=line.new,
                new_name=line.name,
                part=_part_words(line),
                enterprise_count=numbers[line.old or "", line.new],
            )
            for line in lines
        ],
        counted=_counted(lines, {key for key, (old, new) in places.items() if old != new}),
        grants=grants(lines),
    )


def _counted(lines: Sequence[Line], moved: Collection[UUID]) -> list[tuple[str, int]]:
    """How much else moves: with the enterprises, with codes that end, with mere new numbers."""
    gone = vanished(lines)
    parted = sorted({line.old for line in lines if line.old and line.old != line.new})
    return [
        ("Pendamping yang tinggal di sana", _count(Mentor.village_code, sorted(gone))),
        ("Alat bantuan", _tool_count(parted, gone, moved)),
        ("Pelatihan dan pertemuan", _count(TrainingSession.village_code, sorted(gone))),
        ("Program desa yang diteruskan", _count(VillageProgram.village_code, parted)),
        ("Angka kantor", _count(TypedFigure.area_code, sorted(renumbered(lines)))),
    ]


def _tool_count(parted: Sequence[str], gone: Collection[str], moved: Collection[UUID]) -> int:
    rows = db.session.execute(
        select(Tool.holder_id, Tool.area_code).where(Tool.area_code.in_(listed(parted)))
    )
    return sum(row.holder_id in moved or row.area_code in gone for row in rows)


def _count(column: InstrumentedAttribute[str], codes: Sequence[str]) -> int:
    found = db.session.scalar(select(func.count()).where(column.in_(listed(codes))))
    return found or 0


def _part_words(line: Line) -> str:
    if line.hamlets:
        return f"dusun {', '.join(line.hamlets)}"
    if line.enterprises:
        return f"{len(line.enterprises)} usaha yang disebut"
    return "seluruhnya, atau sisanya"
