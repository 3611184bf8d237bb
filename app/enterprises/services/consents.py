"""Writing down what owners agree to and what they take back."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from app.core.clock import local_today, utc_now
from app.core.errors import InvalidInput
from app.core.ids import new_id
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Consent, Owner
from app.enterprises.queries.consents import open_consent
from app.enterprises.queries.reach import owner as owner_within_reach
from app.enterprises.rules.consents import BASE, check_given, purpose, purposes, texts_on
from app.enterprises.services.owner_notes import note_for_owner
from app.history.rules import FieldWording, register_actions, register_fields

register_actions(
    {
        "owner.consented": "Persetujuan pemilik dicatat",
        "owner.withdrew": "Penarikan persetujuan dicatat",
    }
)
register_fields(
    "owner",
    {
        "purpose": FieldWording(
            label="Tujuan", say={one.key: one.label for one in purposes()}.__getitem__
        )
    },
)


def give_consent(
    *,
    scope: Scope,
    owner_id: UUID,
    purpose_key: str,
    way: str | None,
    witness: str | None,
    given_on: date,
    by: UUID | None,
) -> Consent:
    """Note that an owner agreed to the text of a purpose; lifts an earlier objection.

    Raises:
        NotFound: unknown or outside the scope.
        InvalidInput: it could not be proved.
        Conflict: an earlier consent to it still holds.
    """
    owner = owner_within_reach(scope, owner_id)
    return add_consent(
        owner, purpose_key, way=way, witness=witness, given_on=given_on, by=by, is_told=True
    )


def add_consent(
    owner: Owner,
    purpose_key: str,
    *,
    way: str | None,
    witness: str | None,
    given_on: date,
    by: UUID | None,
    is_told: bool,
) -> Consent:
    """Note a consent of an owner who was found within the scope; `is_told` in the history too."""
    purpose(purpose_key)
    check_given(way=way, witness=witness, given_on=given_on, today=local_today())
    consent = Consent(
        id=new_id(),
        owner_id=owner.id,
        purpose=purpose_key,
        text_version=texts_on(given_on).version,
        way=way,
        witness=(witness or "").strip() or None,
        given_on=given_on,
        recorded_by=by,
        recorded_at=utc_now(),
    )
    db.session.add(consent)
    db.session.flush()
    if purpose_key == BASE:
        owner.objected_on = None
        owner.consented_on, owner.consent_way = given_on, way
        owner.consent_version = consent.text_version
    if is_told:
        note_for_owner(owner, "owner.consented", by=by, changes={"purpose": [None, purpose_key]})
    return consent


def withdraw_consent(
    *,
    scope: Scope,
    owner_id: UUID,
    purpose_key: str,
    withdrawn_on: date,
    reason: str | None,
    by: UUID | None,
) -> Consent:
    """Note that an owner took a consent back, or objects to what was done without one.

    It acts from this moment on, whatever day is stated.

    Raises:
        NotFound: unknown or outside the scope.
        InvalidInput: a day to come, or before the consent.
    """
    owner = owner_within_reach(scope, owner_id)
    purpose(purpose_key)
    row = open_consent(owner.id, purpose_key)
    _check_withdrawn(withdrawn_on, row)
    if row is None:
        row = Consent(
            id=new_id(),
            owner_id=owner.id,
            purpose=purpose_key,
            recorded_by=by,
            recorded_at=utc_now(),
        )
        db.session.add(row)
    row.withdrawn_on = withdrawn_on
    row.withdrawal_recorded_by = by
    row.withdrawal_reason = (reason or "").strip() or None
    if purpose_key == BASE:
        owner.objected_on = withdrawn_on
        owner.consented_on = owner.consent_way = owner.consent_version = None
    note_for_owner(owner, "owner.withdrew", by=by, changes={"purpose": [None, purpose_key]})
    return row


def _check_withdrawn(withdrawn_on: date, row: Consent | None) -> None:
    if withdrawn_on > local_today():
        raise InvalidInput(
            "withdrawn_on_future",
            field="withdrawn_on",
            message="Tanggal penarikan tidak boleh setelah hari ini.",
        )
    if row is not None and row.given_on is not None and withdrawn_on < row.given_on:
        raise InvalidInput(
            "withdrawn_before_given",
            field="withdrawn_on",
            message="Tanggal penarikan tidak boleh sebelum persetujuannya.",
        )
