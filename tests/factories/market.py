"""Products and what hangs on them, made by the services that the pages use."""

from __future__ import annotations

from typing import Any

from app.core.scope import everywhere
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from app.market.models import Product
from app.market.services.products import ProductFacts, add_product


def product_facts(**values: Any) -> ProductFacts:
    """Chips of tempeh in a plastic bag, as their maker tells of them."""
    known: dict[str, Any] = {
        "name": "Keripik tempe",
        "brand": "Mendoan Sari",
        "kind": "pangan_kering",
        "food_type": "15",
        "ingredients": ("tempe", "tepung beras", "minyak goreng", "bawang putih", "garam"),
        "ingredient_flags": ("alergen",),
        "processes": ("pengeringan",),
        "net_amount": 100,
        "net_unit": "g",
        "shelf_life_days": 180,
        "storage": "ruang",
        "pack_kind": "2",
        "price": 12_000,
        "capacity_per_month": 400,
        "lead_time_days": 7,
    }
    return ProductFacts(**{**known, **values})


def product(enterprise: Enterprise, **values: Any) -> Product:
    """A product of an enterprise."""
    enterprise_id = enterprise.id
    with transaction():
        key = add_product(
            enterprise_id=enterprise_id,
            facts=product_facts(**values),
            scope=everywhere(),
            by=None,
        ).id
    return db.session.get_one(Product, key)
