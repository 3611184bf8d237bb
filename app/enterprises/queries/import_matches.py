"""What of the register may concern the rows of an import, looked up for a slice at once.

It is looked for in the whole register, because a NIK is one person wherever they live; whether a
match lies within the scope is told with it, and rules refuse to describe what does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, or_, select, tuple_

from app.core.scope import WHOLE_COUNTRY, Scope, range_of
from app.core.text import search_text
from app.db import db
from app.db.lists import listed, listed_pairs
from app.enterprises.models import Enterprise, Owner
from app.enterprises.rules.phones import opened_phone
from app.enterprises.rules.sheet.matching import (
    ENTERPRISE_COLUMNS,
    OWNER_COLUMNS,
    Known,
    KnownEnterprise,
    KnownOwner,
)
from app.enterprises.rules.sheet.villages import VillageIndex
from app.places.models import Area
from app.places.queries.decrees import replaced_codes

_MOST_BOUND = 900
_OPEN_OWNER = tuple(name for name in OWNER_COLUMNS if name != "phone")
_OWNER = (*(getattr(Owner, name) for name in _OPEN_OWNER), Owner.phone_sealed)
_ENTERPRISE = tuple(getattr(Enterprise, name) for name in ENTERPRISE_COLUMNS)


def village_index(scope: Scope) -> VillageIndex:
    """All villages of the areas of a scope, and the districts and regencies above them."""
    inside = or_(*(_inside(area) for area in scope.areas))
    villages: dict[str, str] = {}
    above: dict[str, str] = {}
    statement = select(Area.code, Area.search_name, Area.level).where(inside).order_by(Area.code)
    for code, name, level in db.session.execute(statement):
        (villages if level == "desa" else above)[code] = name
    missing = {code[:length] for code in villages for length in (5, 8)} - set(above)
    for part in _parts(sorted(missing)):
        names = select(Area.code, Area.search_name).where(Area.code.in_(part))
        above.update((code, name) for code, name in db.session.execute(names))
    return VillageIndex(areas=scope.areas, villages=villages, above=above, heirs=replaced_codes())


def known_to(scope: Scope, rows: Sequence[Mapping[str, Any]], niks: Iterable[str]) -> Known:
    """The owners and enterprises that these rows may mean; `niks` are blind indexes."""
    known = Known()
    owners = _owners_by_nik(list(niks))
    enterprises: dict[UUID, Row[*tuple[Any, ...]]] = {}
    for condition in _conditions(rows, [row.id for row in owners]):
        for row in db.session.execute(_enterprises().where(condition)):
            enterprises[row.enterprise_id] = row
    reached = {row.owner_id for row in enterprises.values() if scope.covers_area(row.village_code)}
    is_all = WHOLE_COUNTRY in scope.areas
    for row in owners:
        known.owners_by_nik[row.nik_index] = _owner(row, row.id, is_all or row.id in reached)
    for row in enterprises.values():
        _add(known, row, scope, is_all or row.owner_id in reached)
    return known


def _add(known: Known, row: Row[*tuple[Any, ...]], scope: Scope, owner_reached: bool) -> None:
    owner = known.owners_by_nik.get(row.nik_index or "") or _owner(row, row.owner_id, owner_reached)
    one = KnownEnterprise(
        id=row.enterprise_id,
        owner=owner,
        search_name=row.enterprise_search_name,
        is_reached=scope.covers_area(row.village_code),
        values={
            "name": row.enterprise_name,
            "version": row.enterprise_version,
            **{column: getattr(row, column) for column in ENTERPRISE_COLUMNS},
        },
    )
    if row.nib:
        known.by_nib[row.nib] = one
    known.by_owner.setdefault(row.owner_id, []).append(one)
    known.by_name.setdefault((row.village_code, one.search_name), []).append(one)
    known.by_owner_name.setdefault((row.village_code, owner.search_name), []).append(one)


def _owner(row: Row[*tuple[Any, ...]], owner_id: UUID, is_reached: bool) -> KnownOwner:
    return KnownOwner(
        id=owner_id,
        nik_index=row.nik_index,
        search_name=row.owner_search_name,
        is_reached=is_reached,
        values={
            "name": row.owner_name,
            "phone": opened_phone(owner_id, row.phone_sealed),
            **{name: getattr(row, name) for name in _OPEN_OWNER},
        },
    )


def _owner_columns() -> tuple[ColumnElement[Any], ...]:
    return (
        Owner.name.label("owner_name"),
        Owner.search_name.label("owner_search_name"),
        Owner.nik_index.expression,
        *(column.expression for column in _OWNER),
    )


def _enterprises() -> Any:
    return (
        select(
            Enterprise.id.label("enterprise_id"),
            Enterprise.owner_id,
            Enterprise.name.label("enterprise_name"),
            Enterprise.search_name.label("enterprise_search_name"),
            Enterprise.version.label("enterprise_version"),
            *_ENTERPRISE,
            *_owner_columns(),
        )
        .join(Owner, Owner.id == Enterprise.owner_id)
        .order_by(Enterprise.id)
    )


def _owners_by_nik(niks: Sequence[str]) -> list[Row[*tuple[Any, ...]]]:
    if not niks:
        return []
    statement = (
        select(Owner.id, *_owner_columns())
        .where(Owner.nik_index.in_(listed(niks)))
        .order_by(Owner.id)
    )
    return list(db.session.execute(statement))


def _conditions(
    rows: Sequence[Mapping[str, Any]], owner_ids: Sequence[UUID]
) -> Iterator[ColumnElement[bool]]:
    for part in _parts(list(owner_ids)):
        yield Enterprise.owner_id.in_(part)
    nibs = [row["nib"] for row in rows if "nib" in row]
    if nibs:
        yield Enterprise.nib.in_(listed(nibs))
    for has_nik in (True, False):
        some = [row for row in rows if ("nik" in row) == has_nik]
        if not some:
            continue
        for condition in _named_like(some):
            # Somebody with another NIK is somebody else, whatever their name is.
            yield and_(condition, Owner.nik_index.is_(None)) if has_nik else condition


def _named_like(rows: Sequence[Mapping[str, Any]]) -> Iterator[ColumnElement[bool]]:
    """Enterprises of the same village with the name of a row's enterprise or owner.

    One statement for many rows: a statement for each village took most of an import's time. An
    owner's name is looked for in all villages of the rows, which finds some more than are asked
    for; whoever looks a row up does so by its own village.
    """
    names = sorted({(row["village_code"], search_text(row["name"])) for row in rows})
    yield tuple_(Enterprise.village_code, Enterprise.search_name).in_(listed_pairs(names))
    owner_names = sorted({search_text(row["owner_name"]) for row in rows})
    villages = sorted({row["village_code"] for row in rows})
    yield and_(
        Owner.search_name.in_(listed(owner_names)), Enterprise.village_code.in_(listed(villages))
    )


def _parts(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(values), _MOST_BOUND):
        yield values[start : start + _MOST_BOUND]


def _inside(area: str) -> ColumnElement[bool]:
    if area == WHOLE_COUNTRY:
        return Area.code != ""
    first, last = range_of(area)
    return or_(Area.code == area, and_(Area.code >= first, Area.code < last))
