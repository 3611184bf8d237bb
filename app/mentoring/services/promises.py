"""What an owner says of a promise on their own page. A visit settles it, not this word."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from app.core.clock import utc_now
from app.core.errors import NotFound, WrongState
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries import within
from app.history.rules import register_actions
from app.history.services import record
from app.mentoring.models import Promise
from app.mentoring.rules import OPEN

register_actions(
    {
        "promise.owner_done": "Pemilik berkata: janji sudah selesai",
        "promise.owner_not_done": "Pemilik berkata: janji belum selesai",
    }
)


def say_done(*, scope: Scope, promise_id: UUID, is_done: bool, by: UUID) -> None:
    """Note the owner's word about a promise; the same word twice is one.

    Raises:
        NotFound: unknown, or outside the scope.
        WrongState: a visit settled it meanwhile.
    """
    promise = db.session.scalars(
        select(Promise)
        .join(Enterprise, Enterprise.id == Promise.enterprise_id)
        .where(Promise.id == promise_id, within(scope))
        .with_for_update(of=Promise)
    ).one_or_none()
    if promise is None:
        raise NotFound("promise_unknown", message="Janji ini tidak ditemukan.")
    if promise.state != OPEN:
        raise WrongState("promise_settled", message="Janji ini sudah dicatat pendamping.")
    if (promise.owner_said_at is not None) == is_done:
        return
    promise.owner_said_at = utc_now() if is_done else None
    record(
        subject_type="promise",
        subject_id=promise.id,
        enterprise_id=promise.enterprise_id,
        action="promise.owner_done" if is_done else "promise.owner_not_done",
        by=by,
    )
