"""Doubts about the data as pages and files show them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from app.accounts.queries import names
from app.core.errors import NotFound
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise, Owner
from app.enterprises.queries import within, within_area
from app.places.queries import path_labels
from app.quality.models import OPEN, TRUE, CheckedArea, Finding
from app.quality.rules.checks import RULES, restored
from app.quality.rules.facts import CONTRADICTION, KIND_LABELS, OUTLIER, Rule, Side

PAGE = 50
STATES = (OPEN, TRUE)


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingFilter:
    """Which doubts are asked for; an empty word asks for all."""

    area: str = ""
    kind: str = ""
    rule: str = ""
    state: str = OPEN

    def address(self) -> dict[str, str]:
        """The filter as words of an address."""
        words = {"wilayah": self.area, "jenis": self.kind, "aturan": self.rule}
        if self.state != OPEN:
            words["keadaan"] = self.state
        return {name: word for name, word in words.items() if word}

    def described(self, area_name: str) -> list[tuple[str, str]]:
        """The filter in words, as (what, which)."""
        lines = [
            ("Wilayah", area_name),
            ("Jenis", KIND_LABELS.get(self.kind, "")),
            ("Soal", RULES[self.rule].name if self.rule in RULES else ""),
            ("Keadaan", "sudah dinyatakan benar" if self.state == TRUE else "belum diputuskan"),
        ]
        return [(what, which) for what, which in lines if which]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingLine:
    """One doubt: what, whose, the two values, what to do, and what was decided."""

    id: UUID
    enterprise_id: UUID
    owner_id: UUID
    name: str
    owner_name: str
    village: str
    rule: Rule
    sides: tuple[Side, ...]
    fingerprint: str
    found_at: datetime
    # Somebody saved the enterprise or its owner since: the next look may find it mended.
    is_changed_since: bool
    is_true: bool
    reason: str
    decided_by: str
    decided_at: datetime | None


def finding_count(scope: Scope, asked: FindingFilter) -> int:
    """How many doubts a filter finds."""
    count: int = db.session.scalars(_asked(scope, asked, func.count())).one()
    return count


def contradiction_count(scope: Scope) -> int:
    """How many contradictions wait for a person."""
    return finding_count(scope, FindingFilter(kind=CONTRADICTION))


def outlier_count(scope: Scope) -> int:
    """How many unusual values wait for a person."""
    return finding_count(scope, FindingFilter(kind=OUTLIER))


def findings(
    scope: Scope, asked: FindingFilter, *, begin: int = 0, most: int | None = PAGE
) -> list[FindingLine]:
    """A page of doubts, those of more weight first; all of them without `most`."""
    statement = _asked(scope, asked, *_COLUMNS).order_by(
        Finding.weight.desc(), Finding.rule, Finding.id
    )
    return list(_lines(db.session.execute(statement.offset(begin).limit(most)).all()))


def rule_counts(scope: Scope, asked: FindingFilter) -> list[tuple[Rule, int]]:
    """How many doubts of each rule, the weightiest first; the rule of the filter aside."""
    whole = FindingFilter(area=asked.area, kind=asked.kind, state=asked.state)
    rows = db.session.execute(
        _asked(scope, whole, Finding.rule, func.count()).group_by(Finding.rule)
    )
    counted = [(RULES[code], count) for code, count in rows if code in RULES]
    return sorted(counted, key=lambda one: (-one[0].weight, -one[1], one[0].code))


def finding_line(scope: Scope, finding_id: UUID) -> FindingLine:
    """One doubt, whatever its state.

    Raises:
        NotFound: unknown, or the enterprise lies outside the scope.
    """
    rows = db.session.execute(
        _joined(*_COLUMNS).where(Finding.id == finding_id, within(scope))
    ).all()
    for line in _lines(rows):
        return line
    raise _unknown()


def finding(scope: Scope, finding_id: UUID, *, for_update: bool = False) -> Finding:
    """The row of one doubt.

    Raises:
        NotFound: unknown, or the enterprise lies outside the scope.
    """
    statement = (
        select(Finding)
        .join(Enterprise, Enterprise.id == Finding.enterprise_id)
        .where(Finding.id == finding_id, within(scope))
    )
    if for_update:
        statement = statement.with_for_update(of=Finding)
    found = db.session.scalars(statement).one_or_none()
    if found is None:
        raise _unknown()
    return found


def village_of(enterprise_id: UUID) -> str:
    """The village of the enterprise of a doubt that was found within reach."""
    return db.session.scalars(
        select(Enterprise.village_code).where(Enterprise.id == enterprise_id)
    ).one()


def last_checked(scope: Scope) -> datetime | None:
    """When the areas that a scope reaches were last looked through, all of them."""
    rows = db.session.execute(select(CheckedArea.area_code, CheckedArea.checked_at)).all()
    reached = [
        row.checked_at
        for row in rows
        if scope.covers_area(row.area_code) or scope.narrowed_to(row.area_code).areas
    ]
    return min(reached, default=None)


def mark_kept(regency: str) -> str | None:
    """The mark of a regency when it was last looked through."""
    return db.session.scalars(
        select(CheckedArea.mark).where(CheckedArea.area_code == regency)
    ).one_or_none()


_COLUMNS: tuple[Any, ...] = (
    Finding,
    Enterprise.name,
    Enterprise.owner_id,
    Enterprise.village_code,
    Enterprise.updated_at,
    Owner.name.label("owner_name"),
    Owner.updated_at.label("owner_updated_at"),
)


def _joined(*columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(Finding)
        .join(Enterprise, Enterprise.id == Finding.enterprise_id)
        .join(Owner, Owner.id == Enterprise.owner_id)
    )


def _asked(scope: Scope, asked: FindingFilter, *columns: Any) -> Select[Any]:
    reached = within_area(scope, asked.area) if asked.area else within(scope)
    statement = _joined(*columns).where(
        reached,
        Finding.state == asked.state,
        Finding.rule.in_(list(RULES)),
        # Who asked to be let alone is asked nothing.
        Owner.erased_on.is_(None),
        Owner.restricted_on.is_(None),
    )
    if asked.kind:
        statement = statement.where(Finding.kind == asked.kind)
    if asked.rule:
        statement = statement.where(Finding.rule == asked.rule)
    return statement


def _lines(rows: Iterable[Any]) -> Iterator[FindingLine]:
    known = [row for row in rows if row.Finding.rule in RULES]
    villages = path_labels({row.village_code for row in known})
    people = names([row.Finding.decided_by for row in known])
    for row in known:
        one: Finding = row.Finding
        yield FindingLine(
            id=one.id,
            enterprise_id=one.enterprise_id,
            owner_id=row.owner_id,
            name=row.name,
            owner_name=row.owner_name,
            village=villages[row.village_code],
            rule=RULES[one.rule],
            sides=restored(one.sides),
            fingerprint=one.fingerprint,
            found_at=one.found_at,
            is_changed_since=max(row.updated_at, row.owner_updated_at) > one.found_at,
            is_true=one.state == TRUE,
            reason=one.reason or "",
            decided_by=people.get(one.decided_by, "") if one.decided_by else "",
            decided_at=one.decided_at,
        )


def _unknown() -> NotFound:
    return NotFound("finding_unknown", message="Data yang dipertanyakan ini tidak ditemukan.")
