"""Objections and settled classes, always within a scope."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import aliased

from app.accounts.models import Account
from app.core.clock import local_date, local_today
from app.core.errors import NotFound
from app.core.scope import Scope
from app.db import db
from app.db.keyset import Key, behind, ordering
from app.enterprises.models import Enterprise
from app.enterprises.queries import within
from app.health.models import DECLINED, PROPOSED, HealthAssessment, Objection, SettledClass
from app.health.rules.disputes import (
    ON_OWN_PAGE,
    OUTCOME_LABELS,
    STATE_LABELS,
    UPHELD,
    WAY_LABELS,
    due_words,
)
from app.web.paging import Page, decode_cursor, encode_cursor

_MOST = 200
PAGE_SIZE = 50
# Ids are made in the order of time.
_BY_DUE = (Key(column=Objection.due_on), Key(column=Objection.id))
_BY_AGE = (Key(column=SettledClass.id),)
View = TypeVar("View")


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionView:
    """One objection; the words about its day count as long as it has no answer."""

    id: UUID
    enterprise_id: UUID
    enterprise_name: str
    assessment_id: UUID
    assessed_on: date
    final_class: str | None
    received_on: date
    way: str
    words: str
    due_on: date
    due_words: str
    due_tone: str
    outcome: str
    answer: str
    answered_on: date | None
    answered_by: str
    is_own_assessment: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledView:
    """A class that people settled on, or want to, beside the computed one."""

    id: UUID
    enterprise_id: UUID
    enterprise_name: str
    assessment_id: UUID
    computed_class: str
    health_class: str
    reason: str
    state: str
    state_words: str
    proposed_by: str
    proposed_on: date
    decided_by: str
    decided_on: date | None
    note: str
    is_own: bool


def open_objection_count(scope: Scope) -> int:
    """How many objections wait for an answer."""
    return _count(scope, Objection, Objection.outcome.is_(None))


def open_settlement_count(scope: Scope) -> int:
    """How many proposed classes wait for a second person."""
    return _count(scope, SettledClass, SettledClass.state == PROPOSED)


def open_objections(scope: Scope, *, by: UUID, cursor: str | None = None) -> Page[ObjectionView]:
    """One page of the objections without an answer, the longest due first.

    Raises:
        InvalidInput: code "cursor_unknown".
    """
    statement = _objections(scope).where(Objection.outcome.is_(None))
    rows = _objection_views(_after(statement, _BY_DUE, cursor), by)
    return _page(rows, lambda last: encode_cursor(last.due_on.isoformat(), str(last.id)))


def objections_of(
    scope: Scope, enterprise_id: UUID, *, by: UUID, with_own_page: bool
) -> list[ObjectionView]:
    """The objections of an enterprise, newest first; what owners wrote on their own page, for the
    office alone."""
    statement = _objections(scope).where(Objection.enterprise_id == enterprise_id)
    if not with_own_page:
        statement = statement.where(Objection.way != ON_OWN_PAGE)
    newest = statement.order_by(Objection.received_on.desc(), Objection.id.desc())
    return _objection_views(newest.limit(_MOST), by)


def reassessment_asked(scope: Scope) -> set[UUID]:
    """Enterprises whose owners were told that they are assessed again, and that were not yet."""
    newer = aliased(HealthAssessment)
    statement = (
        select(Objection.enterprise_id)
        .join(HealthAssessment, HealthAssessment.id == Objection.assessment_id)
        .join(Enterprise, Enterprise.id == Objection.enterprise_id)
        .where(
            Objection.outcome == UPHELD,
            within(scope),
            ~exists().where(
                newer.enterprise_id == Objection.enterprise_id,
                newer.id != HealthAssessment.id,
                newer.received_at > HealthAssessment.received_at,
                newer.assessed_on >= HealthAssessment.assessed_on,
            ),
        )
    )
    return set(db.session.scalars(statement))


def objection(scope: Scope, objection_id: UUID, *, by: UUID) -> ObjectionView:
    """One objection.

    Raises:
        NotFound: unknown, or outside the scope.
    """
    found = _objection_views(_objections(scope).where(Objection.id == objection_id), by)
    if not found:
        raise NotFound("objection_unknown", message="Keberatan ini tidak ditemukan.")
    return found[0]


def open_settlements(scope: Scope, *, by: UUID, cursor: str | None = None) -> Page[SettledView]:
    """One page of the proposed classes that wait for a second person, oldest first.

    Raises:
        InvalidInput: code "cursor_unknown".
    """
    statement = _settled(scope).where(SettledClass.state == PROPOSED)
    rows = _settled_views(_after(statement, _BY_AGE, cursor), by)
    return _page(rows, lambda last: encode_cursor(str(last.id)))


def _after(statement: Select[Any], order: tuple[Key, ...], cursor: str | None) -> Select[Any]:
    place = decode_cursor(cursor, key_count=len(order))
    following = statement.where(behind(order, place.keys)) if place else statement
    return following.order_by(*ordering(order)).limit(PAGE_SIZE + 1)


def _page(rows: list[View], cursor_of: Callable[[View], str]) -> Page[View]:
    shown = rows[:PAGE_SIZE]
    return Page(rows=shown, next_cursor=cursor_of(shown[-1]) if len(rows) > PAGE_SIZE else None)


def settled_of_assessments(
    scope: Scope, assessment_ids: list[UUID], *, by: UUID
) -> list[SettledView]:
    """What people settled on, or want to, for some assessments; declined ones are left out."""
    if not assessment_ids:
        return []
    statement = _settled(scope).where(
        SettledClass.assessment_id.in_(assessment_ids), SettledClass.state != DECLINED
    )
    return _settled_views(statement.order_by(SettledClass.id), by)


def settled(scope: Scope, settled_id: UUID, *, by: UUID) -> SettledView:
    """One settled or proposed class.

    Raises:
        NotFound: unknown, or outside the scope.
    """
    found = _settled_views(_settled(scope).where(SettledClass.id == settled_id), by)
    if not found:
        raise NotFound("settled_class_unknown", message="Usulan kelas ini tidak ditemukan.")
    return found[0]


def _count(scope: Scope, table: Any, condition: Any) -> int:
    return db.session.scalars(
        select(func.count())
        .select_from(table)
        .join(Enterprise, Enterprise.id == table.enterprise_id)
        .where(condition, within(scope))
    ).one()


def _objections(scope: Scope) -> Select[Any]:
    statement: Any = (
        select(
            Objection,
            Enterprise.name.label("enterprise_name"),
            HealthAssessment.assessed_on,
            HealthAssessment.assessed_by,
            HealthAssessment.final_class,
            Account.name.label("answerer"),
        )
        .join(Enterprise, Enterprise.id == Objection.enterprise_id)
        .join(HealthAssessment, HealthAssessment.id == Objection.assessment_id)
        .outerjoin(Account, Account.id == Objection.answered_by)
        .where(within(scope))
    )
    found: Select[Any] = statement
    return found


def _objection_views(statement: Select[Any], by: UUID) -> list[ObjectionView]:
    today = local_today()
    return [
        ObjectionView(
            id=row.Objection.id,
            enterprise_id=row.Objection.enterprise_id,
            enterprise_name=row.enterprise_name,
            assessment_id=row.Objection.assessment_id,
            assessed_on=row.assessed_on,
            final_class=row.final_class,
            received_on=row.Objection.received_on,
            way=WAY_LABELS[row.Objection.way],
            words=row.Objection.words,
            due_on=row.Objection.due_on,
            due_words=due_words(row.Objection.due_on, today)[0],
            due_tone=due_words(row.Objection.due_on, today)[1],
            outcome=OUTCOME_LABELS.get(row.Objection.outcome, ""),
            answer=row.Objection.answer or "",
            answered_on=row.Objection.answered_on,
            answered_by=row.answerer or "",
            is_own_assessment=row.assessed_by == by,
        )
        for row in db.session.execute(statement)
    ]


def _settled(scope: Scope) -> Select[Any]:
    proposer: Any = aliased(Account)
    decider: Any = aliased(Account)
    statement: Any = (
        select(
            SettledClass,
            Enterprise.name.label("enterprise_name"),
            HealthAssessment.final_class,
            proposer.name.label("proposer"),
            decider.name.label("decider"),
        )
        .join(Enterprise, Enterprise.id == SettledClass.enterprise_id)
        .join(HealthAssessment, HealthAssessment.id == SettledClass.assessment_id)
        .join(proposer, proposer.id == SettledClass.proposed_by)
        .outerjoin(decider, decider.id == SettledClass.decided_by)
        .where(within(scope))
    )
    found: Select[Any] = statement
    return found


def _settled_views(statement: Select[Any], by: UUID) -> list[SettledView]:
    return [
        SettledView(
            id=row.SettledClass.id,
            enterprise_id=row.SettledClass.enterprise_id,
            enterprise_name=row.enterprise_name,
            assessment_id=row.SettledClass.assessment_id,
            computed_class=row.final_class,
            health_class=row.SettledClass.health_class,
            reason=row.SettledClass.reason,
            state=row.SettledClass.state,
            state_words=STATE_LABELS[row.SettledClass.state],
            proposed_by=row.proposer,
            proposed_on=local_date(row.SettledClass.proposed_at),
            decided_by=row.decider or "",
            decided_on=local_date(row.SettledClass.decided_at)
            if row.SettledClass.decided_at
            else None,
            note=row.SettledClass.decision_note or "",
            is_own=row.SettledClass.proposed_by == by,
        )
        for row in db.session.execute(statement)
    ]
