"""Links to the card of an enterprise, and what their holders see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.core.clock import local_date, local_today
from app.core.identity import shown_phone
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise, Owner
from app.enterprises.queries import enterprise as enterprise_within
from app.enterprises.queries import is_allowed, may_use
from app.enterprises.rules.consents import PUBLICATION
from app.market.models import Product
from app.market.queries.cards import ENDED, Permit, permits_in_force
from app.market.queries.products import ProductLine, product_line
from app.places.queries import path_label
from app.portal.models import BusinessCard

_SHOWN = 20
_PRODUCTS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessCardLine:
    """One link that was made."""

    id: UUID
    made_on: date
    expires_on: date
    is_live: bool
    is_revoked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessCardPage:
    """The links of an enterprise, the newest first."""

    enterprise_id: UUID
    enterprise_name: str
    owner_id: UUID
    is_allowed: bool
    cards: tuple[BusinessCardLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A product on the card, with its certificates in force."""

    line: ProductLine
    permits: tuple[Permit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Business:
    """What the holder of a link sees: what is made, where, and how to order."""

    name: str
    village: str
    phone: str | None
    products: tuple[Shown, ...]
    expires_on: date


def business_card_page(scope: Scope, enterprise_id: UUID) -> BusinessCardPage:
    """The links of an enterprise.

    Raises:
        NotFound: unknown, or outside the scope.
    """
    row = enterprise_within(scope, enterprise_id)
    may_be_shown, today = is_allowed(row.owner_id, PUBLICATION), local_today()
    cards = db.session.scalars(
        select(BusinessCard)
        .where(BusinessCard.enterprise_id == row.id)
        .order_by(BusinessCard.made_at.desc(), BusinessCard.id.desc())
        .limit(_SHOWN)
    )
    return BusinessCardPage(
        enterprise_id=row.id,
        enterprise_name=row.name,
        owner_id=row.owner_id,
        is_allowed=may_be_shown,
        cards=tuple(
            BusinessCardLine(
                id=one.id,
                made_on=local_date(one.made_at),
                expires_on=one.expires_on,
                is_live=one.revoked_at is None and one.expires_on >= today and may_be_shown,
                is_revoked=one.revoked_at is not None,
            )
            for one in cards
        ),
    )


def live_business_card(code_hash: str) -> BusinessCard | None:
    """The card that a code opens now: not expired, not taken back, the enterprise still at work,
    and its owner still agreeing to be shown."""
    if not code_hash:
        return None
    return db.session.scalars(
        select(BusinessCard)
        .join(Enterprise, Enterprise.id == BusinessCard.enterprise_id)
        .join(Owner, Owner.id == Enterprise.owner_id)
        .where(
            may_use(PUBLICATION),
            BusinessCard.code_hash == code_hash,
            BusinessCard.revoked_at.is_(None),
            BusinessCard.expires_on >= local_today(),
            Enterprise.life_cycle.not_in(ENDED),
        )
    ).one_or_none()


def business_view(row: BusinessCard) -> Business:
    """What the holder of a live link sees."""
    enterprise = db.session.get_one(Enterprise, row.enterprise_id)
    phone = db.session.get_one(Owner, enterprise.owner_id).phone
    products = db.session.scalars(
        select(Product)
        .where(Product.enterprise_id == enterprise.id, Product.is_active)
        .order_by(Product.is_main.desc(), Product.search_name, Product.id)
        .limit(_PRODUCTS)
    )
    return Business(
        name=enterprise.name,
        village=path_label(enterprise.village_code),
        phone=shown_phone(phone) if phone else None,
        products=tuple(
            Shown(line=product_line(one), permits=permits_in_force(one)) for one in products
        ),
        expires_on=row.expires_on,
    )
