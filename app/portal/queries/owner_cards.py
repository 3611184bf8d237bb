"""The cards of an owner, as who hands them out sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from app.core.clock import local_date, local_today
from app.core.scope import Scope
from app.db import db
from app.enterprises.queries import enterprises_of
from app.enterprises.queries import owner as owner_in_reach
from app.portal.models import OwnerCard
from app.portal.rules.cards import PIN_TRIES

_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class CardLine:
    """One card that was made."""

    id: UUID
    made_on: date
    expires_on: date
    used_at: datetime | None
    is_live: bool
    is_revoked: bool
    has_pin: bool
    is_locked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerCards:
    """The cards of an owner, the newest first."""

    owner_id: UUID
    owner_name: str
    enterprise_name: str
    is_erased: bool
    cards: tuple[CardLine, ...]

    @property
    def has_live(self) -> bool:
        """Whether a card opens something now."""
        return any(one.is_live for one in self.cards)


def owner_cards(scope: Scope, owner_id: UUID) -> OwnerCards:
    """The cards of an owner.

    Raises:
        NotFound: unknown, or outside the scope.
    """
    owner = owner_in_reach(scope, owner_id)
    rows = db.session.scalars(
        select(OwnerCard)
        .where(OwnerCard.owner_id == owner.id)
        .order_by(OwnerCard.made_at.desc(), OwnerCard.id.desc())
        .limit(_SHOWN)
    )
    names = [one.name for one in enterprises_of(scope, owner_id)]
    return OwnerCards(
        owner_id=owner.id,
        owner_name=owner.name,
        enterprise_name=", ".join(names),
        is_erased=owner.erased_on is not None,
        cards=tuple(_line(row, local_today()) for row in rows),
    )


def _line(row: OwnerCard, today: date) -> CardLine:
    return CardLine(
        id=row.id,
        made_on=local_date(row.made_at),
        expires_on=row.expires_on,
        used_at=row.used_at,
        is_live=row.revoked_at is None and row.expires_on >= today,
        is_revoked=row.revoked_at is not None,
        has_pin=row.pin_hash is not None,
        is_locked=row.pin_tries >= PIN_TRIES,
    )
