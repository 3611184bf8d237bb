"""Writing down which lender an owner lets see how the business stands."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.core.clock import local_today, utc_now
from app.core.errors import Conflict
from app.core.ids import new_id
from app.core.scope import Scope
from app.credit.models import LenderConsent
from app.credit.queries.consented import has_consented
from app.credit.queries.lender_words import lender_near, open_word
from app.db import db
from app.db.turns import take_turn
from app.enterprises.models import Enterprise, Owner
from app.enterprises.queries import check_allowed
from app.enterprises.queries import owner as owner_within_reach
from app.enterprises.queries.consents import open_consent
from app.enterprises.rules.consents import BASE, LENDER, check_given, texts_on
from app.enterprises.services.consents import add_consent
from app.history.rules import register_actions
from app.history.services import Change, record_many

SUBJECT = "lender_consent"
register_actions(
    {
        "lender.consented": "Izin pemilik untuk satu koperasi atau bank dicatat",
        "lender.withdrew": "Penarikan izin untuk satu koperasi atau bank dicatat",
    }
)


def give_lender_consent(
    *,
    scope: Scope,
    by: UUID,
    owner_id: UUID,
    lender_id: UUID,
    way: str | None,
    witness: str | None,
    given_on: date,
) -> LenderConsent:
    """Note that an owner lets a lender see how the business stands.

    It gives the consent to lenders at large as well when none is open.

    Raises:
        NotFound: the owner is unknown or outside the scope, the lender unknown or far away.
        InvalidInput: it could not be proved.
        WrongState: the owner withdrew from the register, or restricted it.
        Conflict: an earlier consent for it still holds.
    """
    owner = owner_within_reach(scope, owner_id)
    lender = lender_near(owner.id, lender_id)
    check_allowed(owner.id, BASE)
    check_given(way=way, witness=witness, given_on=given_on, today=local_today())
    take_turn(f"lender consents of {owner.id}")
    if has_consented(owner.id, lender.id):
        raise Conflict("lender_consented", message="Persetujuan untuk lembaga ini sudah ada.")
    if open_consent(owner.id, LENDER) is None:
        add_consent(owner, LENDER, way=way, witness=witness, given_on=given_on, by=by, is_told=True)
    _end(open_word(owner.id, lender.id), by)
    row = LenderConsent(
        owner_id=owner.id,
        lender_id=lender.id,
        way=way,
        witness=(witness or "").strip() or None,
        given_on=given_on,
    )
    _keep(row, by)
    _tell(owner, row, "lender.consented", by)
    return row


def withdraw_lender_consent(*, scope: Scope, by: UUID, owner_id: UUID, lender_id: UUID) -> None:
    """Note that an owner took the consent for a lender back; it acts from this moment on.

    To take back what was taken back already changes nothing.

    Raises:
        NotFound: the owner is unknown or outside the scope, the lender unknown or far away.
    """
    owner = owner_within_reach(scope, owner_id)
    lender = lender_near(owner.id, lender_id)
    take_turn(f"lender consents of {owner.id}")
    row = open_word(owner.id, lender.id)
    if row is not None:
        _end(row, by)
        _tell(owner, row, "lender.withdrew", by)


def _keep(row: LenderConsent, by: UUID) -> None:
    row.id, row.text_version = new_id(), texts_on(row.given_on).version
    row.recorded_by, row.recorded_at = by, utc_now()
    db.session.add(row)
    db.session.flush()


def _end(row: LenderConsent | None, by: UUID) -> None:
    if row is not None:
        row.withdrawn_at, row.withdrawal_recorded_by = utc_now(), by
        db.session.flush()


def _tell(owner: Owner, row: LenderConsent, action: str, by: UUID) -> None:
    """In the timeline of each enterprise: not for which lender, which not all may know."""
    places = db.session.execute(
        select(Enterprise.id, Enterprise.village_code)
        .where(Enterprise.owner_id == owner.id)
        .order_by(Enterprise.id)
    ).all()
    record_many(
        Change(
            action=action,
            subject_type=SUBJECT,
            subject_id=row.id,
            by=by,
            enterprise_id=place.id,
            area_code=place.village_code,
        )
        for place in places
    )
