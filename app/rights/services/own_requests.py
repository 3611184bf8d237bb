"""What owners do with their data from their own page: it acts at once, or its clock runs."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from app.core.clock import local_date, local_today, utc_now
from app.core.errors import Conflict, NotFound
from app.core.scope import Scope
from app.credit.services.consents import give_lender_consent, withdraw_lender_consent
from app.db import db
from app.db.transaction import attempt
from app.enterprises.queries.consents import open_consent
from app.enterprises.rules.consents import BASE, PURPOSES
from app.enterprises.services import give_consent, withdraw_consent
from app.history.services import note_read
from app.rights.models import PersonRequest
from app.rights.queries import check_whole_reach
from app.rights.queries.own_data import own_owner
from app.rights.rules.requests import (
    COPY,
    ERASURE,
    FULFILLED,
    OWN_PAGE,
    WAITING,
    WITHDRAWAL,
    check_sure,
)
from app.rights.services.requests import record_request

ON_SCREEN = "layar"
TAKEN_BY_SELF = "Diunduh sendiri dari halaman pemilik."
# Of these one at a time waits: asking again changes nothing.
_ONE_AT_A_TIME = (ERASURE, WITHDRAWAL)


def ask(
    *,
    scope: Scope,
    by: UUID,
    kind: str,
    detail: str | None,
    identity_check: str,
    is_sure: bool = False,
    key: UUID | None = None,
) -> PersonRequest:
    """Start the clock of a request; a withdrawal acts at once as well.

    Raises:
        NotFound: the account is no owner's.
        InvalidInput: field "is_sure": an erasure without the word that it is meant.
    """
    owner = own_owner(scope)
    check_sure(kind, is_sure=is_sure)
    waiting = _waiting(owner.id, kind) if kind in _ONE_AT_A_TIME else None
    if waiting is not None:
        return waiting
    if kind == WITHDRAWAL and owner.objected_on is None:
        _withdraw(scope, owner.id, BASE, by)
    return record_request(
        scope=scope,
        owner_id=owner.id,
        kind=kind,
        came_by=OWN_PAGE,
        identity_check=identity_check,
        detail=detail,
        received_at=utc_now(),
        by=by,
        key=key,
    )


def agree(*, scope: Scope, by: UUID, purpose_key: str) -> None:
    """Note that an owner agreed to the text on their screen; agreeing twice changes nothing.

    Raises:
        NotFound: the account is no owner's.
        InvalidInput: no such purpose.
    """
    owner = own_owner(scope)
    try:
        with attempt():
            give_consent(
                scope=scope,
                owner_id=owner.id,
                purpose_key=purpose_key,
                way=ON_SCREEN,
                witness=None,
                given_on=local_today(),
                by=by,
            )
    except Conflict:
        return


def disagree(*, scope: Scope, by: UUID, purpose_key: str) -> None:
    """Note that an owner took a consent back; it acts from now on.

    To leave altogether is a request (`ask`), because the office has to answer it.

    Raises:
        NotFound: the account is no owner's, or there is no such consent to take back.
    """
    owner = own_owner(scope)
    if purpose_key == BASE or purpose_key not in PURPOSES:
        raise NotFound("purpose_unknown", message="Izin ini tidak ditemukan.")
    if open_consent(owner.id, purpose_key) is not None:
        _withdraw(scope, owner.id, purpose_key, by)


def agree_for_lender(*, scope: Scope, by: UUID, lender_id: UUID) -> None:
    """Note that an owner lets one lender see the business; agreeing twice changes nothing.

    Raises:
        NotFound: the account is no owner's, or the lender is unknown or far away.
        WrongState: the owner withdrew altogether.
    """
    owner = own_owner(scope)
    try:
        with attempt():
            give_lender_consent(
                scope=scope,
                by=by,
                owner_id=owner.id,
                lender_id=lender_id,
                way=ON_SCREEN,
                witness=None,
                given_on=local_today(),
            )
    except Conflict:
        return


def disagree_for_lender(*, scope: Scope, by: UUID, lender_id: UUID) -> None:
    """Note that an owner takes back what they said of one lender; it acts from now on.

    Raises:
        NotFound: the account is no owner's, or the lender is unknown or far away.
    """
    owner = own_owner(scope)
    withdraw_lender_consent(scope=scope, by=by, owner_id=owner.id, lender_id=lender_id)


def note_own_copy(*, scope: Scope, by: UUID, identity_check: str) -> UUID:
    """Note that an owner takes their copy along, once a day; gives whose it is.

    Raises:
        NotFound: the account is no owner's.
    """
    owner, now = own_owner(scope), utc_now()
    check_whole_reach(scope, owner.id)
    note_read(kind="export", by=by, subject_type="owner", subject_id=owner.id, owners=[owner.id])
    if not _was_copied_today(owner.id):
        row = record_request(
            scope=scope,
            owner_id=owner.id,
            kind=COPY,
            came_by=OWN_PAGE,
            identity_check=identity_check,
            detail=None,
            received_at=now,
            by=by,
        )
        row.state, row.answer = FULFILLED, TAKEN_BY_SELF
        row.answered_by, row.answered_at = by, now
    return owner.id


def _withdraw(scope: Scope, owner_id: UUID, purpose_key: str, by: UUID) -> None:
    withdraw_consent(
        scope=scope,
        owner_id=owner_id,
        purpose_key=purpose_key,
        withdrawn_on=local_today(),
        reason=None,
        by=by,
    )


def _waiting(owner_id: UUID, kind: str) -> PersonRequest | None:
    return db.session.scalars(
        select(PersonRequest)
        .where(
            PersonRequest.owner_id == owner_id,
            PersonRequest.kind == kind,
            PersonRequest.state == WAITING,
        )
        .limit(1)
    ).one_or_none()


def _was_copied_today(owner_id: UUID) -> bool:
    last = db.session.scalars(
        select(PersonRequest.received_at)
        .where(
            PersonRequest.owner_id == owner_id,
            PersonRequest.kind == COPY,
            PersonRequest.came_by == OWN_PAGE,
        )
        .order_by(PersonRequest.received_at.desc())
        .limit(1)
    ).one_or_none()
    return last is not None and local_date(last) == local_today()
