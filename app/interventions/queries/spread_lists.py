"""The lists behind the figures of the matrix: therapies, overlaps, gaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, true

from app.core.clock import local_today
from app.core.scope import Scope
from app.db import db
from app.db.slices import slices
from app.enterprises.models import Enterprise
from app.enterprises.rules.shown import is_expired
from app.health.queries.instruments import indicator_name
from app.interventions.models import Intervention
from app.interventions.queries.spread_facts import gapping, overlapping, promised
from app.interventions.rules import FUNDING_SOURCES, current_catalogue
from app.interventions.rules.spread import Help, Overlap
from app.interventions.rules.states import STATE_LABELS
from app.places.queries import path_labels

SPREAD_LIST_SIZE = 100
# What a page shows first, and what a file holds.
FIRST, WHOLE = slice(0, SPREAD_LIST_SIZE), slice(0, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpLine:
    """One therapy behind a cell."""

    id: UUID
    enterprise_id: UUID
    enterprise_name: str
    village: str
    therapy: str
    state: str
    provider: str
    funding: str
    budget: int
    spent: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OverlapLine:
    """One enterprise that is helped twice for one need; each pair in words."""

    enterprise_id: UUID
    enterprise_name: str
    village: str
    pairs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GapLine:
    """One enterprise with findings that no therapy answers."""

    enterprise_id: UUID
    enterprise_name: str
    village: str
    health_class: str | None
    is_expired: bool
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpreadList:
    """Some lines of a list, and how many there are."""

    lines: tuple[Any, ...]
    total: int
    budget: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _About:
    name: str
    village: str
    health_class: str | None
    is_expired: bool


def help_lines(
    scope: Scope,
    area_code: str,
    year: int,
    *,
    pillar: str = "",
    source: str = "",
    part: slice = FIRST,
) -> SpreadList:
    """A part of the therapies behind a cell, a row or a column ("" is all)."""
    chosen = (
        *promised(scope, area_code, year),
        Intervention.pillar == pillar if pillar else true(),
        Intervention.funding_source == source if source else true(),
    )
    counted = db.session.execute(
        select(func.count(), func.coalesce(func.sum(Intervention.cost), 0))
        .join(Enterprise, Enterprise.id == Intervention.enterprise_id)
        .where(*chosen)
    ).one()
    rows = db.session.execute(
        select(Intervention, Enterprise.name, Enterprise.village_code)
        .join(Enterprise, Enterprise.id == Intervention.enterprise_id)
        .where(*chosen)
        .order_by(Enterprise.village_code, Enterprise.search_name, Intervention.id)
        .slice(part.start, part.stop)
    ).all()
    villages = path_labels(row[2] for row in rows)
    return SpreadList(
        lines=tuple(_help_line(row[0], row[1], villages[row[2]]) for row in rows),
        total=counted[0],
        budget=int(counted[1]),
    )


def overlap_lines(scope: Scope, area_code: str, year: int, *, part: slice = FIRST) -> SpreadList:
    """A part of the enterprises of an area that are helped twice for one need in a year."""
    found = list(overlapping(scope, area_code, year))
    shown = found[part]
    about = _enterprises([key for key, _ in shown])
    lines = tuple(
        OverlapLine(
            enterprise_id=key,
            enterprise_name=about[key].name,
            village=about[key].village,
            pairs=tuple(_pair(one) for one in pairs),
        )
        for key, pairs in shown
    )
    return SpreadList(lines=lines, total=len(found))


def gap_lines(
    scope: Scope, area_code: str, *, indicator: str = "", part: slice = FIRST
) -> SpreadList:
    """A part of the enterprises of an area with a finding that no therapy answers ("": any)."""
    found = [
        (key, gaps)
        for key, _, gaps in gapping(scope, area_code)
        if not indicator or indicator in gaps
    ]
    shown = found[part]
    about = _enterprises([key for key, _ in shown])
    lines = tuple(
        GapLine(
            enterprise_id=key,
            enterprise_name=about[key].name,
            village=about[key].village,
            health_class=about[key].health_class,
            is_expired=about[key].is_expired,
            findings=tuple(indicator_name(code) for code in gaps),
        )
        for key, gaps in shown
    )
    return SpreadList(lines=lines, total=len(found))


def _enterprises(keys: Sequence[UUID]) -> dict[UUID, _About]:
    columns = (
        Enterprise.id,
        Enterprise.name,
        Enterprise.village_code,
        Enterprise.health_class,
        Enterprise.health_valid_until,
    )
    rows = [
        row
        for part in slices(keys)
        for row in db.session.execute(select(*columns).where(Enterprise.id.in_(part)))
    ]
    villages = path_labels(row.village_code for row in rows)
    return {
        row.id: _About(
            name=row.name,
            village=villages[row.village_code],
            health_class=row.health_class,
            is_expired=is_expired(row.health_valid_until, local_today()),
        )
        for row in rows
    }


def _help_line(row: Intervention, name: str, village: str) -> HelpLine:
    return HelpLine(
        id=row.id,
        enterprise_id=row.enterprise_id,
        enterprise_name=name,
        village=village,
        therapy=current_catalogue().therapies[row.therapy_code].name,
        state=STATE_LABELS[row.state],
        provider=row.provider or "",
        funding=FUNDING_SOURCES[row.funding_source],
        budget=row.cost,
        spent=row.spent,
    )


def _pair(one: Overlap) -> str:
    sides = " dan ".join(_side(side) for side in (one.first, one.second))
    return f"{indicator_name(one.indicator)}: {sides}" if one.indicator else f"Dua kali: {sides}"


def _side(one: Help) -> str:
    therapies = current_catalogue().therapies
    what = ", ".join(word for word in (one.provider, FUNDING_SOURCES[one.funding_source]) if word)
    return f"{therapies[one.therapy].name} ({what})"
