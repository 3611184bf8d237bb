"""What the market of a fresh demo lacks: a picture and checks of a product, a buyer's request."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from app.core.clock import local_today
from app.core.scope import everywhere
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise, Owner
from app.enterprises.queries import may_use
from app.enterprises.queries.reach import in_area
from app.enterprises.rules.consents import BASE
from app.market.models import Product
from app.market.queries.product_labels import label_facts, papers_of
from app.market.rules.curation import ASKED
from app.market.rules.labels import needs
from app.market.rules.unit_cost import Batch
from app.market.services.buyers import Asked, note_request
from app.market.services.curation import check_curation
from app.market.services.labels import check_label
from app.market.services.photos import add_photo
from app.market.services.products import add_product
from app.market.services.unit_costs import Count, count_cost
from tests.factories.files import photo_upload
from tests.factories.market import product_facts


def fill_the_shelves(area_code, *, officer_id) -> None:
    """One product of an area with all that can hang on it, and a request for such products."""
    enterprise_id = db.session.scalars(
        select(Enterprise.id)
        .join(Owner, Owner.id == Enterprise.owner_id)
        .where(in_area(area_code), may_use(BASE))
        .order_by(Enterprise.search_name, Enterprise.id)
        .limit(1)
    ).one()
    db.session.rollback()
    who = {"scope": everywhere(), "by": officer_id}
    with transaction():
        key = add_product(enterprise_id=enterprise_id, facts=product_facts(), **who).id
    for kind, colour in (("kemasan_sebelum", "red"), ("kemasan_sesudah", "green")):
        with transaction():
            add_photo(
                product_id=key,
                kind=kind,
                taken_on=local_today(),
                stream=photo_upload(colour),
                **who,
            )
    with transaction():
        product = db.session.get_one(Product, key)
        facts = label_facts(product, papers_of(product, on=local_today()))
        found = {one.element.code: "ada" for one in needs(facts) if one.is_needed}
        check_label(
            check_id=None,
            product_id=key,
            checked_on=local_today(),
            elements={**found, "L7": "tidak"},
            photo=photo_upload("blue"),
            **who,
        )
        check_curation(product_id=key, answers={one.code: "ya" for one in ASKED}, note="", **who)
        count = Count(
            batch=Batch(pieces=40, labour=60_000, pack=20_000),
            price=4_000,
            counted_on=local_today(),
            source="catatan",
        )
        count_cost(product_id=key, count=count, **who)
        asked = Asked(
            buyer_name="Toko Oleh-oleh Sawangan",
            wanted="Keripik untuk rak depan",
            pieces_per_month=1_000,
            open_until=local_today() + timedelta(days=30),
            kind="pangan_kering",
            demands=("izin_pangan",),
        )
        note_request(area_code=area_code, asked=asked, **who)
