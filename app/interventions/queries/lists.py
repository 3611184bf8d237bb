"""Therapies across enterprises: what waits for a decision, what is due, who has no plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import exists, func, select

from app.accounts.models import Account
from app.core.clock import local_date, local_today
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries import within
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
class WaitingLine:
    """A proposal that waits for a decision."""

    id: UUID
    enterprise_id: UUID
    enterprise_name: str
    village: str
    health_class: str | None
    therapy: str
    proposed_by: str
    proposed_on: date
    cost: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DueLine:
    """An approved or running therapy whose day has come or is near."""

    id: UUID
    enterprise_id: UUID
    enterprise_name: str
    village: str
    therapy: str
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
    assessed_on: date


def waiting(scope: Scope) -> Listed:
    """Proposals to decide, oldest first."""
    chosen = (Intervention.state == PROPOSED, within(scope))
    statement = (
        select(Intervention, Enterprise, Account.name)
        .join(Enterprise, Enterprise.id == Intervention.enterprise_id)
        .outerjoin(Account, Account.id == Intervention.proposed_by)
        .where(*chosen)
        .order_by(Intervention.proposed_at, Intervention.id)
        .limit(PAGE_SIZE)
    )
    rows = db.session.execute(statement).all()
    villages = path_labels(enterprise.village_code for _, enterprise, _ in rows)
    lines = tuple(
        WaitingLine(
            id=row.id,
            enterprise_id=enterprise.id,
            enterprise_name=enterprise.name,
            village=villages[enterprise.village_code],
            health_class=enterprise.health_class,
            therapy=_therapy_name(row.therapy_code),
            proposed_by=proposer or "Sistem",
            proposed_on=local_date(row.proposed_at),
            cost=row.cost,
        )
        for row, enterprise, proposer in rows
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
    statement = (
        select(Intervention, Enterprise, Account.name)
        .join(Enterprise, Enterprise.id == Intervention.enterprise_id)
        .outerjoin(Account, Account.id == Intervention.responsible_id)
        .where(*chosen)
        .order_by(Intervention.due_on, Intervention.id)
        .limit(PAGE_SIZE)
    )
    rows = db.session.execute(statement).all()
    villages = path_labels(enterprise.village_code for _, enterprise, _ in rows)
    lines = tuple(
        DueLine(
            id=row.id,
            enterprise_id=enterprise.id,
            enterprise_name=enterprise.name,
            village=villages[enterprise.village_code],
            therapy=_therapy_name(row.therapy_code),
            responsible=name or row.responsible_name or "",
            due_on=row.due_on or today,
            is_late=(row.due_on or today) < today,
        )
        for row, enterprise, name in rows
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
            assessed_on=row.assessed_on or local_today(),
        )
        for row in rows
    )
    total = db.session.scalar(select(func.count()).select_from(Enterprise).where(*chosen))
    return Listed(lines=lines, total=total or 0)


def _count(*conditions: Any) -> int:
    statement = (
        select(func.count())
        .select_from(Intervention)
        .join(Enterprise, Enterprise.id == Intervention.enterprise_id)
        .where(*conditions)
    )
    return db.session.scalar(statement) or 0


def _therapy_name(code: str) -> str:
    return current_catalogue().therapies[code].name
