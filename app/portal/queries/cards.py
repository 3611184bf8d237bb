"""Which card opens what, and which one an owner holds."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from app.accounts.models import Account
from app.core.clock import local_today
from app.db import db
from app.enterprises.models import Enterprise, Owner
from app.portal.models import OwnerCard


def live_card(code_hash: str) -> OwnerCard | None:
    """The card that a code opens now: not expired, not taken back, its owner still in the register
    and their account not switched off. One statement, whatever the answer."""
    return db.session.scalars(
        select(OwnerCard)
        .join(Owner, Owner.id == OwnerCard.owner_id)
        .join(Account, Account.id == Owner.account_id)
        .where(
            OwnerCard.code_hash == code_hash,
            OwnerCard.revoked_at.is_(None),
            OwnerCard.expires_on >= local_today(),
            Owner.erased_on.is_(None),
            Account.is_active,
        )
    ).one_or_none()


def card_in_hand(account_id: UUID) -> OwnerCard | None:
    """The card of the owner who has this account, if one opens anything."""
    return db.session.scalars(
        select(OwnerCard)
        .join(Owner, Owner.id == OwnerCard.owner_id)
        .where(
            Owner.account_id == account_id,
            OwnerCard.revoked_at.is_(None),
            OwnerCard.expires_on >= local_today(),
        )
        .order_by(OwnerCard.made_at.desc())
        .limit(1)
    ).one_or_none()


def card_of(owner_id: UUID) -> OwnerCard | None:
    """The card of an owner that was not taken back, whether it expired or not."""
    return db.session.scalars(
        select(OwnerCard).where(OwnerCard.owner_id == owner_id, OwnerCard.revoked_at.is_(None))
    ).one_or_none()


def is_living(card: OwnerCard) -> bool:
    """Whether a card that was not taken back opens anything today."""
    return card.expires_on >= local_today()


def is_card_lost(*, kept_id: UUID, gone_id: UUID) -> bool:
    """Whether a card in somebody's hand would open nothing any more when two enterprises that the
    caller found become one."""
    both = select(Enterprise.id, Enterprise.owner_id).where(Enterprise.id.in_([kept_id, gone_id]))
    owners = {row.id: row.owner_id for row in db.session.execute(both)}
    if len(set(owners.values())) < 2 or card_of(owners[kept_id]) is None:
        return False
    card = card_of(owners[gone_id])
    return card is not None and is_living(card)
