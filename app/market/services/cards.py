"""Making and taking back links by which buyers see a product."""

from __future__ import annotations

import hashlib
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
from app.enterprises.models import Enterprise
from app.enterprises.queries import check_allowed
from app.enterprises.rules.consents import PUBLICATION
from app.history.rules import FieldWording, register_actions, register_fields
from app.history.services import record
from app.market.models import ProductCard
from app.market.queries.cards import ENDED, live_card
from app.market.queries.reach import product as product_within
from app.market.rules.cards import LIVES

register_actions(
    {"product.card_made": "Kartu produk dibuat", "product.card_revoked": "Kartu produk dicabut"}
)
register_fields("product_card", {"expires_on": FieldWording(label="Berlaku sampai")})
_TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeCard:
    """A link that was just made. The code is known now and never again."""

    card_id: UUID
    code: str


def make_card(*, product_id: UUID, days: str, scope: Scope, by: UUID | None) -> MadeCard:
    """Make a link for buyers.

    Raises:
        NotFound: the product is unknown, or outside the scope.
        InvalidInput: no life that a link can have.
        WrongState: the product is not sold any more, its enterprise ended, or its owner did not
            agree to be shown.
    """
    product = product_within(scope, product_id)
    if days not in LIVES:
        raise InvalidInput("life_unknown", field="days", message="Pilih masa berlakunya.")
    if not product.is_active:
        raise WrongState("product_given_up", message="Produk ini tidak dijual lagi.")
    enterprise = db.session.get_one(Enterprise, product.enterprise_id)
    if enterprise.life_cycle in ENDED:
        raise WrongState("enterprise_ended", message="Usaha ini sudah tidak berjalan.")
    check_allowed(enterprise.owner_id, PUBLICATION)
    code = secrets.token_urlsafe(_TOKEN_BYTES)
    row = ProductCard(
        id=new_id(),
        product_id=product.id,
        code_hash=hashed_code(code),
        made_by=by,
        made_at=utc_now(),
        expires_on=local_today() + timedelta(days=int(days)),
    )
    db.session.add(row)
    db.session.flush()
    _note(row, product.enterprise_id, "product.card_made", by)
    return MadeCard(card_id=row.id, code=code)


def revoke_card(*, product_id: UUID, card_id: UUID, scope: Scope, by: UUID | None) -> None:
    """Take a link back: from now on its code leads nowhere.

    Raises:
        NotFound: the product or its card is unknown, or outside the scope.
        WrongState: it was taken back already.
    """
    product = product_within(scope, product_id)
    row = db.session.get(ProductCard, card_id, with_for_update=True)
    if row is None or row.product_id != product.id:
        raise NotFound("card_unknown", message="Kartu ini tidak ditemukan.")
    if row.revoked_at is not None:
        raise WrongState("card_revoked", message="Kartu ini sudah dicabut.")
    row.revoked_at, row.revoked_by, row.code_hash = utc_now(), by, None
    _note(row, product.enterprise_id, "product.card_revoked", by)


def open_card(*, code: str, address: str) -> str | None:
    """The key under which a buyer goes on, None when the code opens nothing; opens its own
    transaction. Unknown, expired and revoked codes give the same answer.

    Raises:
        WrongState: too many tries from this address; code "too_many_tries".
    """
    hashed = hashed_code(code)
    is_open = try_as_guest(address=address, opens=lambda: live_card(hashed) is not None)
    return hashed if is_open else None


def hashed_code(code: str) -> str:
    """How a code is kept."""
    return hashlib.sha256(code.strip().encode()).hexdigest()


def _note(row: ProductCard, enterprise_id: UUID, action: str, by: UUID | None) -> None:
    record(
        subject_type="product_card",
        subject_id=row.id,
        enterprise_id=enterprise_id,
        action=action,
        by=by,
        changes={"expires_on": [None, row.expires_on.isoformat()]},
    )
