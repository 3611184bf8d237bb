"""Applying a decree: areas, records and rights move in one transaction, once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, update

from app.accounts.services import start_membership
from app.core.clock import utc_now
from app.core.errors import Conflict
from app.core.text import search_text
from app.db import db
from app.db.upsert import insert_once
from app.decrees.queries import decree, grants, lines_of, names_in_use, placed
from app.decrees.services.moving import move_enterprises, move_programmes, move_records
from app.history.services import record
from app.places.models import Area, AreaDecree, AreaWord
from app.places.rules import kind_of, level_of, lineage
from app.places.rules.decrees import Line, expanded, main_heirs, vanished


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What applying did."""

    area_count: int
    enterprise_count: int
    membership_count: int


def apply_decree(*, decree_id: UUID, by: UUID | None) -> Applied:
    """Move all that a decree moves.

    Raises:
        NotFound: there is no such decree.
        Conflict: it was applied before.
        InvalidInput: its lines don't fit the areas that there are now.
    """
    row = decree(decree_id)
    lines = lines_of(decree_id)
    if row.applied_at is None:
        # From then on its old codes are no longer in use.
        expanded(lines, names_in_use())
    _take_once(row, by)
    wanted = grants(lines)
    places = placed(lines)
    area_count = _make_areas(lines)
    main = {old: new for old, new in main_heirs(lines).items() if old in vanished(lines)}
    move_programmes(lines, f"{row.number}: {row.source}"[:300], vanished(lines))
    moved = move_enterprises(places, by, row.number)
    move_records(main, lines)
    for grant in wanted:
        for code in grant.gained:
            start_membership(account_id=grant.account_id, role=grant.role, area_code=code, by=by)
    applied = Applied(
        area_count=area_count,
        enterprise_count=moved,
        membership_count=sum(len(grant.gained) for grant in wanted),
    )
    record(
        subject_type="area_decree",
        subject_id=row.id,
        action="area_decree.applied",
        by=by,
        changes={"enterprises": [0, moved], "memberships": [0, applied.membership_count]},
    )
    return applied


def _take_once(row: AreaDecree, by: UUID | None) -> None:
    taken = db.session.execute(
        update(AreaDecree)
        .where(AreaDecree.id == row.id, AreaDecree.applied_at.is_(None))
        .values(applied_at=utc_now(), applied_by=by)
        .returning(AreaDecree.id)
    ).all()
    if not taken:
        raise Conflict("decree_applied", message="Keputusan ini sudah diterapkan.")


def _make_areas(lines: Sequence[Line]) -> int:
    """Areas that there were not, the wider ones first, with the words by which they are found."""
    names = {line.new: line.name for line in lines if line.name}
    missing = sorted(set(names) - set(names_known(names)), key=lambda code: (len(code), code))
    for code in missing:
        above = names_known(lineage(code)[:-1])
        words = [search_text(names[code])]
        words += [search_text(above[one]) for one in reversed(lineage(code)[:-1])]
        area = {
            "code": code,
            "name": names[code],
            "level": level_of(code),
            "kind": kind_of(code, names[code]),
            "parent_code": lineage(code)[-2] if len(lineage(code)) > 1 else None,
            "search_name": words[0][:160],
            "search_path": " ".join(words)[:400],
        }
        insert_once(Area.__table__, [area], key=["code"])
        later = [
            {"word": word, "area_code": code}
            for word in sorted(set(words[0].split(" ")[1:]))
            if level_of(code) in ("desa", "kecamatan")
        ]
        if later:
            insert_once(AreaWord.__table__, later, key=["word", "area_code"])
    return len(missing)


def names_known(codes: Iterable[str]) -> dict[str, str]:
    """The names of those of the codes that are areas."""
    wanted = sorted(set(codes))
    found: dict[str, str] = {}
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        rows = db.session.execute(select(Area.code, Area.name).where(Area.code.in_(part)))
        found.update((row[0], row[1]) for row in rows)
    return found
