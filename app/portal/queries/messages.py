"""Messages of owners: their own page's list, and the office's inbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from app.accounts.queries import names
from app.core.clock import local_date, local_today
from app.core.errors import NotFound
from app.core.scope import Scope
from app.db import db
from app.db.keyset import Key, behind, ordering, words_of
from app.enterprises.models import Enterprise, Owner
from app.enterprises.queries import within
from app.health.models import HealthAssessment, Objection
from app.health.rules.disputes import OUTCOME_LABELS
from app.mentoring.models import Visit, VisitConfirmation
from app.places.queries import path_labels
from app.portal.models import OwnerMessage
from app.portal.rules.messages import KIND_LABELS, TOPIC_LABELS, Age, age_of
from app.web.paging import Page, decode_cursor, encode_cursor

PAGE_SIZE = 50
_SHOWN = 30
_BY_DUE = (Key(column=OwnerMessage.due_on), Key(column=OwnerMessage.id))
_NEWEST = (Key(column=OwnerMessage.id, is_falling=True),)
OBJECTION_LABEL = "Keberatan atas penilaian"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLine:
    """One message or objection as its owner sees it."""

    id: UUID
    is_objection: bool
    label: str
    topic: str
    words: str
    sent_on: date
    due_on: date
    answered_on: date | None
    answer: str
    follow_up_on: date | None
    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxLine:
    """One message as the office sees it; `age` counts as long as it has no answer."""

    row: OwnerMessage
    label: str
    topic: str
    enterprise_name: str
    owner_name: str
    place: str
    mentor_name: str
    answered_by: str
    age: Age
    visited_on: date | None
    # What the owner says of that visit now; None where they said nothing.
    has_come: bool | None

    @property
    def is_open(self) -> bool:
        """Whether the owner still waits for an answer."""
        return self.row.answered_at is None


def own_lines(scope: Scope) -> list[OwnLine]:
    """What an owner sent and what was answered, newest first, objections among them."""
    messages = (
        select(OwnerMessage)
        .join(Enterprise, Enterprise.id == OwnerMessage.enterprise_id)
        .where(within(scope))
        .order_by(OwnerMessage.sent_at.desc(), OwnerMessage.id.desc())
        .limit(_SHOWN)
    )
    objections = (
        select(Objection)
        .join(Enterprise, Enterprise.id == Objection.enterprise_id)
        .where(within(scope))
        .order_by(Objection.recorded_at.desc(), Objection.id.desc())
        .limit(_SHOWN)
    )
    lines = [(row.sent_at, _own_message(row)) for row in db.session.scalars(messages)]
    lines += [(row.recorded_at, _own_objection(row)) for row in db.session.scalars(objections)]
    lines.sort(key=lambda one: (one[0], str(one[1].id)), reverse=True)
    return [line for _, line in lines]


def new_answer_count(scope: Scope) -> int:
    """How many answers an owner has not said to have read."""
    messages = (
        select(func.count())
        .select_from(OwnerMessage)
        .join(Enterprise, Enterprise.id == OwnerMessage.enterprise_id)
        .where(within(scope), OwnerMessage.answered_at.is_not(None), OwnerMessage.read_at.is_(None))
    )
    objections = (
        select(func.count())
        .select_from(Objection)
        .join(Enterprise, Enterprise.id == Objection.enterprise_id)
        .where(within(scope), Objection.outcome.is_not(None), Objection.read_at.is_(None))
    )
    return int((db.session.scalar(messages) or 0) + (db.session.scalar(objections) or 0))


def waiting_of(owner_id: UUID) -> int:
    """How many messages of an owner wait; the caller found the owner in their reach."""
    statement = (
        select(func.count())
        .select_from(OwnerMessage)
        .where(OwnerMessage.owner_id == owner_id, OwnerMessage.answered_at.is_(None))
    )
    return int(db.session.scalar(statement) or 0)


def newest_assessment(scope: Scope, enterprise_id: UUID) -> HealthAssessment | None:
    """The assessment that an owner can object to."""
    statement = (
        select(HealthAssessment)
        .join(Enterprise, Enterprise.id == HealthAssessment.enterprise_id)
        .where(HealthAssessment.enterprise_id == enterprise_id, within(scope))
        .order_by(HealthAssessment.assessed_on.desc(), HealthAssessment.received_at.desc())
        .limit(1)
    )
    return db.session.scalars(statement).one_or_none()


def office_reach(scope: Scope) -> ColumnElement[bool]:
    """The condition on `Enterprise` under which somebody reads what its owner writes.

    Whoever has it in care does not, even where they are an officer too.
    """
    return and_(
        within(scope),
        or_(Enterprise.mentor_id.is_(None), Enterprise.mentor_id != scope.account_id),
    )


def inbox(scope: Scope, *, answered: bool = False, cursor: str | None = None) -> Page[InboxLine]:
    """One page of what waits for an answer, the earliest promised day first; or of the answered.

    Raises:
        InvalidInput: code "cursor_unknown".
    """
    order = _NEWEST if answered else _BY_DUE
    place = decode_cursor(cursor, key_count=len(order))
    is_answered = OwnerMessage.answered_at.is_not(None)
    statement = _lines_within(scope).where(is_answered if answered else ~is_answered)
    if place is not None:
        statement = statement.where(behind(order, place.keys))
    rows = list(db.session.execute(statement.order_by(*ordering(order)).limit(PAGE_SIZE + 1)))
    shown = rows[:PAGE_SIZE]
    last = words_of(order, shown[-1][0]) if len(rows) > PAGE_SIZE else None
    return Page(rows=_inbox_lines(shown), next_cursor=encode_cursor(*last) if last else None)


def message(scope: Scope, message_id: UUID) -> InboxLine:
    """One message, for the office.

    Raises:
        NotFound: unknown, outside the scope, or about an enterprise in the reader's own care.
    """
    statement = _lines_within(scope).where(OwnerMessage.id == message_id)
    found = _inbox_lines(list(db.session.execute(statement)))
    if not found:
        raise NotFound("message_unknown", message="Pesan ini tidak ditemukan.")
    return found[0]


def unanswered_count(scope: Scope) -> int:
    """How many messages wait for an answer."""
    return int(db.session.scalar(_waiting(scope).with_only_columns(func.count())) or 0)


def oldest_unanswered(scope: Scope) -> datetime | None:
    """Since when the oldest message waits."""
    return db.session.scalar(_waiting(scope).with_only_columns(func.min(OwnerMessage.sent_at)))


def late_count(scope: Scope) -> int:
    """How many messages wait beyond the promised day."""
    late = _waiting(scope).where(OwnerMessage.due_on < local_today())
    return int(db.session.scalar(late.with_only_columns(func.count())) or 0)


def _waiting(scope: Scope) -> Select[Any]:
    return (
        select(OwnerMessage.id)
        .join(Enterprise, Enterprise.id == OwnerMessage.enterprise_id)
        .where(OwnerMessage.answered_at.is_(None), office_reach(scope))
    )


def _lines_within(scope: Scope) -> Select[Any]:
    statement: Any = (
        select(
            OwnerMessage,
            Enterprise.name,
            Enterprise.village_code,
            Enterprise.mentor_id,
            Owner.name.label("owner_name"),
            Visit.visited_on,
            VisitConfirmation.has_come,
        )
        .join(Enterprise, Enterprise.id == OwnerMessage.enterprise_id)
        .join(Owner, Owner.id == OwnerMessage.owner_id)
        .outerjoin(Visit, Visit.id == OwnerMessage.visit_id)
        .outerjoin(VisitConfirmation, VisitConfirmation.visit_id == OwnerMessage.visit_id)
        .where(office_reach(scope))
    )
    found: Select[Any] = statement
    return found


def _inbox_lines(rows: list[Any]) -> list[InboxLine]:
    today = local_today()
    wanted = {key for row in rows for key in (row.mentor_id, row[0].answered_by) if key}
    people = names(wanted)
    labels = path_labels(row.village_code for row in rows)
    return [
        InboxLine(
            row=row[0],
            label=KIND_LABELS[row[0].kind],
            topic=TOPIC_LABELS[row[0].kind].get(row[0].topic, ""),
            enterprise_name=row.name,
            owner_name=row.owner_name,
            place=", ".join(labels[row.village_code].split(", ")[:2]),
            mentor_name=people.get(row.mentor_id, ""),
            answered_by=people.get(row[0].answered_by, ""),
            age=age_of(row[0].sent_at, row[0].due_on, today),
            visited_on=row.visited_on,
            has_come=row.has_come,
        )
        for row in rows
    ]


def _own_message(row: OwnerMessage) -> OwnLine:
    answered_on = local_date(row.answered_at) if row.answered_at else None
    return OwnLine(
        id=row.id,
        is_objection=False,
        label=KIND_LABELS[row.kind],
        topic=TOPIC_LABELS[row.kind].get(row.topic, ""),
        words=row.words,
        sent_on=local_date(row.sent_at),
        due_on=row.due_on,
        answered_on=answered_on,
        answer=row.answer or "",
        follow_up_on=row.follow_up_on,
        is_new=answered_on is not None and row.read_at is None,
    )


def _own_objection(row: Objection) -> OwnLine:
    outcome = OUTCOME_LABELS.get(row.outcome or "", "")
    return OwnLine(
        id=row.id,
        is_objection=True,
        label=OBJECTION_LABEL,
        topic="",
        words=row.words,
        sent_on=row.received_on,
        due_on=row.due_on,
        answered_on=row.answered_on,
        answer=f"{outcome}. {row.answer}" if outcome else "",
        follow_up_on=None,
        is_new=row.answered_on is not None and row.read_at is None,
    )
