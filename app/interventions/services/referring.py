"""Sending a therapy to another office, and taking its answer."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.accounts.services.guests import try_as_guest
from app.core.clock import local_today, utc_now
from app.core.errors import InvalidInput, NotFound, WrongState
from app.core.identity import parse_phone
from app.core.ids import new_id
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries import check_allowed
from app.enterprises.queries.consents import open_consent
from app.enterprises.rules.consents import OTHER_OFFICE
from app.history.rules import FieldWording, register_actions, register_fields
from app.history.services import record
from app.interventions.models import Intervention, Referral
from app.interventions.queries.referrals import live_referral, referral_row
from app.interventions.rules import ACTIVE_STATES, RESULTS, current_catalogue
from app.interventions.rules.referrals import (
    ACCEPTED,
    DECLINED,
    FINISHED,
    LINK_LIFE,
    OFFICES,
    REVOKED,
    SENT,
    check_answer_day,
    check_referral_step,
)
from app.interventions.rules.states import RESULT_LABELS
from app.interventions.services.plan_rows import (
    check_served,
    locked_enterprise,
    locked_intervention,
)

_TOKEN_BYTES = 32
register_actions(
    {
        "referral.sent": "Terapi dirujuk ke kantor lain",
        "referral.renewed": "Tautan rujukan dibuat baru",
        "referral.revoked": "Rujukan dicabut",
        "referral.accepted": "Rujukan diterima kantor lain",
        "referral.declined": "Rujukan ditolak kantor lain",
        "referral.finished": "Hasil rujukan diterima",
    }
)
register_fields(
    "referral",
    {
        "office_name": FieldWording(label="Kantor"),
        "therapy": FieldWording(label="Terapi"),
        "answered_by": FieldWording(label="Dijawab oleh"),
        "result": FieldWording(label="Hasil", say=RESULT_LABELS.__getitem__),
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked of which office."""

    office: str
    office_name: str | None
    phone: str | None
    request: str
    answer_due_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A referral whose link was just made. The code is known now and never again."""

    referral_id: UUID
    code: str


def refer(
    *,
    intervention_id: UUID,
    version: int,
    wish: Wish,
    scope: Scope,
    by: UUID,
) -> Sent:
    """Send an approved or running therapy to another office.

    Raises:
        NotFound: unknown or outside the scope.
        WrongState: it is neither approved nor running, nobody looks after the enterprise, or the
            owner has not agreed to sharing.
        Conflict: it is at another office already, or somebody changed it since.
        InvalidInput: phone or day can't be.
    """
    item = locked_intervention(scope, intervention_id, version)
    enterprise = locked_enterprise(scope, item.enterprise_id)
    if item.state not in ACTIVE_STATES:
        raise WrongState(
            "intervention_not_to_refer",
            message="Hanya terapi yang disetujui atau berjalan yang dapat dirujuk.",
        )
    check_served(enterprise)
    check_allowed(enterprise.owner_id, OTHER_OFFICE)
    consent = open_consent(enterprise.owner_id, OTHER_OFFICE)
    row = _row(item, wish, by)
    row.owner_agreed_on = (consent and consent.given_on) or local_today()
    code = _new_link(row)
    db.session.add(row)
    db.session.flush()
    _note(row, "referral.sent", enterprise, by=by, note=wish.request)
    return Sent(referral_id=row.id, code=code)


def renew_link(*, referral_id: UUID, scope: Scope, by: UUID) -> Sent:
    """Make a new link; the one before opens nothing any more.

    Raises:
        NotFound: unknown or outside the scope.
        WrongState: the referral has ended.
    """
    row, enterprise = _locked(scope, referral_id)
    check_referral_step("renew", row.state)
    code = _new_link(row)
    _note(row, "referral.renewed", enterprise, by=by)
    return Sent(referral_id=row.id, code=code)


def revoke(*, referral_id: UUID, scope: Scope, by: UUID) -> Referral:
    """End a referral; its link opens nothing any more. Raises as `renew_link`."""
    row, enterprise = _locked(scope, referral_id)
    check_referral_step("revoke", row.state)
    row.state, row.token_sha256 = REVOKED, None
    _note(row, "referral.revoked", enterprise, by=by)
    return row


def end_referrals(
    item: Intervention, *, enterprise: Enterprise, states: Collection[str], by: UUID
) -> None:
    """Take back what other offices were asked for a therapy that is over; the plan is locked."""
    open_now = select(Referral).where(
        Referral.intervention_id == item.id, Referral.state.in_(states)
    )
    for row in db.session.scalars(open_now):
        row.state, row.token_sha256 = REVOKED, None
        _note(row, "referral.revoked", enterprise, by=by)


def open_link(*, code: str, address: str) -> str | None:
    """The key under which a guest goes on, None when the code opens nothing or after too many
    tries; opens its own transaction. Unknown, expired and revoked codes give the same answer.

    Raises:
        WrongState: too many tries from this address; code "too_many_tries".
    """
    hashed = hashed_code(code)
    is_open = try_as_guest(address=address, opens=lambda: live_referral(hashed) is not None)
    return hashed if is_open else None


def accept(*, key: str, person: str) -> Referral:
    """The other office takes the therapy on; it becomes its provider.

    Raises:
        NotFound: the link opens nothing any more.
        WrongState: it was answered already.
    """
    row, enterprise = _locked_by_guest(key)
    check_referral_step("accept", row.state)
    row.state, row.answered_at, row.answered_by = ACCEPTED, utc_now(), person
    item = db.session.get_one(Intervention, row.intervention_id)
    if item.provider != row.office_name:
        item.provider = row.office_name
        item.version += 1
    _note(row, "referral.accepted", enterprise, by=None)
    return row


def decline(*, key: str, person: str, reason: str) -> Referral:
    """The other office does not take it on. Raises as `accept`."""
    row, enterprise = _locked_by_guest(key)
    check_referral_step("decline", row.state)
    row.state, row.answered_at, row.answered_by = DECLINED, utc_now(), person
    row.decline_reason = reason
    _note(row, "referral.declined", enterprise, by=None, note=reason)
    return row


def finish(*, key: str, person: str, result: str, result_note: str | None) -> Referral:
    """The other office tells what came of it; the plan's own result stays with the mentor.

    Raises:
        NotFound: the link opens nothing any more.
        WrongState: it was not accepted, or is finished.
        InvalidInput: no result.
    """
    row, enterprise = _locked_by_guest(key)
    check_referral_step("finish", row.state)
    if result not in RESULTS:
        raise InvalidInput("result_missing", field="result", message="Pilih hasilnya.")
    row.state, row.finished_at, row.finished_by = FINISHED, utc_now(), person
    row.result, row.result_note = result, result_note
    _note(row, "referral.finished", enterprise, by=None, note=result_note)
    return row


def hashed_code(code: str) -> str:
    """How a code is kept."""
    return hashlib.sha256(code.strip().encode()).hexdigest()


def _row(item: Intervention, wish: Wish, by: UUID) -> Referral:
    return Referral(
        id=new_id(),
        intervention_id=item.id,
        enterprise_id=item.enterprise_id,
        office=wish.office,
        office_name=wish.office_name or OFFICES[wish.office],
        phone=parse_phone(wish.phone).value if wish.phone else None,
        request=wish.request,
        state=SENT,
        sent_by=by,
        sent_at=utc_now(),
        answer_due_on=check_answer_day(wish.answer_due_on, today=local_today()),
        expires_at=utc_now(),
    )


def _new_link(row: Referral) -> str:
    code = secrets.token_urlsafe(_TOKEN_BYTES)
    row.token_sha256, row.expires_at = hashed_code(code), utc_now() + LINK_LIFE
    return code


def _locked(scope: Scope, referral_id: UUID) -> tuple[Referral, Enterprise]:
    row = referral_row(scope, referral_id)
    enterprise = locked_enterprise(scope, row.enterprise_id)
    db.session.refresh(row)
    return row, enterprise


def _locked_by_guest(key: str) -> tuple[Referral, Enterprise]:
    found = live_referral(key)
    if found is None:
        raise NotFound("link_closed", message="Tautan ini tidak berlaku lagi.")
    enterprise = db.session.get_one(Enterprise, found.enterprise_id, with_for_update=True)
    db.session.refresh(found)
    return found, enterprise


def _note(
    row: Referral, action: str, enterprise: Enterprise, *, by: UUID | None, note: str | None = None
) -> None:
    item = db.session.get_one(Intervention, row.intervention_id)
    changes: dict[str, list[object]] = {
        "therapy": [None, current_catalogue().therapies[item.therapy_code].name],
        "office_name": [None, row.office_name],
    }
    person = row.finished_by or row.answered_by
    if by is None and person:
        changes["answered_by"] = [None, person]
    if row.result:
        changes["result"] = [None, row.result]
    record(
        subject_type="referral",
        subject_id=row.id,
        enterprise_id=row.enterprise_id,
        area_code=enterprise.village_code,
        action=action,
        by=by,
        changes=changes,
        note=note,
    )
