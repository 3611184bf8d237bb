"""Therapies across enterprises: what waits for a decision, what is due, who has no plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, select, true
from sqlalchemy.orm import InstrumentedAttribute

from app.accounts.models import Account
from app.core.clock import local_date, local_today
from app.core.scope import Scope
from app.db import db
from app.db.keyset import Key, behind, ordering, words_of
from app.enterprises.models import Enterprise
from app.enterprises.queries import within
from app.enterprises.rules.shown import is_expired
from app.interventions.models import Intervention
from app.interventions.rules import ACTIVE_STATES, current_catalogue
from app.interventions.rules.states import PROPOSED
from app.places.queries import path_labels
from app.web.paging import decode_cursor, encode_cursor

PAGE_SIZE = 25
# Therapies that fall due within these days are shown beforehand.
_SOON = timedelta(days=7)
_BY_PROPOSAL = (Key(column=Intervention.proposed_at), Key(column=Intervention.id))
_BY_DAY = (Key(column=Intervention.due_on), Key(column=Intervention.id))
# "sakit" stands behind "kurang_sehat" in the alphabet.
_BY_NEED = (
    Key(column=Enterprise.health_class, is_falling=True),
    Key(column=Enterprise.assessed_on),
    Key(column=Enterprise.id),
)
_LIVING = ("terdaftar", "aktif", "tidak_aktif")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One page of a list, how many there are in all, and where the list goes on."""

    lines: tuple[Any, ...]
    total: int
    next_cursor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TherapyLine:
    """A therapy and whose it is."""

    id: UUID
    enterprise_id: UUID
    enterprise_name: str
    village: str
    therapy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingLine(TherapyLine):
    """A proposal that waits for a decision."""

    health_class: str | None
    is_expired: bool
    proposed_by: str
    proposed_on: date
    cost: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DueLine(TherapyLine):
    """An approved or running therapy whose day has come or is near."""

    responsible: str
    due_on: date
    is_late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UnplannedLine:
    """An enterprise that is not well and has neither plan nor proposal."""

    enterprise_id: UUID
    enterprise_name: str
    village: str
    health_class: str
    is_expired: bool
    assessed_on: date


def waiting(scope: Scope, *, cursor: str | None = None) -> Listed:
    """Proposals to decide, oldest first.

    Raises:
        InvalidInput: code "cursor_unknown".
    """
    chosen = (Intervention.state == PROPOSED, within(scope))
    found, further = _page(chosen, Intervention.proposed_by, _BY_PROPOSAL, cursor)
    today = local_today()
    lines = tuple(
        WaitingLine(
            **base,
            health_class=enterprise.health_class,
            is_expired=is_expired(enterprise.health_valid_until, today),
            proposed_by=proposer or "Sistem",
            proposed_on=local_date(row.proposed_at),
            cost=row.cost,
        )
        for row, enterprise, proposer, base in found
    )
    return Listed(lines=lines, total=_count(*chosen), next_cursor=further)


def due(scope: Scope, *, cursor: str | None = None) -> Listed:
    """Active therapies that are late or fall due within a week, the most overdue first.

    Raises:
        InvalidInput: code "cursor_unknown".
    """
    today = local_today()
    chosen = (
        Intervention.state.in_(ACTIVE_STATES),
        Intervention.due_on <= today + _SOON,
        within(scope),
    )
    found, further = _page(chosen, Intervention.responsible_id, _BY_DAY, cursor)
    lines = tuple(
        DueLine(
            **base,
            responsible=name or row.responsible_name or "",
            due_on=row.due_on or today,
            is_late=(row.due_on or today) < today,
        )
        for row, _, name, base in found
    )
    return Listed(lines=lines, total=_count(*chosen), next_cursor=further)


def unplanned(scope: Scope, *, cursor: str | None = None) -> Listed:
    """Enterprises found sakit or kurang sehat without plan or proposal, sakit and oldest first.

    Raises:
        InvalidInput: code "cursor_unknown".
    """
    is_proposed = exists().where(
        Intervention.enterprise_id == Enterprise.id, Intervention.state == PROPOSED
    )
    chosen = (
        within(scope),
        Enterprise.health_class.in_(("sakit", "kurang_sehat")),
        Enterprise.has_plan.is_(False),
        Enterprise.life_cycle.in_(_LIVING),
        ~is_proposed,
    )
    statement = (
        select(Enterprise)
        .where(*chosen, _beyond(_BY_NEED, cursor))
        .order_by(*ordering(_BY_NEED))
        .limit(PAGE_SIZE + 1)
    )
    found = db.session.scalars(statement).all()
    rows = found[:PAGE_SIZE]
    villages = path_labels(row.village_code for row in rows)
    lines = tuple(
        UnplannedLine(
            enterprise_id=row.id,
            enterprise_name=row.name,
            village=villages[row.village_code],
            health_class=row.health_class or "",
            is_expired=is_expired(row.health_valid_until, local_today()),
            assessed_on=row.assessed_on or local_today(),
        )
        for row in rows
    )
    total = db.session.scalar(select(func.count()).select_from(Enterprise).where(*chosen))
    further = _cursor(_BY_NEED, rows[-1]) if len(found) > PAGE_SIZE else None
    return Listed(lines=lines, total=total or 0, next_cursor=further)


def _page(
    chosen: tuple[ColumnElement[bool], ...],
    person: InstrumentedAttribute[UUID | None],
    order: tuple[Key, ...],
    cursor: str | None,
) -> tuple[list[tuple[Intervention, Enterprise, str | None, dict[str, Any]]], str | None]:
    """One page of therapies: each with its enterprise, the name of `person`, and what every line
    says; and where the list goes on."""
    statement = (
        select(Intervention, Enterprise, Account.name)
        .join(Enterprise, Enterprise.id == Intervention.enterprise_id)
        .outerjoin(Account, Account.id == person)
        .where(*chosen, _beyond(order, cursor))
        .order_by(*ordering(order))
        .limit(PAGE_SIZE + 1)
    )
    found = db.session.execute(statement).all()
    rows = found[:PAGE_SIZE]
    villages = path_labels(enterprise.village_code for _, enterprise, _ in rows)
    lines: list[tuple[Intervention, Enterprise, str | None, dict[str, Any]]] = [
        (row, enterprise, name, _base(row, enterprise, villages[enterprise.village_code]))
        for row, enterprise, name in rows
    ]
    return lines, _cursor(order, rows[-1][0]) if len(found) > PAGE_SIZE else None


def _beyond(order: tuple[Key, ...], cursor: str | None) -> ColumnElement[bool]:
    place = decode_cursor(cursor, key_count=len(order))
    return behind(order, place.keys) if place else true()


def _cursor(order: tuple[Key, ...], row: object) -> str:
    return encode_cursor(*words_of(order, row))


def _base(row: Intervention, enterprise: Enterprise, village: str) -> dict[str, Any]:
    return {
        "id": row.id,
        "enterprise_id": enterprise.id,
        "enterprise_name": enterprise.name,
        "village": village,
        "therapy": current_catalogue().therapies[row.therapy_code].name,
    }


def _count(*conditions: Any) -> int:
    statement = (
        select(func.count())
        .select_from(Intervention)
        .join(Enterprise, Enterprise.id == Intervention.enterprise_id)
        .where(*conditions)
    )
    return db.session.scalar(statement) or 0
