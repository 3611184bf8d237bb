"""Calculations that were kept, and what a new one begins with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.accounts.queries import names
from app.core.errors import NotFound
from app.core.scope import Scope
from app.db import db
from app.market.models import ConsignmentTrial, Product, SalesChannel
from app.market.queries.channels import channel as channel_within
from app.market.rules.consignment import Result, Terms, calculate, terms_of


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialPage:
    """A calculation that was kept, calculated again."""

    channel_id: UUID
    channel_name: str
    product: str
    terms: Terms
    result: Result
    tried_at: datetime
    tried_by: str


def trial_page(scope: Scope, trial_id: UUID) -> TrialPage:
    """One calculation.

    Raises:
        NotFound: unknown, or of a channel outside the scope: the answer is the same.
    """
    row = db.session.get(ConsignmentTrial, trial_id)
    if row is None:
        raise NotFound("channel_unknown", message="Kanal ini tidak ditemukan.")
    channel = channel_within(scope, row.channel_id)
    product = None if row.product_id is None else db.session.get(Product, row.product_id)
    terms = terms_of(row.inputs)
    return TrialPage(
        channel_id=channel.id,
        channel_name=channel.name,
        product="" if product is None else product.name,
        terms=terms,
        result=calculate(terms),
        tried_at=row.tried_at,
        tried_by=names({row.tried_by}).get(row.tried_by, ""),
    )


def products_of(enterprise_id: UUID) -> list[tuple[str, str]]:
    """Products of an enterprise that the caller found, for a list of choices."""
    rows = db.session.execute(
        select(Product.id, Product.name)
        .where(Product.enterprise_id == enterprise_id, Product.is_active)
        .order_by(Product.is_main.desc(), Product.search_name, Product.id)
    )
    return [(str(row.id), row.name) for row in rows]


def first_answers(channel: SalesChannel) -> dict[str, Any]:
    """What the boxes of a new calculation hold: the last one's, else what terms and product say."""
    last = db.session.scalars(
        select(ConsignmentTrial)
        .where(ConsignmentTrial.channel_id == channel.id)
        .order_by(ConsignmentTrial.tried_at.desc(), ConsignmentTrial.id)
        .limit(1)
    ).one_or_none()
    if last is not None:
        return _answers(terms_of(last.inputs), last.product_id)
    product = db.session.scalars(
        select(Product)
        .where(Product.enterprise_id == channel.enterprise_id, Product.is_main)
        .order_by(Product.id)
        .limit(1)
    ).one_or_none()
    answers: dict[str, Any] = {"tunggu": channel.payment_days, "masuk": channel.listing_fee or None}
    if product is not None and product.price is not None:
        answers["produk"] = str(product.id)
        answers["harga"] = product.price * (1000 - (channel.margin_permille or 0)) // 1000
    return answers


def _answers(terms: Terms, product_id: UUID | None) -> dict[str, Any]:
    return {
        "produk": None if product_id is None else str(product_id),
        "jumlah": terms.pieces,
        "modal": terms.unit_cost,
        "harga": terms.net_price,
        "laku": int(terms.sold_share * 1000) / 10,
        "jemput": terms.fetch_cost,
        "sisa": terms.left_value,
        "tetap": terms.monthly_cost,
        "masuk": terms.entry_cost,
        "buat": terms.making_days,
        "rak": terms.shelf_days,
        "tunggu": terms.waiting_days,
        "tempo": terms.supplier_days,
        "kas": terms.free_cash,
    }
