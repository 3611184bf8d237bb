"""A label that was checked without signal."""

from __future__ import annotations

from app.core.errors import InvalidInput
from app.core.scope import everywhere
from app.db import db
from app.field.rules import OK
from app.field.rules.label_data import label_said
from app.field.services.outcomes import Case, Outcome
from app.market.models import Product
from app.market.services.labels import check_label


def apply_label(case: Case) -> Outcome:
    """Keep the check, once for each record id."""
    said = label_said(case.operation, case.sender.clock)
    product = db.session.get(Product, said.product_id)
    if product is None or product.enterprise_id != case.row.id:
        raise InvalidInput(
            "product_unknown", field="product_id", message="Produk ini tidak dikenal."
        )
    by = case.sender.account_id
    check_label(
        check_id=case.operation.record_id,
        product_id=product.id,
        checked_on=said.checked_on,
        elements=said.elements,
        has_brand=said.has_brand,
        has_contact=said.has_contact,
        note=said.note,
        scope=everywhere(by),
        by=by,
    )
    extra = dict(said.rest)
    if said.taken.dropped:
        extra["diabaikan"] = dict(said.taken.dropped)
    return Outcome(status=OK, version=case.row.version, labels=said.taken.labels, extra=extra)
