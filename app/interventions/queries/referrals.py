"""Referrals: for the officers within their scope, and for the guest by the code alone."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, func, select, true

from app.accounts.models import Account
from app.core.clock import local_date, local_today, utc_now
from app.core.errors import NotFound
from app.core.scope import Scope
from app.db import db
from app.db.keyset import Key, behind, ordering
from app.enterprises.models import Enterprise, Owner
from app.enterprises.queries import enterprise as enterprise_within
from app.enterprises.queries import is_allowed, may_use, within
from app.enterprises.rules.consents import OTHER_OFFICE
from app.interventions.models import Intervention, Referral
from app.interventions.rules import current_catalogue
from app.interventions.rules.referrals import (
    ACCEPTED,
    DECLINED,
    FINISHED,
    OFFICES,
    OPEN_REFERRALS,
    REFERRAL_LABELS,
    REVOKED,
    SENT,
    is_overdue,
)
from app.interventions.rules.states import RESULT_LABELS
from app.places.queries import path_label, path_labels
from app.web.paging import Page, decode_cursor, encode_cursor

_TONES = {SENT: "info", ACCEPTED: "warn", DECLINED: "bad", FINISHED: "good", REVOKED: "muted"}
_LIST_SIZE = 100
PAGE_SIZE = 50
_ENDED = (DECLINED, FINISHED, REVOKED)
# Ids are made in the order of time.
_BY_DUE = (Key(column=Referral.answer_due_on), Key(column=Referral.id))
_NEWEST = (Key(column=Referral.id, is_falling=True),)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralView:
    """One referral as the office sees it. `waited` counts days: until the answer, or today."""

    id: UUID
    intervention_id: UUID
    enterprise_id: UUID
    enterprise_name: str
    village: str
    therapy: str
    office: str
    office_name: str
    phone: str | None
    request: str
    state: str
    sent_by: str
    sent_on: date
    answer_due_on: date
    expires_at: datetime
    has_link: bool
    waited: int
    is_overdue: bool
    answered_on: date | None
    answered_by: str
    decline_reason: str
    finished_on: date | None
    finished_by: str
    result: str | None
    result_note: str

    @property
    def state_label(self) -> str:
        """The word for its state."""
        return REFERRAL_LABELS[self.state]

    @property
    def state_tone(self) -> str:
        """How its state looks."""
        return "bad" if self.is_overdue else _TONES[self.state]

    @property
    def is_open(self) -> bool:
        """Whether an answer or a result is still to come."""
        return self.state in OPEN_REFERRALS

    @property
    def result_label(self) -> str:
        """The word for its result, empty before the end."""
        return RESULT_LABELS.get(self.result or "", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class GuestView:
    """What the other office sees: the request, and whom to meet only once it has accepted."""

    id: UUID
    office_name: str
    therapy: str
    purpose: str
    success_measure: str
    request: str
    enterprise_name: str
    product_line: str
    village: str
    sent_on: date
    answer_due_on: date
    due_on: date | None
    state: str
    owner_name: str
    owner_phone: str
    address: str
    decline_reason: str
    result_label: str
    result_note: str

    @property
    def state_label(self) -> str:
        """The word for its state."""
        return REFERRAL_LABELS[self.state]

    @property
    def is_waiting(self) -> bool:
        """Whether it is to be accepted or declined."""
        return self.state == SENT

    @property
    def is_accepted(self) -> bool:
        """Whether its result is to be told."""
        return self.state == ACCEPTED


def sharing_consent(scope: Scope, enterprise_id: UUID) -> tuple[UUID, bool]:
    """Who owns an enterprise, and whether they agree that other offices see their data.

    Raises:
        NotFound: no such enterprise within the scope.
    """
    owner_id = enterprise_within(scope, enterprise_id).owner_id
    return owner_id, is_allowed(owner_id, OTHER_OFFICE)


def referral(scope: Scope, referral_id: UUID) -> ReferralView:
    """One referral.

    Raises:
        NotFound: unknown, or of an enterprise outside the scope: the answer is the same.
    """
    found = _views(scope, Referral.id == referral_id)
    if not found:
        raise NotFound("referral_unknown", message="Rujukan ini tidak ditemukan.")
    return found[0]


def referral_row(scope: Scope, referral_id: UUID) -> Referral:
    """One referral to be changed. Raises as `referral`."""
    found = db.session.scalars(
        select(Referral)
        .join(Enterprise, Enterprise.id == Referral.enterprise_id)
        .where(Referral.id == referral_id, within(scope))
    ).one_or_none()
    if found is None:
        raise NotFound("referral_unknown", message="Rujukan ini tidak ditemukan.")
    return found


def referrals_of(scope: Scope, intervention_id: UUID) -> list[ReferralView]:
    """The referrals of one therapy, oldest first."""
    return _views(scope, Referral.intervention_id == intervention_id)


def latest_referrals(scope: Scope, enterprise_id: UUID) -> dict[UUID, ReferralView]:
    """The latest referral of each therapy of an enterprise that was referred."""
    found = _views(scope, Referral.enterprise_id == enterprise_id)
    return {one.intervention_id: one for one in found}


def open_referrals(scope: Scope, *, cursor: str | None = None) -> Page[ReferralView]:
    """One page of what other offices have to answer or to finish, the first due first.

    Raises:
        InvalidInput: code "cursor_unknown".
    """
    return _page(scope, OPEN_REFERRALS, _BY_DUE, cursor)


def answered_referrals(scope: Scope, *, cursor: str | None = None) -> Page[ReferralView]:
    """One page of what other offices have declined or finished, and what was revoked, the latest
    sent first. Raises as `open_referrals`."""
    return _page(scope, _ENDED, _NEWEST, cursor)


def open_referral_count(scope: Scope) -> int:
    """How many referrals have an answer or a result to come."""
    return _count(scope, OPEN_REFERRALS)


def answered_referral_count(scope: Scope) -> int:
    """How many referrals were answered for good, or revoked."""
    return _count(scope, _ENDED)


def _count(scope: Scope, states: Collection[str]) -> int:
    statement = (
        select(func.count())
        .select_from(Referral)
        .join(Enterprise, Enterprise.id == Referral.enterprise_id)
        .where(Referral.state.in_(states), within(scope))
    )
    return db.session.scalar(statement) or 0


def _page(
    scope: Scope, states: Collection[str], order: tuple[Key, ...], cursor: str | None
) -> Page[ReferralView]:
    place = decode_cursor(cursor, key_count=len(order))
    following = behind(order, place.keys) if place else true()
    found = _views(
        scope, and_(Referral.state.in_(states), following), order=order, most=PAGE_SIZE + 1
    )
    shown, last = found[:PAGE_SIZE], found[PAGE_SIZE - 1 : PAGE_SIZE]
    next_cursor = None
    if len(found) > PAGE_SIZE:
        words = {"answer_due_on": last[0].answer_due_on.isoformat(), "id": str(last[0].id)}
        next_cursor = encode_cursor(*(words[key.column.key] for key in order))
    return Page(rows=shown, next_cursor=next_cursor)


def overdue_referral_count(scope: Scope) -> int:
    """How many answers or results are later than was asked for."""
    today = local_today()
    late = case(
        (Referral.state == SENT, Referral.answer_due_on < today),
        else_=Intervention.due_on < today,
    )
    statement = (
        select(func.count())
        .select_from(Referral)
        .join(Intervention, Intervention.id == Referral.intervention_id)
        .join(Enterprise, Enterprise.id == Referral.enterprise_id)
        .where(Referral.state.in_(OPEN_REFERRALS), late, within(scope))
    )
    return db.session.scalar(statement) or 0


def told_result(scope: Scope, intervention_id: UUID) -> dict[str, str]:
    """What another office said came of a therapy, as defaults of the form that ends it."""
    told = [one for one in referrals_of(scope, intervention_id) if one.result]
    if not told:
        return {}
    last = told[-1]
    return {"result": last.result or "", "result_note": f"{last.office_name}: {last.result_note}"}


def live_referral(token_sha256: str) -> Referral | None:
    """The referral that a code opens now: it has not expired, was not revoked, and the owner still
    agrees to sharing."""
    return db.session.scalars(
        select(Referral)
        .join(Enterprise, Enterprise.id == Referral.enterprise_id)
        .join(Owner, Owner.id == Enterprise.owner_id)
        .where(
            may_use(OTHER_OFFICE),
            Referral.token_sha256 == token_sha256,
            Referral.expires_at > utc_now(),
            Referral.state != REVOKED,
        )
    ).one_or_none()


def guest_view(row: Referral) -> GuestView:
    """What the holder of the link sees; the owner's name and phone only after acceptance."""
    enterprise = db.session.get_one(Enterprise, row.enterprise_id)
    item = db.session.get_one(Intervention, row.intervention_id)
    therapy = current_catalogue().therapies[item.therapy_code]
    owner = db.session.get_one(Owner, enterprise.owner_id) if row.state == ACCEPTED else None
    return GuestView(
        id=row.id,
        office_name=row.office_name,
        therapy=therapy.name,
        purpose=therapy.purpose,
        success_measure=item.success_measure,
        request=row.request,
        enterprise_name=enterprise.name,
        product_line=enterprise.product_line or "",
        village=path_label(enterprise.village_code),
        sent_on=local_date(row.sent_at),
        answer_due_on=row.answer_due_on,
        due_on=item.due_on,
        state=row.state,
        owner_name="" if owner is None else owner.name,
        owner_phone="" if owner is None else owner.phone or "",
        address="" if owner is None else enterprise.address or enterprise.hamlet or "",
        decline_reason=row.decline_reason or "",
        result_label=RESULT_LABELS.get(row.result or "", ""),
        result_note=row.result_note or "",
    )


def _views(
    scope: Scope,
    condition: ColumnElement[bool],
    *,
    order: tuple[Key, ...] = (Key(column=Referral.sent_at), Key(column=Referral.id)),
    most: int = _LIST_SIZE,
) -> list[ReferralView]:
    statement = (
        select(Referral, Intervention, Enterprise.name, Enterprise.village_code, Account.name)
        .join(Intervention, Intervention.id == Referral.intervention_id)
        .join(Enterprise, Enterprise.id == Referral.enterprise_id)
        .join(Account, Account.id == Referral.sent_by)
        .where(condition, within(scope))
        .order_by(*ordering(order))
        .limit(most)
    )
    rows = db.session.execute(statement).all()
    villages = path_labels(row[3] for row in rows)
    return [_view(row[0], row[1], row[2], villages[row[3]], row[4]) for row in rows]


def _view(
    row: Referral, item: Intervention, enterprise_name: str, village: str, sender: str
) -> ReferralView:
    today, sent_on = local_today(), local_date(row.sent_at)
    answered_on = None if row.answered_at is None else local_date(row.answered_at)
    return ReferralView(
        id=row.id,
        intervention_id=row.intervention_id,
        enterprise_id=row.enterprise_id,
        enterprise_name=enterprise_name,
        village=village,
        therapy=current_catalogue().therapies[item.therapy_code].name,
        office=OFFICES[row.office],
        office_name=row.office_name,
        phone=row.phone,
        request=row.request,
        state=row.state,
        sent_by=sender,
        sent_on=sent_on,
        answer_due_on=row.answer_due_on,
        expires_at=row.expires_at,
        has_link=row.token_sha256 is not None and row.expires_at > utc_now(),
        waited=((answered_on or today) - sent_on).days,
        is_overdue=is_overdue(
            row.state, answer_due_on=row.answer_due_on, result_due_on=item.due_on, today=today
        ),
        answered_on=answered_on,
        **_answer(row),
    )


def _answer(row: Referral) -> dict[str, Any]:
    return {
        "answered_by": row.answered_by or "",
        "decline_reason": row.decline_reason or "",
        "finished_on": None if row.finished_at is None else local_date(row.finished_at),
        "finished_by": row.finished_by or "",
        "result": row.result,
        "result_note": row.result_note or "",
    }
