"""The trainings of a period: how many, who came, whether they do what was taught."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from app.core.scope import Scope
from app.dashboard.rules import Period
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries import within
from app.trainings.models import MentorTraining, TrainingAttendance, TrainingSession
from app.trainings.queries import sessions_within
from app.trainings.rules import ADOPTED, KINDS, UNSEEN


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingLine:
    """The sessions of one kind; the counts are of attendances, not of persons."""

    kind: str
    sessions: int
    cost: int
    enterprises: int
    mentors: int
    seen: int
    adopted: int

    @property
    def label(self) -> str:
        """The kind in words."""
        return KINDS[self.kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingTotals:
    """All kinds in their order, those without a session too."""

    lines: Sequence[TrainingLine]

    @property
    def sessions(self) -> int:
        """How many sessions there were."""
        return sum(line.sessions for line in self.lines)


def training_totals(scope: Scope, period: Period) -> TrainingTotals:
    """The sessions that began in a period and that the scope reaches, as their own list does."""
    held = (
        select(TrainingSession.id, TrainingSession.kind, TrainingSession.cost)
        .where(
            sessions_within(scope),
            TrainingSession.held_on.between(period.from_on, period.until_on),
        )
        # Else the tables that are joined below would be taken for those inside the condition.
        .cte()
    )
    kind, state = held.c.kind, TrainingAttendance.practice_state
    counted = db.session.execute(select(kind, func.count(), func.sum(held.c.cost)).group_by(kind))
    sessions = {row[0]: (row[1], int(row[2])) for row in counted}
    came = db.session.execute(
        select(
            kind,
            func.count(),
            func.count().filter(state != UNSEEN),
            func.count().filter(state == ADOPTED),
        )
        .join(TrainingAttendance, TrainingAttendance.session_id == held.c.id)
        .join(Enterprise, Enterprise.id == TrainingAttendance.enterprise_id)
        .where(within(scope))
        .group_by(kind)
    )
    attended = {row[0]: (row[1], row[2], row[3]) for row in came}
    taught = db.session.execute(
        select(kind, func.count())
        .join(MentorTraining, MentorTraining.session_id == held.c.id)
        .group_by(kind)
    )
    mentors = {row[0]: row[1] for row in taught}
    return TrainingTotals(
        lines=[
            _line(one, sessions.get(one), attended.get(one), mentors.get(one, 0)) for one in KINDS
        ]
    )


def _line(
    kind: str, held: tuple[int, int] | None, came: tuple[int, int, int] | None, mentors: int
) -> TrainingLine:
    count, cost = held or (0, 0)
    enterprises, seen, adopted = came or (0, 0, 0)
    return TrainingLine(
        kind=kind,
        sessions=count,
        cost=cost,
        enterprises=enterprises,
        mentors=mentors,
        seen=seen,
        adopted=adopted,
    )
