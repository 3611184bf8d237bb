"""Permits and certificates on their way, moved by the service that the pages use."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from app.core.clock import local_today
from app.core.ids import new_id
from app.core.scope import everywhere
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from app.market.models import Certificate, Product
from app.market.services.certificates import Given, move, note_held, open_track

BEGUN_DAYS_AGO = 90


def certificate(
    enterprise: Enterprise,
    track: str,
    *states: str,
    product: Product | None = None,
    on: date | None = None,
    **given: Any,
) -> Certificate:
    """A permit begun 90 days ago and taken through `states`; the last step says `given`."""
    key: UUID | None = None
    product_id = None if product is None else product.id
    begun_on = local_today() - timedelta(days=BEGUN_DAYS_AGO)
    with transaction():
        key = open_track(
            step_id=new_id(),
            enterprise_id=enterprise.id,
            product_id=product_id,
            track_code=track,
            on=begun_on,
            by=None,
            scope=everywhere(),
        ).id
    for state in states:
        with transaction():
            move(
                step_id=new_id(),
                certificate_id=key,
                to_state=state,
                on=on or begun_on,
                by=None,
                scope=everywhere(),
                **(given if state == states[-1] else {}),
            )
    return db.session.get_one(Certificate, key)


def held_certificate(
    enterprise: Enterprise,
    track: str,
    state: str,
    *,
    product: Product | None = None,
    confirmed: tuple[str, ...] = (),
    **given: Any,
) -> Certificate:
    """A permit whose paper was there already."""
    product_id, enterprise_id = None if product is None else product.id, enterprise.id
    with transaction():
        key = note_held(
            step_id=new_id(),
            enterprise_id=enterprise_id,
            product_id=product_id,
            track_code=track,
            state=state,
            on=local_today(),
            given=Given(**given),
            confirmed=confirmed,
            by=None,
            scope=everywhere(),
        ).id
    return db.session.get_one(Certificate, key)
