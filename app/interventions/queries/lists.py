"""Therapies across enterprises: what waits for a decision, what is due, who has no plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute

from app.accounts.models import Account
from app.core.clock import local_date, local_today
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries import within
from app.enterprises.rules.shown import is_expired
from app.interventions.models import Intervention
from app.interventions.rules import ACTIVE_STATES, current_catalogue
from app.interventions.rules.states import PROPOSED
from app.places.queries import path_labels

PAGE_SIZE = 25
# Therapies that fall due within these days are shown beforehand.
_SOON = timedelta(days=7)
_LIVING = ("terdaftar", "aktif", "tidak_aktif")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """Some lines of a list and how many there are in all."""

    lines: tuple[Any, ...]
    total: int

    @property
    def is_cut(self) -> bool:
        """Whether there are more than are shown."""
        return self.total > len(self.lines)


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


def waiting(scope: Scope) -> Listed:
    """Proposals to decide, oldest first."""
    chosen = (Intervention.state == PROPOSED, within(scope))
    found = _first(chosen, person=Intervention.proposed_by, order=Intervention.proposed_at)
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
    return Listed(lines=lines, total=_count(*chosen))


def due(scope: Scope) -> Listed:
    """Active therapies that are late or fall due within a week, the most overdue first."""
    today = local_today()
    chosen = (
        Intervention.state.in_(ACTIVE_STATES),
        Intervention.due_on <= today + _SOON,
        within(scope),
    )
    found = _first(chosen, person=Intervention.responsible_id, order=Intervention.due_on)
    lines = tuple(
        DueLine(
            **base,
            responsible=name or row.responsible_name or "",
            due_on=row.due_on or today,
            is_late=(row.due_on or today) < today,
        )
        for row, _, name, base in found
    )
    return Listed(lines=lines, total=_count(*chosen))


def unplanned(scope: Scope) -> Listed:
    """Enterprises found sakit or kurang sehat without plan or proposal, sakit and oldest first."""
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
        .where(*chosen)
        # "sakit" stands behind "kurang_sehat" in the alphabet.
        .order_by(Enterprise.health_class.desc(), Enterprise.assessed_on, Enterprise.id)
        .limit(PAGE_SIZE)
    )
    rows = db.session.scalars(statement).all()
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
    return Listed(lines=lines, total=total or 0)


def _first(
    chosen: tuple[ColumnElement[bool], ...],
    *,
    person: InstrumentedAttribute[UUID | None],
    order: InstrumentedAttribute[Any],
) -> list[tuple[Intervention, Enterprise, str | None, dict[str, Any]]]:
    """The first therapies by `order`: each with its enterprise, the name of `person`, and what
    every line says."""
    statement = (
        select(Intervention, Enterprise, Account.name)
        .join(Enterprise, Enterprise.id == Intervention.enterprise_id)
        .outerjoin(Account, Account.id == person)
        .where(*chosen)
        .order_by(order, Intervention.id)
        .limit(PAGE_SIZE)
    )
    rows = db.session.execute(statement).all()
    villages = path_labels(enterprise.village_code for _, enterprise, _ in rows)
    return [
        (row, enterprise, name, _base(row, enterprise, villages[enterprise.village_code]))
        for row, enterprise, name in rows
    ]


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
