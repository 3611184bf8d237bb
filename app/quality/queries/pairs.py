"""Pairs and mergers as pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, func, or_, select, true
from sqlalchemy.orm import aliased

from app.accounts.queries import names
from app.core.clock import utc_now
from app.core.errors import NotFound
from app.core.scope import WHOLE_COUNTRY, Scope, range_of
from app.db import db
from app.enterprises.models import Enterprise, Owner
from app.enterprises.queries import within
from app.enterprises.rules.labels import value_label
from app.places.queries import path_labels
from app.quality.models import OPEN, LikelyPair, Merger
from app.quality.rules.merging import ENTERPRISE_CHOICES, OWNER_CHOICES

PAGE = 50
MOST_MERGERS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class PairLine:
    """One likely pair in the list."""

    id: UUID
    first_name: str
    first_owner: str
    second_name: str
    second_owner: str
    village: str
    reasons: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One thing that the two say differently, or only one of them says."""

    name: str
    label: str
    kept: str
    gone: str
    # Which one is proposed: what is there goes before what is empty.
    proposed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two, with what belongs to it."""

    id: UUID
    version: int
    name: str
    owner_name: str
    village: str
    created_on: datetime
    assessed_on: date | None
    last_visit_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two enterprises side by side: the first is kept, the second goes."""

    pair_id: UUID | None
    reasons: str
    kept: Side
    gone: Side
    choices: tuple[Choice, ...]
    owner_choices: tuple[Choice, ...]
    is_same_owner: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MergerLine:
    """One merger, and whether it can be undone."""

    id: UUID
    kept_id: UUID
    kept_name: str
    gone_name: str
    merged_at: datetime
    merged_by: str
    undo_until: datetime
    undone_at: datetime | None
    undone_by: str
    may_undo: bool


def open_pair_count(scope: Scope) -> int:
    """How many pairs wait for a person to look at them."""
    statement = _open(scope)
    return db.session.scalars(select(func.count()).select_from(statement.subquery())).one()


def open_pairs(scope: Scope, *, begin: int) -> list[PairLine]:
    """A page of pairs, the likeliest first."""
    rows = db.session.execute(
        _open(scope).order_by(LikelyPair.points.desc(), LikelyPair.id).offset(begin).limit(PAGE)
    ).all()
    villages = path_labels({row.village_code for row in rows})
    return [
        PairLine(
            id=row.id,
            first_name=row.first_name,
            first_owner=row.first_owner,
            second_name=row.second_name,
            second_owner=row.second_owner,
            village=villages[row.village_code],
            reasons=", ".join(row.reasons),
        )
        for row in rows
    ]


def comparison(scope: Scope, pair_id: UUID, *, keep_second: bool) -> Comparison:
    """A pair side by side; by default the enterprise that was registered first is kept.

    Raises:
        NotFound: unknown, decided, or one of the two lies outside the scope.
    """
    pair = db.session.get(LikelyPair, pair_id)
    if pair is None or pair.state != OPEN:
        raise NotFound("pair_unknown", message="Pasangan ini tidak ditemukan.")
    rows = db.session.execute(
        select(Enterprise, Owner)
        .join(Owner, Owner.id == Enterprise.owner_id)
        .where(Enterprise.id.in_([pair.first_id, pair.second_id]), within(scope))
        .order_by(Enterprise.created_at, Enterprise.id)
    ).all()
    if len(rows) != 2:
        raise NotFound("pair_unknown", message="Pasangan ini tidak ditemukan.")
    (kept, owner), (gone, other) = reversed(rows) if keep_second else rows
    villages = path_labels({kept.village_code, gone.village_code})
    mentors = {str(key): name for key, name in names([kept.mentor_id, gone.mentor_id]).items()}
    return Comparison(
        pair_id=pair.id,
        reasons=", ".join(pair.reasons),
        kept=_side(kept, owner, villages),
        gone=_side(gone, other, villages),
        choices=_choices(kept, gone, ENTERPRISE_CHOICES, {**villages, **mentors}),
        owner_choices=() if owner.id == other.id else _choices(owner, other, OWNER_CHOICES, {}),
        is_same_owner=owner.id == other.id,
    )


def mergers(scope: Scope) -> list[MergerLine]:
    """Mergers of the areas that a scope reaches, newest first."""
    rows = db.session.scalars(
        select(Merger)
        .where(_of_areas(scope))
        .order_by(Merger.merged_at.desc(), Merger.id)
        .limit(MOST_MERGERS)
    ).all()
    people = names([*(row.merged_by for row in rows), *(row.undone_by for row in rows)])
    now = utc_now()
    return [
        MergerLine(
            id=row.id,
            kept_id=row.kept_id,
            kept_name=row.kept_name,
            gone_name=row.gone_name,
            merged_at=row.merged_at,
            merged_by=people.get(row.merged_by, ""),
            undo_until=row.undo_until,
            undone_at=row.undone_at,
            undone_by=people.get(row.undone_by, "") if row.undone_by else "",
            may_undo=row.undone_at is None and row.undo_until > now and bool(row.before),
        )
        for row in rows
    ]


def _of_areas(scope: Scope) -> ColumnElement[bool]:
    """The condition on `Merger` that the kept one's village lies in an area of the scope."""
    if WHOLE_COUNTRY in scope.areas:
        return true()
    return or_(
        false(),
        *(
            or_(
                Merger.area_code == area,
                and_(Merger.area_code >= low, Merger.area_code < high),
            )
            for area, (low, high) in ((area, range_of(area)) for area in scope.areas)
        ),
    )


def _open(scope: Scope) -> Any:
    second, other = aliased(Enterprise), aliased(Owner)
    return (
        select(
            LikelyPair.id,
            LikelyPair.points,
            LikelyPair.reasons,
            Enterprise.village_code,
            Enterprise.name.label("first_name"),
            Owner.name.label("first_owner"),
            second.name.label("second_name"),
            other.name.label("second_owner"),
        )
        .join(Enterprise, Enterprise.id == LikelyPair.first_id)
        .join(Owner, Owner.id == Enterprise.owner_id)
        .join(second, second.id == LikelyPair.second_id)
        .join(other, other.id == second.owner_id)
        .where(
            LikelyPair.state == OPEN,
            within(scope),
            _second_within(scope),
        )
    )


def _second_within(scope: Scope) -> Any:
    """The second of a pair lies within reach too: a pair across the border is nobody's to see."""
    return LikelyPair.second_id.in_(select(Enterprise.id).where(within(scope)).correlate(None))


def _side(row: Enterprise, owner: Owner, villages: dict[str, str]) -> Side:
    return Side(
        id=row.id,
        version=row.version,
        name=row.name,
        owner_name=owner.name,
        village=villages[row.village_code],
        created_on=row.created_at,
        assessed_on=row.assessed_on,
        last_visit_on=row.last_visit_on,
    )


def _choices(
    kept: Any, gone: Any, choices: dict[str, str], words: dict[str, str]
) -> tuple[Choice, ...]:
    found = []
    for name, label in choices.items():
        mine, theirs = getattr(kept, name), getattr(gone, name)
        if mine != theirs:
            found.append(
                Choice(
                    name=name,
                    label=label,
                    kept=_said(name, mine, kept, words),
                    gone=_said(name, theirs, gone, words),
                    proposed="lepas" if mine is None else "tetap",
                )
            )
    return tuple(found)


def _said(name: str, value: Any, row: Any, words: dict[str, str]) -> str:
    if value is None:
        return ""
    if name == "lat":
        return f"{row.lat:.5f}, {row.lng:.5f}"
    if name == "phone_index":
        return "ada, berbeda"
    if name == "photo_id":
        return "ada foto"
    return words.get(str(value)) or value_label(name, value) or str(value)
