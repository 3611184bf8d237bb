"""Taking requests down and answering them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from app.core.clock import local_today, utc_now
from app.core.errors import NotFound, WrongState
from app.core.ids import new_id
from app.core.scope import Scope
from app.db import db
from app.db.once import kept_or_free
from app.enterprises.models import Enterprise, Owner
from app.enterprises.queries import owner as owner_within_reach
from app.enterprises.rules.consents import BASE
from app.enterprises.services import withdraw_consent
from app.history.rules import FieldWording, register_actions, register_fields
from app.history.services import Change, note_read, record_many
from app.rights.models import PersonRequest
from app.rights.queries import check_whole_reach, request
from app.rights.rules.requests import (
    COPY,
    ERASURE,
    FULFILLED,
    KIND_LABELS,
    OWN_PAGE,
    REFUSED,
    RESTRICTION,
    WITHDRAWAL,
    check_open,
    check_reason,
    check_sure,
    due_at,
)
from app.rights.services.erasing import erase

register_actions(
    {
        "request.received": "Permintaan pemilik dicatat",
        "request.fulfilled": "Permintaan pemilik dipenuhi",
        "request.refused": "Permintaan pemilik ditolak",
        "owner.copied": "Salinan data pemilik dibuat",
        "owner.unrestricted": "Pembatasan data pemilik diakhiri",
    }
)
register_fields(
    "person_request",
    {"kind": FieldWording(label="Permintaan", say=lambda key: KIND_LABELS.get(key, key))},
)


def record_request(
    *,
    scope: Scope,
    owner_id: UUID,
    kind: str,
    came_by: str,
    identity_check: str,
    detail: str | None,
    received_at: datetime,
    by: UUID,
    key: UUID | None = None,
) -> PersonRequest:
    """Take a request down, once for each key; its clock runs from when it came in.

    Raises:
        NotFound: unknown or outside the scope.
        WrongState: the owner's data were erased already.
    """
    owner = owner_within_reach(scope, owner_id)
    if owner.erased_on is not None:
        raise WrongState("owner_erased", message="Data pemilik ini sudah dihapus.")
    said = {
        "owner_id": owner.id,
        "kind": kind,
        "came_by": came_by,
        "detail": (detail or "").strip() or None,
    }
    known, key = kept_or_free(PersonRequest, key or new_id(), **said)
    if known is not None:
        return known
    row = PersonRequest(
        id=key,
        **said,
        identity_check=identity_check.strip(),
        received_at=received_at,
        due_at=due_at(received_at),
        recorded_by=by,
        state="menunggu",
    )
    return _kept(row, by)


def _kept(row: PersonRequest, by: UUID) -> PersonRequest:
    db.session.add(row)
    db.session.flush()
    _record(row.owner_id, row, "request.received", by)
    return row


def fulfil(
    *, scope: Scope, request_id: UUID, answer: str | None, is_sure: bool = False, by: UUID
) -> list[Path]:
    """Answer a request by doing what it asks; gives the files to remove after the commit.

    A copy and a correction were made before, on their own pages; restriction and erasure act here.

    Raises:
        NotFound: unknown or outside the scope.
        WrongState: answered already, or some of the owner's enterprises lie elsewhere.
        InvalidInput: field "is_sure": an erasure by somebody who has not said so.
    """
    row = _open_request(scope, request_id)
    if row.kind in (COPY, RESTRICTION, ERASURE, WITHDRAWAL):
        check_whole_reach(scope, row.owner_id)
    check_sure(row.kind, is_sure=is_sure)
    _answer(row, FULFILLED, answer, by)
    _record(row.owner_id, row, "request.fulfilled", by)
    owner = db.session.get_one(Owner, row.owner_id)
    if row.kind == RESTRICTION:
        owner.restricted_on = local_today()
    if row.kind == WITHDRAWAL and owner.objected_on is None:
        withdraw_consent(
            scope=scope,
            owner_id=owner.id,
            purpose_key=BASE,
            withdrawn_on=local_today(),
            reason=None,
            by=by,
        )
    return erase(owner_id=row.owner_id, by=by) if row.kind == ERASURE else []


def refuse(*, scope: Scope, request_id: UUID, answer: str | None, by: UUID) -> None:
    """Answer that a request can't be met, and why.

    Raises:
        NotFound: unknown or outside the scope.
        WrongState: answered already.
        InvalidInput: field "answer": no reason.
    """
    row = _open_request(scope, request_id)
    _answer(row, REFUSED, check_reason(answer), by)
    _record(row.owner_id, row, "request.refused", by)


def lift_restriction(*, scope: Scope, owner_id: UUID, by: UUID) -> None:
    """Let the office use data of an owner again who asked to restrict them.

    Raises:
        NotFound: unknown or outside the scope.
        WrongState: they are not restricted.
    """
    owner = owner_within_reach(scope, owner_id)
    if owner.restricted_on is None:
        raise WrongState("not_restricted", message="Data pemilik ini tidak dibatasi.")
    owner.restricted_on = None
    _record(owner.id, None, "owner.unrestricted", by)


def note_copy(*, scope: Scope, owner_id: UUID, by: UUID) -> None:
    """Note that everything held on an owner is taken along for them.

    Raises:
        NotFound: unknown or outside the scope.
        WrongState: some of their enterprises lie elsewhere.
    """
    owner = owner_within_reach(scope, owner_id)
    check_whole_reach(scope, owner.id)
    _record(owner.id, None, "owner.copied", by)
    note_read(kind="export", by=by, subject_type="owner", subject_id=owner.id, owners=[owner.id])


def _open_request(scope: Scope, request_id: UUID) -> PersonRequest:
    found = request(scope, request_id).row
    row = db.session.execute(
        select(PersonRequest).where(PersonRequest.id == found.id).with_for_update()
    ).scalar_one_or_none()
    if row is None:
        raise NotFound("request_unknown", message="Permintaan ini tidak ditemukan.")
    check_open(row.state)
    return row


def _answer(row: PersonRequest, state: str, answer: str | None, by: UUID) -> None:
    row.state = state
    row.answer = (answer or "").strip() or None
    row.answered_by = by
    row.answered_at = utc_now()


def _record(owner_id: UUID, row: PersonRequest | None, action: str, by: UUID) -> None:
    rows = db.session.execute(
        select(Enterprise.id, Enterprise.village_code)
        .where(Enterprise.owner_id == owner_id)
        .order_by(Enterprise.id)
    ).all()
    places: list[tuple[UUID | None, str | None]] = [(one.id, one.village_code) for one in rows]
    is_own = row is not None and row.came_by == OWN_PAGE
    record_many(
        Change(
            action=action,
            subject_type="person_request" if row is not None else "owner",
            subject_id=row.id if row is not None else owner_id,
            by=by,
            # What owners ask for on their own page is not told in a timeline that mentors read.
            enterprise_id=None if is_own else enterprise_id,
            area_code=village_code,
            changes={"kind": [None, row.kind]} if row is not None else None,
        )
        for enterprise_id, village_code in (places[:1] if is_own else places) or [(None, None)]
    )
