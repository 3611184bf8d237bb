"""Links by which buyers see a product, and what they see."""

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
from app.enterprises.queries import is_allowed, may_use
from app.enterprises.rules.consents import PUBLICATION
from app.market.models import Product, ProductCard
from app.market.queries.facts_certificates import certificate_facts
from app.market.queries.photos import shown_photos
from app.market.queries.products import ProductLine, product_line
from app.market.queries.reach import product as product_within
from app.market.rules.certificates_of import DEMANDS, standing
from app.market.rules.products import STORAGES
from app.places.queries import path_label

_SHOWN = 20
ENDED = frozenset({"tutup", "berangkat_lagi", "menolak_didata"})


@dataclass(frozen=True, slots=True, kw_only=True)
class CardLine:
    """One link that was made."""

    id: UUID
    made_on: date
    expires_on: date
    is_live: bool
    is_revoked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPage:
    """The links of a product, the newest first."""

    line: ProductLine
    enterprise_id: UUID
    enterprise_name: str
    owner_id: UUID
    is_allowed: bool
    has_ended: bool
    cards: tuple[CardLine, ...]


# What stands on the pack, where a demand is met by one or the other.
_OF_TRACK = {"spp_irt": "P-IRT", "md": "BPOM MD"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Permit:
    """A certificate that is in force, as a buyer reads it."""

    label: str
    number: str
    expires_on: date | None
    is_estimate: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What the holder of a link sees: the product, and how to order."""

    line: ProductLine
    description: str
    storage: str
    shelf_life_days: int | None
    lead_time_days: int | None
    permits: tuple[Permit, ...]
    enterprise_name: str
    village: str
    phone: str | None
    photo_id: UUID | None
    expires_on: date


def card_page(scope: Scope, product_id: UUID) -> CardPage:
    """The links of a product.

    Raises:
        NotFound: unknown, or outside the scope.
    """
    product = product_within(scope, product_id)
    enterprise = db.session.get_one(Enterprise, product.enterprise_id)
    rows = db.session.scalars(
        select(ProductCard)
        .where(ProductCard.product_id == product.id)
        .order_by(ProductCard.made_at.desc(), ProductCard.id.desc())
        .limit(_SHOWN)
    )
    may_be_shown, today = is_allowed(enterprise.owner_id, PUBLICATION), local_today()
    has_ended = enterprise.life_cycle in ENDED
    may_open = may_be_shown and product.is_active and not has_ended
    return CardPage(
        line=product_line(product),
        enterprise_id=enterprise.id,
        enterprise_name=enterprise.name,
        owner_id=enterprise.owner_id,
        is_allowed=may_be_shown,
        has_ended=has_ended,
        cards=tuple(
            CardLine(
                id=row.id,
                made_on=local_date(row.made_at),
                expires_on=row.expires_on,
                is_live=row.revoked_at is None and row.expires_on >= today and may_open,
                is_revoked=row.revoked_at is not None,
            )
            for row in rows
        ),
    )


def live_card(code_hash: str) -> ProductCard | None:
    """The card that a code opens now: not expired, not taken back, the product still sold, and its
    owner still agreeing to be shown."""
    if not code_hash:
        return None
    return db.session.scalars(
        select(ProductCard)
        .join(Product, Product.id == ProductCard.product_id)
        .join(Enterprise, Enterprise.id == Product.enterprise_id)
        .join(Owner, Owner.id == Enterprise.owner_id)
        .where(
            may_use(PUBLICATION),
            ProductCard.code_hash == code_hash,
            ProductCard.revoked_at.is_(None),
            ProductCard.expires_on >= local_today(),
            Product.is_active,
            Enterprise.life_cycle.not_in(ENDED),
        )
    ).one_or_none()


def card_view(row: ProductCard) -> Card:
    """What the holder of a live link sees."""
    product = db.session.get_one(Product, row.product_id)
    enterprise = db.session.get_one(Enterprise, product.enterprise_id)
    phone = db.session.get_one(Owner, enterprise.owner_id).phone
    return Card(
        line=product_line(product),
        description=product.description or "",
        storage=STORAGES.get(product.storage or "", ""),
        shelf_life_days=product.shelf_life_days,
        lead_time_days=product.lead_time_days,
        permits=permits_in_force(product),
        enterprise_name=enterprise.name,
        village=path_label(enterprise.village_code),
        phone=shown_phone(phone) if phone else None,
        photo_id=shown_photos([product.id]).get(product.id),
        expires_on=row.expires_on,
    )


def permits_in_force(product: Product) -> tuple[Permit, ...]:
    """The certificates of a product that are in force, as a buyer reads them."""
    facts = certificate_facts([product.enterprise_id], on=local_today())
    own = facts.get(product.enterprise_id, ())
    found = []
    for demand in ("izin_pangan", "laik_higiene", "halal", "merek"):
        one = standing(demand, own, product.id)
        if one.is_in_force:
            found.append(
                Permit(
                    label=_OF_TRACK.get(one.track or "", DEMANDS[demand][0]),
                    number=one.number or "",
                    expires_on=one.expires_on,
                    is_estimate=one.is_estimate,
                )
            )
    return tuple(found)
