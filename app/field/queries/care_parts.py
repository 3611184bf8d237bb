"""Visits, promises, therapies and practices of enterprises, as their cards show them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, exists, func, select

from app.accounts.queries import names
from app.core.clock import local_date
from app.db import db
from app.field.rules.reading import day_text
from app.interventions.models import Intervention
from app.interventions.rules import ACTIVE_STATES
from app.interventions.rules.catalogue import published_catalogue
from app.mentoring.models import Promise, Visit, VisitConfirmation, VisitPhoto
from app.mentoring.rules import OPEN
from app.trainings.models import TrainingAttendance, TrainingSession
from app.trainings.rules import UNSEEN

Parts = dict[UUID, list[dict[str, Any]]]
VISITS_SHOWN = 3


def visit_parts(ids: Sequence[UUID]) -> Parts:
    """The newest visits of each enterprise, newest first. Two statements."""
    place = (
        func.row_number()
        .over(
            partition_by=Visit.enterprise_id,
            order_by=(Visit.visited_on.desc(), Visit.received_at.desc(), Visit.id.desc()),
        )
        .label("place")
    )
    ranked = select(Visit.id, place).where(Visit.enterprise_id.in_(ids)).subquery()
    announced = (
        select(func.count())
        .select_from(VisitPhoto)
        .where(VisitPhoto.visit_id == Visit.id)
        .scalar_subquery()
    )
    # Who visited isn't told that the owner says nobody came.
    confirmed = exists().where(VisitConfirmation.visit_id == Visit.id, VisitConfirmation.has_come)
    rows = db.session.execute(
        select(Visit, announced, confirmed)
        .join(ranked, ranked.c.id == Visit.id)
        .where(ranked.c.place <= VISITS_SHOWN)
        .order_by(Visit.visited_on.desc(), Visit.received_at.desc(), Visit.id.desc())
    ).all()
    known = names(visit.mentor_id for visit, _, _ in rows)
    found: Parts = defaultdict(list)
    for visit, photos, is_confirmed in rows:
        told = _visit(visit, photos, known[visit.mentor_id])
        found[visit.enterprise_id].append({**told, "is_confirmed": bool(is_confirmed)})
    return found


def _visit(visit: Visit, photos: int, by: str) -> dict[str, Any]:
    return {
        "id": str(visit.id),
        "visited_on": visit.visited_on.isoformat(),
        "outcome": visit.outcome,
        "findings": visit.findings,
        "reason": visit.reason,
        "met_with": visit.met_with,
        "by": by,
        "next_visit_on": day_text(visit.next_visit_on),
        # Announced ones too: how many there are doesn't change when they arrive.
        "photos": photos or int(visit.photo_id is not None),
    }


def promise_parts(ids: Sequence[UUID]) -> Parts:
    """What is promised and not yet settled, by day. One statement."""
    rows = db.session.scalars(
        select(Promise)
        .where(Promise.enterprise_id.in_(ids), Promise.state == OPEN)
        .order_by(Promise.due_on, Promise.id)
    )
    return _by_enterprise(
        (
            row.enterprise_id,
            {
                "id": str(row.id),
                "text": row.text,
                "due_on": day_text(row.due_on),
                # The owner's own word; the visit settles the promise.
                "said_done_on": day_text(
                    local_date(row.owner_said_at) if row.owner_said_at is not None else None
                ),
            },
        )
        for row in rows
    )


def therapy_parts(ids: Sequence[UUID]) -> Parts:
    """The therapies that are approved or running, the first due first. One statement."""
    rows = db.session.scalars(
        select(Intervention)
        .where(Intervention.enterprise_id.in_(ids), Intervention.state.in_(ACTIVE_STATES))
        .order_by(Intervention.due_on.is_(None), Intervention.due_on, Intervention.id)
    ).all()
    return _by_enterprise((row.enterprise_id, _therapy(row)) for row in rows)


def _therapy(row: Intervention) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "version": row.version,
        "code": row.therapy_code,
        "title": published_catalogue(row.catalogue_version).therapies[row.therapy_code].name,
        "state": row.state,
        "due_on": day_text(row.due_on),
        "deliverer": row.provider,
        "pillar": row.pillar,
        # Whether an end must say what was spent is told by the budget; the sum itself stays.
        "costs_money": row.cost > 0,
    }


def practice_parts(ids: Sequence[UUID]) -> Parts:
    """What was taught and nobody looked at yet; to be asked from its day on. One statement."""
    rows: Iterable[Row[Any]] = db.session.execute(
        select(
            TrainingAttendance.enterprise_id,
            TrainingSession.id,
            TrainingSession.topic,
            TrainingSession.practice,
            TrainingSession.until_on,
        )
        .join(TrainingSession, TrainingSession.id == TrainingAttendance.session_id)
        .where(
            TrainingAttendance.enterprise_id.in_(ids),
            TrainingAttendance.practice_state == UNSEEN,
            TrainingSession.practice != "",
        )
        .order_by(TrainingSession.held_on, TrainingSession.id)
    )
    return _by_enterprise(
        (
            row.enterprise_id,
            {
                "session_id": str(row.id),
                "topic": row.topic,
                "practice": row.practice,
                "from_on": day_text(row.until_on),
            },
        )
        for row in rows
    )


def _by_enterprise(parts: Iterable[tuple[UUID, dict[str, Any]]]) -> Parts:
    found: Parts = defaultdict(list)
    for key, part in parts:
        found[key].append(part)
    return found
