"""Reading trainings, always within a scope."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, or_, select, true

from app.accounts.models import Account
from app.accounts.queries import people
from app.core.clock import local_today
from app.core.errors import NotFound
from app.core.permissions import Role
from app.core.scope import WHOLE_COUNTRY, Scope
from app.db import db
from app.db.areas import lies_in_any
from app.enterprises.models import Enterprise, Owner
from app.enterprises.queries import in_area, may_use, within
from app.enterprises.rules.consents import BASE
from app.interventions.rules import FUNDING_SOURCES
from app.places.queries import path_label, path_labels
from app.trainings.models import MentorTraining, TrainingAttendance, TrainingSession
from app.trainings.rules import (
    ADOPTED,
    COACHING,
    COMPETENCES,
    KINDS,
    MAX_ATTENDANCE,
    PILLARS,
    PRACTICES,
    UNSEEN,
    Adoption,
    is_code_open,
)

LIST_SIZE = 100
_DISTRICT = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLine:
    """One session in a list; the counts are of what the reader reaches."""

    id: UUID
    kind: str
    topic: str
    practice: str
    pillar: str
    provider: str
    village_code: str
    village: str
    place: str
    held_on: date
    until_on: date
    cost: int
    funding: str
    has_photo: bool
    mentors: int
    adoption: Adoption

    @property
    def kind_label(self) -> str:
        """The kind in words."""
        return KINDS[self.kind]

    @property
    def pillar_label(self) -> str:
        """The pillar in words."""
        return PILLARS[self.pillar]

    @property
    def is_coaching(self) -> bool:
        """Whether it is for mentors."""
        return self.kind == COACHING


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceLine:
    """An enterprise that was there."""

    enterprise_id: UUID
    name: str
    owner_name: str
    village: str
    practice_state: str
    seen_on: date | None
    # Whether the owner may still be named in what is taken along, and be asked.
    is_free: bool = True

    @property
    def practice_label(self) -> str:
        """What became of the practice, in words."""
        return PRACTICES[self.practice_state]


@dataclass(frozen=True, slots=True, kw_only=True)
class MentorAttendance:
    """A mentor who was there."""

    account_id: UUID
    name: str
    competence: str | None

    @property
    def competence_label(self) -> str:
        """The result in words."""
        return COMPETENCES.get(self.competence or "", "Hadir")


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionPage:
    """Everything on the page of a session."""

    line: SessionLine
    code: str
    is_code_open: bool
    enterprises: tuple[AttendanceLine, ...]
    mentors: tuple[MentorAttendance, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingPractice:
    """Something taught to an enterprise that nobody looked at yet."""

    session_id: UUID
    topic: str
    practice: str
    held_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetenceLine:
    """A session that a mentor was at."""

    topic: str
    kind: str
    held_on: date
    provider: str
    competence_label: str


def session(scope: Scope, session_id: UUID) -> TrainingSession:
    """One session.

    Raises:
        NotFound: unknown, or without anything within the scope: the answer is the same.
    """
    found = db.session.scalars(
        select(TrainingSession).where(TrainingSession.id == session_id, sessions_within(scope))
    ).one_or_none()
    if found is None:
        raise NotFound("training_unknown", message="Pelatihan ini tidak ditemukan.")
    return found


def session_by_code(code: str) -> TrainingSession:
    """The session whose door has this code, today.

    Raises:
        NotFound: no such code, or its day is over or ahead: the answer is the same.
    """
    found = db.session.scalars(
        select(TrainingSession).where(TrainingSession.code == code)
    ).one_or_none()
    if found is None or not is_code_open(
        held_on=found.held_on, until_on=found.until_on, today=local_today()
    ):
        raise NotFound("training_unknown", message="Kode ini tidak berlaku hari ini.")
    return found


def sessions_within(scope: Scope) -> ColumnElement[bool]:
    """The condition on `TrainingSession`: in the areas, or somebody within reach was there."""
    if WHOLE_COUNTRY in scope.areas:
        return true()
    came = exists().where(
        TrainingAttendance.session_id == TrainingSession.id,
        TrainingAttendance.enterprise_id.in_(select(Enterprise.id).where(within(scope))),
    )
    themselves = exists().where(
        MentorTraining.session_id == TrainingSession.id,
        MentorTraining.account_id == scope.account_id,
    )
    return or_(came, themselves, lies_in_any(TrainingSession.village_code, scope.areas))


def sessions(scope: Scope) -> list[SessionLine]:
    """The sessions, newest first, at most a hundred."""
    rows = db.session.scalars(
        select(TrainingSession)
        .where(sessions_within(scope))
        .order_by(TrainingSession.held_on.desc(), TrainingSession.id)
        .limit(LIST_SIZE)
    ).all()
    adoption = _adoption(scope, [row.id for row in rows])
    mentors = _mentor_counts([row.id for row in rows])
    villages = path_labels(row.village_code for row in rows)
    return [_line(row, villages[row.village_code], adoption, mentors) for row in rows]


def session_page(scope: Scope, session_id: UUID) -> SessionPage:
    """One session with those who were there, as far as they are reached.

    Raises:
        NotFound: see `session`.
    """
    row = session(scope, session_id)
    label = path_label(row.village_code)
    return SessionPage(
        line=_line(row, label, _adoption(scope, [row.id]), _mentor_counts([row.id])),
        code=row.code,
        is_code_open=is_code_open(held_on=row.held_on, until_on=row.until_on, today=local_today()),
        enterprises=_attendance(scope, row.id),
        mentors=_mentors(row.id),
    )


def candidates(scope: Scope, row: TrainingSession, *, area: str = "") -> list[AttendanceLine]:
    """Enterprises that may have come: of the session's district unless another area is asked."""
    return _offered(within(scope), in_area(area or row.village_code[:_DISTRICT]))


def own_candidates(scope: Scope) -> list[AttendanceLine]:
    """The enterprises in a mentor's care, for the page at the door."""
    return _offered(within(scope))


def _offered(*wanted: ColumnElement[bool]) -> list[AttendanceLine]:
    rows = db.session.execute(
        select(Enterprise, Owner.name)
        .join(Owner, Owner.id == Enterprise.owner_id)
        .where(*wanted, may_use(BASE))
        .order_by(Enterprise.search_name, Enterprise.id)
        .limit(MAX_ATTENDANCE)
    ).all()
    villages = path_labels(one.village_code for one, _ in rows)
    return [_candidate(one, owner, villages[one.village_code]) for one, owner in rows]


def marked(session_id: UUID) -> set[UUID]:
    """The enterprises that stand in the list of a session."""
    came = select(TrainingAttendance.enterprise_id)
    return set(db.session.scalars(came.where(TrainingAttendance.session_id == session_id)))


def mentor_choices(scope: Scope) -> list[tuple[UUID, str]]:
    """The mentors whom the scope reaches, by name."""
    return people(scope, role=Role.MENTOR)


def pending_practices(enterprise_id: UUID) -> list[PendingPractice]:
    """What was taught to an enterprise that the caller has reached and nobody looked at yet."""
    rows = db.session.scalars(
        select(TrainingSession)
        .join(TrainingAttendance, TrainingAttendance.session_id == TrainingSession.id)
        .where(
            TrainingAttendance.enterprise_id == enterprise_id,
            TrainingAttendance.practice_state == UNSEEN,
            TrainingSession.practice != "",
            TrainingSession.until_on <= local_today(),
        )
        .order_by(TrainingSession.held_on, TrainingSession.id)
    )
    return [
        PendingPractice(
            session_id=row.id, topic=row.topic, practice=row.practice, held_on=row.held_on
        )
        for row in rows
    ]


def competence_of(account_id: UUID) -> list[CompetenceLine]:
    """What a mentor was taught, newest first; the caller has found them within its reach."""
    rows = db.session.execute(
        select(MentorTraining, TrainingSession)
        .join(TrainingSession, TrainingSession.id == MentorTraining.session_id)
        .where(MentorTraining.account_id == account_id)
        .order_by(TrainingSession.held_on.desc(), TrainingSession.id)
    ).all()
    return [
        CompetenceLine(
            topic=row.topic,
            kind=KINDS[row.kind],
            held_on=row.held_on,
            provider=row.provider,
            competence_label=COMPETENCES.get(attended.competence or "", "Hadir"),
        )
        for attended, row in rows
    ]


def _adoption(scope: Scope, ids: list[UUID]) -> dict[UUID, Adoption]:
    state = TrainingAttendance.practice_state
    rows = db.session.execute(
        select(
            TrainingAttendance.session_id,
            func.count(),
            func.count().filter(state != UNSEEN),
            func.count().filter(state == ADOPTED),
        )
        .join(Enterprise, Enterprise.id == TrainingAttendance.enterprise_id)
        .where(TrainingAttendance.session_id.in_(ids), within(scope))
        .group_by(TrainingAttendance.session_id)
    )
    return {row[0]: Adoption(came=row[1], seen=row[2], adopted=row[3]) for row in rows}


def _mentor_counts(ids: list[UUID]) -> dict[UUID, int]:
    rows = db.session.execute(
        select(MentorTraining.session_id, func.count())
        .where(MentorTraining.session_id.in_(ids))
        .group_by(MentorTraining.session_id)
    )
    return {row[0]: row[1] for row in rows}


def _line(
    row: TrainingSession,
    village: str,
    adoption: Mapping[UUID, Adoption],
    mentors: Mapping[UUID, int],
) -> SessionLine:
    return SessionLine(
        id=row.id,
        kind=row.kind,
        topic=row.topic,
        practice=row.practice,
        pillar=row.pillar,
        provider=row.provider,
        village_code=row.village_code,
        village=village,
        place=row.place,
        held_on=row.held_on,
        until_on=row.until_on,
        cost=row.cost,
        funding=FUNDING_SOURCES[row.funding_source],
        has_photo=row.photo_id is not None,
        mentors=mentors.get(row.id, 0),
        adoption=adoption.get(row.id, Adoption(came=0, seen=0, adopted=0)),
    )


def _attendance(scope: Scope, session_id: UUID) -> tuple[AttendanceLine, ...]:
    rows = db.session.execute(
        select(TrainingAttendance, Enterprise, Owner.name, may_use(BASE))
        .join(Enterprise, Enterprise.id == TrainingAttendance.enterprise_id)
        .join(Owner, Owner.id == Enterprise.owner_id)
        .where(TrainingAttendance.session_id == session_id, within(scope))
        .order_by(Enterprise.search_name, Enterprise.id)
    ).all()
    villages = path_labels(one.village_code for _, one, _, _ in rows)
    return tuple(
        _candidate(one, owner, villages[one.village_code], attended, is_free=is_free)
        for attended, one, owner, is_free in rows
    )


def _candidate(
    one: Enterprise,
    owner: str,
    village: str,
    attended: TrainingAttendance | None = None,
    *,
    is_free: bool = True,
) -> AttendanceLine:
    return AttendanceLine(
        enterprise_id=one.id,
        name=one.name,
        owner_name=owner,
        village=village,
        practice_state=UNSEEN if attended is None else attended.practice_state,
        seen_on=None if attended is None else attended.seen_on,
        is_free=is_free,
    )


def _mentors(session_id: UUID) -> tuple[MentorAttendance, ...]:
    rows = db.session.execute(
        select(MentorTraining, Account.name)
        .join(Account, Account.id == MentorTraining.account_id)
        .where(MentorTraining.session_id == session_id)
        .order_by(Account.name, Account.id)
    )
    return tuple(
        MentorAttendance(account_id=row.account_id, name=name, competence=row.competence)
        for row, name in rows
    )
