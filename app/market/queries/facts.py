"""What the market knows about enterprises on a day: the door through which others read it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.db import db
from app.db.slices import slices
from app.enterprises.models import Enterprise
from app.market.queries.facts_certificates import certificate_facts
from app.market.queries.facts_channels import channel_facts
from app.market.queries.facts_products import product_facts
from app.market.rules.facts import MarketFacts, ProductFacts


def market_facts(enterprise_id: UUID, *, on: date) -> MarketFacts:
    """What is known of one enterprise that the caller has found within its scope."""
    return market_facts_of([enterprise_id], on=on).get(enterprise_id, MarketFacts(on=on))


def market_facts_of(enterprise_ids: Collection[UUID], *, on: date) -> dict[UUID, MarketFacts]:
    """The same of many at once, by enterprise; unknown ones are left out.

    The caller has found them within its scope. A handful of statements for each 500 enterprises.
    """
    found: dict[UUID, MarketFacts] = {}
    for some in slices(sorted(set(enterprise_ids))):
        found |= _some(some, on)
    return found


def _some(enterprise_ids: Sequence[UUID], on: date) -> dict[UUID, MarketFacts]:
    products = product_facts(enterprise_ids, on=on)
    certificates = certificate_facts(enterprise_ids, on=on)
    channels = channel_facts(enterprise_ids, on=on)
    rows = db.session.execute(
        select(Enterprise.id, Enterprise.nib, Enterprise.npwp)
        .where(Enterprise.id.in_(enterprise_ids))
        .order_by(Enterprise.id)
    )
    return {
        row.id: MarketFacts(
            on=on,
            products=products.get(row.id, ProductFacts()),
            certificates=certificates.get(row.id, ()),
            channels=channels.get(row.id),
            nib=row.nib,
            npwp=row.npwp,
        )
        for row in rows
    }
