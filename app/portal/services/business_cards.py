"""Making and taking back links to the card of an enterprise."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from app.accounts.services.guests import try_as_guest
from app.core.clock import local_today, utc_now
from app.core.errors import InvalidInput, NotFound, WrongState
from app.core.ids import new_id
from app.core.scope import Scope
from app.db import db
from app.enterprises.queries import check_allowed
from app.enterprises.queries import enterprise as enterprise_within
from app.enterprises.rules.consents import PUBLICATION
from app.history.rules import FieldWording, register_actions, register_fields
from app.history.services import record
from app.market.rules.cards import LIVES
from app.market.services.cards import hashed_code
from app.portal.models import BusinessCard
from app.portal.queries.business_cards import live_business_card

register_actions(
    {"business_card.made": "Kartu usaha dibuat", "business_card.revoked": "Kartu usaha dicabut"}
)
register_fields("business_card", {"expires_on": FieldWording(label="Berlaku sampai")})
_TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeBusinessCard:
    """A link that was just made. The code is known now and never again."""

    card_id: UUID
    code: str


def make_business_card(
    *, enterprise_id: UUID, days: str, scope: Scope, by: UUID | None
) -> MadeBusinessCard:
    """Make a link to the card of an enterprise.

    Raises:
        NotFound: the enterprise is unknown, or outside the scope.
        InvalidInput: no life that a link can have.
        WrongState: its owner did not agree to be shown.
    """
    row = enterprise_within(scope, enterprise_id)
    if days not in LIVES:
        raise InvalidInput("life_unknown", field="days", message="Pilih masa berlakunya.")
    check_allowed(row.owner_id, PUBLICATION)
    code = secrets.token_urlsafe(_TOKEN_BYTES)
    card = BusinessCard(
        id=new_id(),
        enterprise_id=row.id,
        code_hash=hashed_code(code),
        made_by=by,
        made_at=utc_now(),
        expires_on=local_today() + timedelta(days=int(days)),
    )
    db.session.add(card)
    db.session.flush()
    _note(card, "business_card.made", by)
    return MadeBusinessCard(card_id=card.id, code=code)


def revoke_business_card(
    *, enterprise_id: UUID, card_id: UUID, scope: Scope, by: UUID | None
) -> None:
    """Take a link back: from now on its code leads nowhere.

    Raises:
        NotFound: the enterprise or its card is unknown, or outside the scope.
        WrongState: it was taken back already.
    """
    row = enterprise_within(scope, enterprise_id)
    card = db.session.get(BusinessCard, card_id, with_for_update=True)
    if card is None or card.enterprise_id != row.id:
        raise NotFound("card_unknown", message="Kartu ini tidak ditemukan.")
    if card.revoked_at is not None:
        raise WrongState("card_revoked", message="Kartu ini sudah dicabut.")
    card.revoked_at, card.revoked_by, card.code_hash = utc_now(), by, None
    _note(card, "business_card.revoked", by)


def open_business_card(*, code: str, address: str) -> str | None:
    """The key under which a reader goes on, None when the code opens nothing; opens its own
    transaction. Unknown, expired and revoked codes give the same answer.

    Raises:
        WrongState: too many tries from this address; code "too_many_tries".
    """
    hashed = hashed_code(code)
    is_open = try_as_guest(address=address, opens=lambda: live_business_card(hashed) is not None)
    return hashed if is_open else None


def _note(card: BusinessCard, action: str, by: UUID | None) -> None:
    record(
        subject_type="business_card",
        subject_id=card.id,
        enterprise_id=card.enterprise_id,
        action=action,
        by=by,
        changes={"expires_on": [None, card.expires_on.isoformat()]},
    )
