"""What products, label checks and unit costs say about enterprises."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select

from app.db import db
from app.market.models import LabelCheck, Product, UnitCost
from app.market.rules.facts import BrandAndContact, LabelShare, ProductFacts
from app.market.rules.unit_cost import FROM_RECORDS


def product_facts(enterprise_ids: Collection[UUID], *, on: date) -> dict[UUID, ProductFacts]:
    """Facts by enterprise as of a day; enterprises without a product are left out."""
    rows = db.session.execute(
        select(Product.enterprise_id, Product.id)
        .where(Product.enterprise_id.in_(enterprise_ids), Product.is_active)
        .order_by(Product.enterprise_id, Product.is_main, Product.id.desc())
    )
    # The main one comes last and stays; without one it is the oldest.
    main = {row.enterprise_id: row.id for row in rows}
    checks = latest_checks(main.values(), on)
    costs = _cost_days(main.values(), on)
    return {
        enterprise_id: _facts(product_id, checks, costs)
        for enterprise_id, product_id in main.items()
    }


def _facts(
    product_id: UUID, checks: Mapping[UUID, Row[Any]], costs: Mapping[UUID, date]
) -> ProductFacts:
    check = checks.get(product_id)
    return ProductFacts(
        main_product_id=product_id,
        label_share=None
        if check is None or not check.applicable
        else LabelShare(
            present=check.present, applicable=check.applicable, checked_on=check.checked_on
        ),
        brand_and_contact=None
        if check is None or check.has_brand is None or check.has_contact is None
        else BrandAndContact(
            has_brand=check.has_brand,
            has_contact=check.has_contact,
            checked_on=check.checked_on,
        ),
        unit_cost_on=costs.get(product_id),
    )


def latest_checks(product_ids: Collection[UUID], on: date) -> dict[UUID, Row[Any]]:
    """The newest label check up to a day of each product that the caller has found."""
    turn = func.row_number().over(
        partition_by=LabelCheck.product_id,
        order_by=(LabelCheck.checked_on.desc(), LabelCheck.at.desc(), LabelCheck.id.desc()),
    )
    ranked = (
        select(
            LabelCheck.product_id,
            LabelCheck.present,
            LabelCheck.applicable,
            LabelCheck.has_brand,
            LabelCheck.has_contact,
            LabelCheck.checked_on,
            turn.label("turn"),
        )
        .where(LabelCheck.product_id.in_(product_ids), LabelCheck.checked_on <= on)
        .subquery()
    )
    rows = db.session.execute(
        select(ranked).where(ranked.c.turn == 1).order_by(ranked.c.product_id)
    )
    return {row.product_id: row for row in rows}


def _cost_days(product_ids: Collection[UUID], on: date) -> dict[UUID, date]:
    """The newest day of a count from records; an estimate is nothing that is written down."""
    rows = db.session.execute(
        select(UnitCost.product_id, func.max(UnitCost.counted_on).label("counted_on"))
        .where(
            UnitCost.product_id.in_(product_ids),
            UnitCost.counted_on <= on,
            UnitCost.source == FROM_RECORDS,
        )
        .group_by(UnitCost.product_id)
        .order_by(UnitCost.product_id)
    )
    return {row.product_id: row.counted_on for row in rows}
