"""Writing trainings: the session, who came, what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO
from uuid import UUID

from sqlalchemy import delete, select

from app.core.clock import local_today, utc_now
from app.core.errors import InvalidInput, NotFound
from app.core.ids import new_id
from app.core.scope import Scope
from app.db import db
from app.db.once import kept_or_free
from app.db.upsert import insert_once
from app.enterprises.models import Enterprise, Owner
from app.enterprises.queries import check_allowed, may_use, within
from app.enterprises.rules.consents import BASE
from app.files.services import store_photo
from app.history.rules import FieldWording, register_actions, register_fields
from app.history.services import Change, record, record_many
from app.interventions.rules import check_cost
from app.trainings.models import MentorTraining, TrainingAttendance, TrainingSession
from app.trainings.queries import mentor_choices, session
from app.trainings.rules import (
    ADOPTED,
    BY_CODE,
    BY_LIST,
    COMPETENCES,
    MAX_ATTENDANCE,
    UNSEEN,
    check_begun,
    check_practice,
    check_session,
    new_code,
)

register_actions(
    {
        "training.made": "Pelatihan dicatat",
        "training.attended": "Hadir di pelatihan",
        "training.withdrawn": "Dihapus dari daftar hadir pelatihan",
        "training.practice_seen": "Penerapan hasil pelatihan dilihat",
        "training.mentors_marked": "Kehadiran pendamping dicatat",
        "training.paper": "Foto daftar hadir disimpan",
    }
)
register_fields(
    "training",
    {
        "topic": FieldWording(label="Pelatihan"),
        "practice": FieldWording(label="Praktik"),
        "is_adopted": FieldWording(label="Diterapkan"),
        "mentor_count": FieldWording(label="Pendamping yang hadir"),
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSession:
    """A session as it is planned, or as it was."""

    kind: str
    topic: str
    pillar: str
    provider: str
    village_code: str
    held_on: date
    until_on: date | None = None
    practice: str | None = None
    place: str | None = None
    cost: int | None = None
    funding_source: str | None = None


def make_session(
    *, new: NewSession, scope: Scope, by: UUID, key: UUID | None = None
) -> TrainingSession:
    """Put a session on the list, once for each key.

    Raises:
        NotFound: the village lies outside the scope.
        InvalidInput: impossible days, or a cost without a source.
    """
    if not scope.covers_area(new.village_code):
        raise NotFound("village_unknown", message="Desa ini di luar wilayah Anda.")
    until_on = new.until_on or new.held_on
    check_session(held_on=new.held_on, until_on=until_on, today=local_today())
    cost, funding_source = check_cost(cost=new.cost, funding_source=new.funding_source)
    said = {
        "kind": new.kind,
        "topic": new.topic,
        "practice": new.practice or "",
        "pillar": new.pillar,
        "provider": new.provider,
        "village_code": new.village_code,
        "place": new.place or "",
        "held_on": new.held_on,
        "until_on": until_on,
        "cost": cost,
        "funding_source": funding_source,
        "made_by": by,
    }
    known, key = kept_or_free(TrainingSession, key or new_id(), **said)
    if known is not None:
        return known
    row = TrainingSession(id=key, **said, code=new_code(), made_at=utc_now())
    db.session.add(row)
    _note(row, "training.made", by=by)
    return row


def mark_list(
    *,
    session_id: UUID,
    shown: Iterable[UUID],
    present: Iterable[UUID],
    scope: Scope,
    by: UUID,
) -> int:
    """Let the list of a session say that of those shown, these were there; gives how many came.

    Whoever is not shown, or withdrew, is left as they are. A practice that was looked at already
    keeps its line.

    Raises:
        NotFound: the session is unknown or outside the scope.
        WrongState: it lies ahead.
        InvalidInput: more people than one list bears.
    """
    row = session(scope, session_id)
    check_begun(row.held_on, local_today())
    reached = _reached(scope, shown)
    wanted = reached & set(present)
    _mark(row, wanted, way=BY_LIST, by=by)
    _unmark(row, reached - wanted, by=by)
    return len(wanted)


def mark_by_code(
    *, row: TrainingSession, present: Iterable[UUID], scope: Scope, by: UUID, with_me: bool
) -> int:
    """At the door, with its code: a person's own enterprises, and they themselves, were there.

    The code was checked; nobody is taken from the list here. Gives how many enterprises came.
    """
    wanted = _reached(scope, present)
    _mark(row, wanted, way=BY_CODE, by=by)
    if with_me:
        _mark_mentors(row, {by}, way=BY_CODE, by=by)
    return len(wanted)


def mark_mentors(
    *,
    session_id: UUID,
    present: Iterable[UUID],
    competences: Mapping[UUID, str | None],
    scope: Scope,
    by: UUID,
) -> None:
    """Let the list say which mentors were there and what they can do now.

    Mentors outside the scope stay as they are.

    Raises:
        NotFound: the session is unknown or outside the scope.
        WrongState: it lies ahead.
    """
    row = session(scope, session_id)
    check_begun(row.held_on, local_today())
    reached = {key for key, _ in mentor_choices(scope)}
    wanted = set(present) & reached
    _mark_mentors(row, wanted, way=BY_LIST, by=by)
    db.session.execute(
        delete(MentorTraining).where(
            MentorTraining.session_id == row.id,
            MentorTraining.account_id.in_(reached - wanted),
        )
    )
    for attended in db.session.scalars(
        select(MentorTraining).where(
            MentorTraining.session_id == row.id, MentorTraining.account_id.in_(wanted)
        )
    ):
        competence = competences.get(attended.account_id)
        attended.competence = competence if competence in COMPETENCES else None
    _note(row, "training.mentors_marked", by=by, changes={"mentor_count": [None, len(wanted)]})


def see_practice(
    *, session_id: UUID, enterprise_id: UUID, state: str, scope: Scope, by: UUID
) -> None:
    """Note whether an enterprise does what it was taught; what was seen may be seen anew.

    Raises:
        NotFound: the enterprise was not there, or lies outside the scope.
        WrongState: nothing was asked of those who came, or the owner withdrew.
        InvalidInput: no such judgement.
    """
    found = db.session.execute(
        select(TrainingAttendance, TrainingSession, Enterprise.village_code, Enterprise.owner_id)
        .join(TrainingSession, TrainingSession.id == TrainingAttendance.session_id)
        .join(Enterprise, Enterprise.id == TrainingAttendance.enterprise_id)
        .where(
            TrainingAttendance.session_id == session_id,
            TrainingAttendance.enterprise_id == enterprise_id,
            within(scope),
        )
    ).one_or_none()
    if found is None:
        raise NotFound("attendance_unknown", message="Usaha ini tidak ada di daftar hadir.")
    attended, row, village_code, owner_id = found
    check_allowed(owner_id, BASE)
    check_practice(state, row.practice)
    attended.practice_state, attended.seen_on, attended.seen_by = state, local_today(), by
    record(
        subject_type="training",
        subject_id=row.id,
        enterprise_id=enterprise_id,
        area_code=village_code,
        action="training.practice_seen",
        by=by,
        changes={
            "topic": [None, row.topic],
            "practice": [None, row.practice],
            "is_adopted": [None, "ya" if state == ADOPTED else "tidak"],
        },
    )


def keep_paper(*, session_id: UUID, photo: BinaryIO | None, scope: Scope, by: UUID) -> None:
    """Keep the photo of the signed list.

    Raises:
        NotFound: the session is unknown or outside the scope.
        InvalidInput: no photo.
    """
    row = session(scope, session_id)
    if photo is None:
        raise InvalidInput("photo_missing", field="photo", message="Pilih foto daftar hadir.")
    row.photo_id = store_photo(photo, by=by).id
    _note(row, "training.paper", by=by)


def _reached(scope: Scope, ids: Iterable[UUID]) -> set[UUID]:
    wanted = set(ids)
    if len(wanted) > MAX_ATTENDANCE:
        raise InvalidInput(
            "too_many_present", message=f"Paling banyak {MAX_ATTENDANCE} usaha sekali simpan."
        )
    return set(
        db.session.scalars(
            select(Enterprise.id)
            .join(Owner, Owner.id == Enterprise.owner_id)
            .where(Enterprise.id.in_(wanted), within(scope), may_use(BASE))
        )
    )


def _mark(row: TrainingSession, ids: set[UUID], *, way: str, by: UUID) -> None:
    known = set(
        db.session.scalars(
            select(TrainingAttendance.enterprise_id).where(TrainingAttendance.session_id == row.id)
        )
    )
    fresh = sorted(ids - known, key=str)
    if not fresh:
        return
    now = utc_now()
    insert_once(
        TrainingAttendance.__table__,
        [
            {
                "session_id": row.id,
                "enterprise_id": one,
                "way": way,
                "marked_by": by,
                "marked_at": now,
                "practice_state": UNSEEN,
            }
            for one in fresh
        ],
        key=["session_id", "enterprise_id"],
    )
    _note_each(row, fresh, "training.attended", by=by)


def _unmark(row: TrainingSession, ids: set[UUID], *, by: UUID) -> None:
    gone = db.session.scalars(
        delete(TrainingAttendance)
        .where(
            TrainingAttendance.session_id == row.id,
            TrainingAttendance.enterprise_id.in_(ids),
            TrainingAttendance.practice_state == UNSEEN,
        )
        .returning(TrainingAttendance.enterprise_id)
    ).all()
    _note_each(row, sorted(gone, key=str), "training.withdrawn", by=by)


def _mark_mentors(row: TrainingSession, ids: set[UUID], *, way: str, by: UUID) -> None:
    if not ids:
        return
    now = utc_now()
    insert_once(
        MentorTraining.__table__,
        [
            {
                "session_id": row.id,
                "account_id": one,
                "way": way,
                "marked_by": by,
                "marked_at": now,
            }
            for one in sorted(ids, key=str)
        ],
        key=["session_id", "account_id"],
    )


def _note_each(row: TrainingSession, ids: list[UUID], action: str, *, by: UUID) -> None:
    if not ids:
        return
    villages = db.session.execute(
        select(Enterprise.id, Enterprise.village_code).where(Enterprise.id.in_(ids))
    )
    codes = {one.id: one.village_code for one in villages}
    record_many(
        Change(
            action=action,
            subject_type="training",
            subject_id=row.id,
            enterprise_id=one,
            area_code=codes[one],
            by=by,
            changes={"topic": [None, row.topic]},
        )
        for one in ids
    )


def _note(
    row: TrainingSession,
    action: str,
    *,
    by: UUID,
    changes: dict[str, list[object]] | None = None,
) -> None:
    record(
        subject_type="training",
        subject_id=row.id,
        area_code=row.village_code,
        action=action,
        by=by,
        changes={"topic": [None, row.topic], **(changes or {})},
    )
