"""Applying a decree: areas, records and rights move in one transaction, once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, delete, or_, select, update

from app.accounts.services import end_membership, start_membership
from app.core.clock import utc_now
from app.core.errors import Conflict
from app.core.scope import everywhere, range_of
from app.core.text import search_text
from app.db import db
from app.db.upsert import insert_once
from app.decrees.queries import Grant, decree, grants, lines_of, names_in_use, placed
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
    wanted = grants(lines)
    _take_once(row, by)
    places = placed(lines)
    area_count = _make_areas(lines)
    main = {old: new for old, new in main_heirs(lines).items() if old in vanished(lines)}
    move_programmes(lines, f"{row.number}: {row.source}"[:300], vanished(lines))
    moved = move_enterprises(places, by, row.number)
    move_records(main, lines)
    _move_rights(wanted, by)
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


def _move_rights(wanted: Sequence[Grant], by: UUID | None) -> None:
    for grant in wanted:
        if grant.is_ended:
            end_membership(
                scope=everywhere(),
                account_id=grant.account_id,
                membership_id=grant.membership_id,
                by=by,
            )
    for grant in wanted:
        for code in grant.gained:
            start_membership(account_id=grant.account_id, role=grant.role, area_code=code, by=by)


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
    """Areas that there were not, the wider ones first; those that get another name get it."""
    names = {line.new: line.name for line in lines if line.name}
    known = names_known(names)
    for code in sorted(set(names) - set(known), key=_wider_first):
        area = {"code": code, "level": level_of(code), **_described(code, names[code])}
        insert_once(Area.__table__, [area], key=["code"])
        _find_by_words(code, names[code])
    for code in sorted(set(known), key=_wider_first):
        if known[code] != names[code]:
            _rename(code, names[code])
    return len(set(names) - set(known))


def _wider_first(code: str) -> tuple[int, str]:
    return len(code), code


def _described(code: str, name: str) -> dict[str, str | None]:
    """What follows from the name of an area, and from those of the areas above it."""
    above = lineage(code)[:-1]
    named = names_known(above)
    words = [search_text(name), *(search_text(named[one]) for one in reversed(above))]
    return {
        "name": name,
        "kind": kind_of(code, name),
        "parent_code": above[-1] if above else None,
        "search_name": words[0][:160],
        "search_path": " ".join(words)[:400],
    }


def _find_by_words(code: str, name: str) -> None:
    if level_of(code) in ("desa", "kecamatan"):
        words = sorted(set(search_text(name).split(" ")[1:]))
        later = [{"word": word, "area_code": code} for word in words]
        if later:
            insert_once(AreaWord.__table__, later, key=["word", "area_code"])


def _rename(code: str, name: str) -> None:
    """Give an area another name; what lies below is found by it too."""
    first, last = range_of(code)
    db.session.execute(update(Area).where(Area.code == code).values(name=name))
    below = select(Area.code, Area.name).where(
        or_(Area.code == code, and_(Area.code >= first, Area.code < last))
    )
    for row in db.session.execute(below).all():
        described = _described(row.code, row.name)
        db.session.execute(update(Area).where(Area.code == row.code).values(described))
    db.session.execute(delete(AreaWord).where(AreaWord.area_code == code))
    _find_by_words(code, name)


def names_known(codes: Iterable[str]) -> dict[str, str]:
    """The names of those of the codes that are areas."""
    wanted = sorted(set(codes))
    found: dict[str, str] = {}
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        rows = db.session.execute(select(Area.code, Area.name).where(Area.code.in_(part)))
        found.update((row[0], row[1]) for row in rows)
    return found
