"""What owners write to the office, and what the office answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.clock import local_today, utc_now
from app.core.errors import NotFound, WrongState
from app.core.ids import new_id
from app.core.scope import Scope
from app.db import db
from app.db.once import kept_or_free
from app.enterprises.models import Enterprise
from app.enterprises.queries import enterprise as enterprise_within
from app.enterprises.queries import within
from app.health.models import Objection
from app.health.rules.disputes import ON_OWN_PAGE
from app.health.services.disputes import record_objection
from app.history.rules import FieldWording, register_actions, register_fields
from app.history.services import record
from app.portal.models import OwnerMessage
from app.portal.queries.messages import newest_assessment, office_reach, waiting_of
from app.portal.rules.messages import (
    KIND_LABELS,
    OBJECTION_REASONS,
    check_answer,
    check_follow_up,
    check_topic,
    check_waiting,
    due_on,
)

register_actions(
    {
        "owner_message.sent": "Pesan pemilik diterima",
        "owner_message.answered": "Pesan pemilik dijawab",
    }
)
register_fields(
    "owner_message",
    {"kind": FieldWording(label="Pesan", say=lambda key: KIND_LABELS.get(key, key))},
)


def send_message(
    *,
    scope: Scope,
    by: UUID,
    enterprise_id: UUID,
    kind: str,
    topic: str,
    words: str = "",
    visit_id: UUID | None = None,
    key: UUID | None = None,
) -> OwnerMessage:
    """Keep, once for each key, what an owner tells the office; the office has to answer.

    Raises:
        NotFound: the enterprise is not the caller's.
        InvalidInput: field "topic".
        WrongState: too many wait already.
    """
    row = enterprise_within(scope, enterprise_id)
    check_topic(kind, topic)
    said = {
        "owner_id": row.owner_id,
        "enterprise_id": row.id,
        "visit_id": visit_id,
        "kind": kind,
        "topic": topic,
        "words": words.strip(),
    }
    known, key = kept_or_free(OwnerMessage, key or new_id(), **said)
    if known is not None:
        return known
    check_waiting(waiting_of(row.owner_id))
    made = OwnerMessage(
        id=key, **said, sent_by=by, sent_at=utc_now(), due_on=due_on(kind, local_today())
    )
    db.session.add(made)
    db.session.flush()
    _note(made, row.village_code, "owner_message.sent", by, {"kind": [None, kind]})
    return made


def object_to_assessment(
    *, scope: Scope, by: UUID, enterprise_id: UUID, reason: str, words: str = "", key: UUID
) -> Objection:
    """Write down what an owner says from their own page against the newest assessment.

    Raises:
        NotFound: the enterprise is not the caller's.
        WrongState: it was not assessed yet.
    """
    row = enterprise_within(scope, enterprise_id)
    newest = newest_assessment(scope, row.id)
    if newest is None:
        raise WrongState("not_assessed", message="Usaha ini belum dinilai.")
    told = ": ".join(part for part in (OBJECTION_REASONS[reason], words.strip()) if part)
    return record_objection(
        scope=scope,
        assessment_id=newest.id,
        received_on=local_today(),
        way=ON_OWN_PAGE,
        words=told,
        by=by,
        key=key,
    )


def answer_message(
    *, scope: Scope, by: UUID, message_id: UUID, answer: str, follow_up_on: date | None = None
) -> OwnerMessage:
    """Answer a message, once; the owner sees it on their page with its day.

    Raises:
        NotFound: unknown, outside the scope, or about an enterprise in the caller's own care.
        WrongState: it has its answer.
        InvalidInput: fields "answer", "follow_up_on".
    """
    found = db.session.execute(
        select(OwnerMessage, Enterprise.village_code)
        .join(Enterprise, Enterprise.id == OwnerMessage.enterprise_id)
        .where(OwnerMessage.id == message_id, office_reach(scope))
        .with_for_update(of=OwnerMessage)
    ).one_or_none()
    if found is None:
        raise NotFound("message_unknown", message="Pesan ini tidak ditemukan.")
    row, village_code = found
    if row.answered_at is not None:
        raise WrongState("message_answered", message="Pesan ini sudah dijawab.")
    check_follow_up(follow_up_on, local_today())
    row.answer, row.follow_up_on = check_answer(answer), follow_up_on
    row.answered_at, row.answered_by = utc_now(), by
    _note(row, village_code, "owner_message.answered", by)
    return row


def mark_read(*, scope: Scope) -> int:
    """Note that an owner has read every answer there is; gives how many were new."""
    now = utc_now()
    messages = db.session.scalars(
        select(OwnerMessage)
        .join(Enterprise, Enterprise.id == OwnerMessage.enterprise_id)
        .where(within(scope), OwnerMessage.answered_at.is_not(None), OwnerMessage.read_at.is_(None))
    ).all()
    objections = db.session.scalars(
        select(Objection)
        .join(Enterprise, Enterprise.id == Objection.enterprise_id)
        .where(within(scope), Objection.outcome.is_not(None), Objection.read_at.is_(None))
    ).all()
    for message in messages:
        message.read_at = now
    for objection in objections:
        objection.read_at = now
    return len(messages) + len(objections)


def _note(
    row: OwnerMessage,
    village_code: str,
    action: str,
    by: UUID,
    changes: Mapping[str, Any] | None = None,
) -> None:
    # Without the enterprise: its timeline is read by the mentor.
    record(
        subject_type="owner_message",
        subject_id=row.id,
        action=action,
        by=by,
        area_code=village_code,
        changes=changes,
    )
