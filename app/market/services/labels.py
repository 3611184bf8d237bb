"""Keeping what was found on a pack."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import BinaryIO
from uuid import UUID

from app.core.clock import local_today, utc_now
from app.core.errors import InvalidInput
from app.core.ids import new_id
from app.core.scope import Scope
from app.db import db
from app.db.once import kept_or_free
from app.files.services import store_photo
from app.history.rules import FieldWording, register_actions, register_fields
from app.history.services import record
from app.market.models import LabelCheck, Product
from app.market.queries.product_labels import label_facts, papers_of
from app.market.queries.reach import product as product_within
from app.market.rules.labels import Result, judged

register_actions({"product.label_checked": "Label diperiksa"})
register_fields(
    "label_check",
    {
        "present": FieldWording(label="Unsur label yang ada"),
        "applicable": FieldWording(label="Unsur label yang perlu"),
    },
)


def check_label(
    *,
    check_id: UUID | None,
    product_id: UUID,
    checked_on: date,
    elements: Mapping[str, str],
    scope: Scope,
    by: UUID | None,
    note: str = "",
    has_brand: bool | None = None,
    has_contact: bool | None = None,
    photo: BinaryIO | None = None,
) -> LabelCheck:
    """Keep what somebody found on a pack, once for each `check_id`; earlier checks stay.

    Which elements the product needs is decided by what is known of it now, not by who checks.

    Raises:
        NotFound: the product is unknown, or outside the scope.
        InvalidInput: a needed element has no answer, the product needs no label, a day to come.
    """
    product = product_within(scope, product_id)
    found = _judged(product, checked_on, elements)
    said = {"product_id": product.id, "checked_on": checked_on, "elements": found.elements}
    known, key = kept_or_free(LabelCheck, check_id or new_id(), **said)
    if known is not None:
        return known
    row = LabelCheck(
        id=key,
        checked_on=checked_on,
        has_brand=has_brand,
        has_contact=has_contact,
        note=note or None,
        photo_id=None if photo is None else store_photo(photo, by=by).id,
    )
    _keep(row, product, found, by)
    return row


def _judged(product: Product, checked_on: date, elements: Mapping[str, str]) -> Result:
    if checked_on > local_today():
        raise InvalidInput(
            "checked_on_future",
            field="checked_on",
            message="Tanggal periksa tidak boleh setelah hari ini.",
        )
    return judged(elements, label_facts(product, papers_of(product, on=checked_on)))


def _keep(row: LabelCheck, product: Product, found: Result, by: UUID | None) -> None:
    row.product_id, row.checked_by, row.at = product.id, by, utc_now()
    row.elements, row.present, row.applicable = found.elements, found.present, found.applicable
    db.session.add(row)
    db.session.flush()
    record(
        subject_type="label_check",
        subject_id=row.id,
        enterprise_id=product.enterprise_id,
        action="product.label_checked",
        by=by,
        changes={"present": [None, row.present], "applicable": [None, row.applicable]},
        note=row.note,
    )
