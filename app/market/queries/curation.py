"""How ready a product is for the shelves of others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.accounts.queries import names
from app.core.clock import local_today
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries import is_allowed
from app.enterprises.rules.consents import PUBLICATION
from app.market.models import CurationCheck, Product, SalesChannel
from app.market.queries.assessed import LATE_PAYMENT, points
from app.market.queries.facts_certificates import certificate_facts
from app.market.queries.facts_products import latest_checks
from app.market.queries.photos import shown_photos
from app.market.queries.products import ProductLine, product_line
from app.market.queries.reach import product as product_within
from app.market.queries.unit_costs import latest_costs
from app.market.rules.certificates_of import standing
from app.market.rules.curation import ASKED, Readiness, applicable, readiness
from app.market.rules.labels import needs_label
from app.market.rules.products import FOOD_KINDS, SERVED_FOOD

_ENOUGH_POINTS = 2
_RED = "merah"


@dataclass(frozen=True, slots=True, kw_only=True)
class CurationPage:
    """A product's readiness, and the last time that somebody looked."""

    line: ProductLine
    enterprise_id: UUID
    enterprise_name: str
    readiness: Readiness
    checked_on: date | None
    checked_by: str
    note: str
    answers: dict[str, str]
    asked: frozenset[str]


def curation_page(scope: Scope, product_id: UUID) -> CurationPage:
    """How ready a product is.

    Raises:
        NotFound: unknown, or outside the scope.
    """
    product = product_within(scope, product_id)
    enterprise = db.session.get_one(Enterprise, product.enterprise_id)
    check = db.session.scalars(
        select(CurationCheck)
        .where(CurationCheck.product_id == product.id)
        .order_by(CurationCheck.checked_on.desc(), CurationCheck.at.desc(), CurationCheck.id.desc())
        .limit(1)
    ).one_or_none()
    answers = dict(check.answers) if check else {}
    demands = applicable(
        is_food=product.kind in FOOD_KINDS,
        declared_non_halal=product.declared_non_halal,
        needs_label=needs_label(product.kind),
    )
    met = _said(answers) | _told(product, enterprise)
    who = names({check.checked_by}) if check and check.checked_by else {}
    return CurationPage(
        line=product_line(product),
        enterprise_id=enterprise.id,
        enterprise_name=enterprise.name,
        readiness=readiness(demands, met),
        checked_on=check.checked_on if check else None,
        checked_by=next(iter(who.values()), ""),
        note=(check.note or "") if check else "",
        answers=answers,
        asked=frozenset(one.code for one in demands if one.is_asked),
    )


def _said(answers: dict[str, str]) -> dict[str, bool | None]:
    known = {"ya": True, "tidak": False}
    return {one.code: known.get(answers.get(one.code, "")) for one in ASKED}


def _told(product: Product, enterprise: Enterprise) -> dict[str, bool | None]:
    facts = certificate_facts([enterprise.id], on=local_today()).get(enterprise.id, ())
    permit = "laik_higiene" if product.kind == SERVED_FOOD else "izin_pangan"
    check = latest_checks([product.id], local_today()).get(product.id)
    cost = latest_costs([product.id]).get(product.id)
    late = points(enterprise.id, LATE_PAYMENT)
    return {
        "nib": bool(enterprise.nib) or standing("nib", facts, product.id).is_in_force,
        "npwp": bool(enterprise.npwp),
        "izin": standing(permit, facts, product.id).is_in_force,
        "halal": standing("halal", facts, product.id).is_in_force,
        "label": check is not None and check.present == check.applicable,
        "kapasitas": bool(product.capacity_per_month),
        "waktu": product.lead_time_days is not None,
        "daftar_harga": cost is not None and product.price is not None,
        "titip_jual": _no_red_channel(enterprise.id),
        "tahan": None if late is None else late >= _ENOUGH_POINTS,
        "foto": product.id in shown_photos([product.id]),
        "cerita": bool(product.description),
        "setuju": is_allowed(enterprise.owner_id, PUBLICATION),
    }


def _no_red_channel(enterprise_id: UUID) -> bool | None:
    """Whether every channel that was calculated came out well; None when none was."""
    verdicts = set(
        db.session.scalars(
            select(SalesChannel.verdict).where(
                SalesChannel.enterprise_id == enterprise_id,
                SalesChannel.closed_on.is_(None),
                SalesChannel.verdict.is_not(None),
            )
        )
    )
    return _RED not in verdicts if verdicts else None
