"""What the demo's markets lack: a red plan that waits for an officer, a bazaar with its outcome."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from uuid import UUID

from sqlalchemy import ColumnElement, select

from app.core.clock import local_today
from app.core.ids import new_id
from app.core.scope import everywhere
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise, Owner
from app.enterprises.queries import in_area, may_use
from app.enterprises.rules.consents import BASE
from app.market.models import EventParticipant
from app.market.rules.consignment import Terms
from app.market.rules.events import Outcome
from app.market.services import channels, events, terms

CALCULATED = Terms(
    pieces=400,
    unit_cost=7_000,
    net_price=9_600,
    sold_share=Fraction(80, 100),
    fetch_cost=300,
    monthly_cost=150_000,
    making_days=5,
    shelf_days=21,
    waiting_days=35,
    free_cash=3_000_000,
)


def fill_the_market(area_code: str, *, officer_id: UUID, mentor_id: UUID) -> None:
    """With the mentor and in the office's area: a red channel that owes longest of all, plans for
    consignment that came out red and green; and a bazaar."""
    cared_for = _first(Enterprise.mentor_id == mentor_id)
    green = replace(CALCULATED, pieces=150, sold_share=Fraction(95, 100), waiting_days=0)
    for enterprise_id in dict.fromkeys((cared_for, _first(in_area(area_code)))):
        for name, asked in (("Toko Merah", CALCULATED), ("Toko Hijau", green)):
            _channel(enterprise_id, name, asked, mentor_id, opened_on=None)
        long_ago = local_today() - timedelta(days=400)
        key = _channel(enterprise_id, "Toko Lama", CALCULATED, mentor_id, opened_on=long_ago)
        with transaction():
            channels.record_delivery(
                row_id=new_id(),
                channel_id=key,
                delivered_on=long_ago,
                value=750_000,
                scope=everywhere(),
                by=mentor_id,
            )
    _bazaar(cared_for, area_code, officer_id)


def _first(which: ColumnElement[bool]) -> UUID:
    people = select(Enterprise.id).join(Owner, Owner.id == Enterprise.owner_id)
    found = people.where(which, may_use(BASE)).order_by(Enterprise.id).limit(1)
    enterprise_id = db.session.scalars(found).one()
    db.session.rollback()
    return enterprise_id


def _channel(
    enterprise_id: UUID, name: str, asked: Terms, by: UUID, *, opened_on: date | None
) -> UUID:
    with transaction():
        channel = terms.add_channel(
            enterprise_id=enterprise_id,
            terms=terms.ChannelTerms(
                kind="toko_oleh_oleh", name=name, is_consignment=True, payment_days=35
            ),
            opened_on=opened_on,
            scope=everywhere(),
            by=by,
        )
        terms.save_trial(channel_id=channel.id, terms=asked, scope=everywhere(), by=by)
        return channel.id


def _bazaar(enterprise_id: UUID, area_code: str, by: UUID) -> None:
    told = {"scope": everywhere(), "by": by}
    with transaction():
        new = events.NewEvent(
            kind="bazar",
            name="Bazar Alun-alun",
            place="Alun-alun kota",
            starts_on=local_today() - timedelta(days=7),
        )
        event_id = events.make_event(new=new, area_code=area_code, **told).id
        events.choose(event_id=event_id, enterprise_ids=[enterprise_id], **told)
    goes = select(EventParticipant.id).where(EventParticipant.event_id == event_id)
    participant_id = db.session.scalars(goes).one()
    db.session.rollback()
    with transaction():
        events.report(
            event_id=event_id,
            participant_id=participant_id,
            version=1,
            outcome=Outcome(
                sold=600_000,
                goods_cost=350_000,
                trip_cost=300_000,
                stand_cost=100_000,
                orders=900_000,
            ),
            buyers=4,
            note="",
            **told,
        )
