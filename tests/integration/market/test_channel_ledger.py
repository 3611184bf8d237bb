"""The ledger of a channel: each row counts once, none is changed, what is owed is carried right."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.core.clock import local_today
from app.core.errors import Conflict, InvalidInput, NotFound, WrongState
from app.core.ids import new_id
from app.core.scope import everywhere, nowhere
from app.db import db
from app.db.transaction import transaction
from app.market.models import Delivery, Receivable, SalesChannel
from app.market.queries.ledger import accounts_of
from app.market.services import channels, terms


@pytest.fixture
def channel(factories, enterprise, mentor):
    return factories.sales_channel(enterprise, mentor, payment_days=14)


def owed(channel_id):
    """What is carried: money tied up, and what is open of each delivery."""
    tied_up = db.session.scalar(select(SalesChannel.tied_up).where(SalesChannel.id == channel_id))
    rows = db.session.execute(
        select(Receivable.delivery_id, Receivable.amount).where(Receivable.channel_id == channel_id)
    )
    return tied_up, {row.delivery_id: row.amount for row in rows}


def test_money_tied_up_follows_every_row(factories, channel, mentor):
    key = channel.id
    first = factories.delivered_to(channel, mentor, 40, 500_000).id
    second = factories.delivered_to(channel, mentor, 10, 300_000).id
    factories.paid_by(channel, mentor, 9, 350_000)
    factories.returned_by(channel, mentor, 5, 50_000, delivery_id=second)

    assert owed(key) == (400_000, {first: 150_000, second: 250_000})
    due = db.session.scalar(select(Receivable.due_on).where(Receivable.delivery_id == first))
    assert due == local_today() - timedelta(days=26)


def test_what_is_carried_equals_what_is_calculated_on_random_histories(
    factories, enterprise, mentor
):
    chance = random.Random(7)  # noqa: S311
    for _ in range(4):
        channel = factories.sales_channel(enterprise, mentor)
        key = channel.id
        for _ in range(7):
            make = chance.choice([factories.delivered_to, factories.paid_by, factories.returned_by])
            make(channel, mentor, chance.randrange(90), chance.randrange(1, 400) * 1_000)

        account = accounts_of([key], on=local_today())[key]
        assert owed(key) == (
            account.tied_up,
            {part.delivery_id: part.amount for part in account.open},
        )


def test_a_row_that_comes_twice_counts_once(factories, channel, mentor):
    row_id = new_id()
    for _ in range(2):
        factories.delivered_to(channel, mentor, 3, 200_000, row_id=row_id)

    assert owed(channel.id) == (200_000, {row_id: 200_000})


def test_a_key_that_says_something_else_is_kept_beside(factories, channel, mentor):
    row_id = new_id()
    factories.delivered_to(channel, mentor, 3, 200_000, row_id=row_id)
    factories.delivered_to(channel, mentor, 3, 250_000, row_id=row_id)

    assert owed(channel.id)[0] == 450_000


def test_a_correction_stands_in_place_of_the_old_row_which_stays(factories, channel, mentor):
    old = factories.delivered_to(channel, mentor, 20, 500_000).id
    factories.paid_by(channel, mentor, 5, 100_000, for_delivery_id=old)
    new = factories.delivered_to(channel, mentor, 20, 400_000, corrects_id=old).id

    # The payment named the old row; it goes to the one that stands now.
    assert owed(channel.id) == (300_000, {new: 300_000})
    assert db.session.scalar(select(func.count()).select_from(Delivery)) == 2
    assert db.session.get_one(Delivery, old).value == 500_000


def test_a_row_is_corrected_once(factories, channel, mentor):
    old = factories.delivered_to(channel, mentor, 20, 500_000).id
    factories.delivered_to(channel, mentor, 20, 400_000, corrects_id=old)

    with pytest.raises(Conflict):
        factories.delivered_to(channel, mentor, 20, 300_000, corrects_id=old)


def test_a_row_that_never_happened_is_taken_back_with_a_reason(factories, channel, mentor):
    key, by = channel.id, mentor.id
    old = factories.delivered_to(channel, mentor, 20, 500_000).id
    said = {"table": Delivery, "corrects_id": old, "scope": everywhere(), "by": by}
    with pytest.raises(InvalidInput), transaction():
        channels.take_back(row_id=new_id(), reason="", **said)
    with transaction():
        channels.take_back(row_id=new_id(), reason="Salah kanal", **said)

    assert owed(key) == (0, {})


def test_goods_that_are_paid_though_returned_stay_owed(factories, channel, mentor):
    factories.delivered_to(channel, mentor, 20, 500_000)
    factories.returned_by(channel, mentor, 2, 100_000, is_paid=True)

    assert owed(channel.id)[0] == 500_000


def test_what_may_not_be_written_is_refused(factories, enterprise, channel, mentor):
    other = factories.sales_channel(enterprise, mentor, name="Warung Bu Tin")
    elsewhere = factories.delivered_to(other, mentor, 3, 10_000).id
    plan = factories.sales_channel(enterprise, mentor, opened_on=None)

    with pytest.raises(InvalidInput):
        factories.delivered_to(channel, mentor, -1, 10_000)
    with pytest.raises(InvalidInput):
        factories.paid_by(channel, mentor, 1, 0)
    with pytest.raises(NotFound):
        factories.paid_by(channel, mentor, 1, 10_000, for_delivery_id=elsewhere)
    with pytest.raises(NotFound):
        factories.delivered_to(channel, mentor, 1, 10_000, product_id=new_id())
    with pytest.raises(WrongState):
        factories.delivered_to(plan, mentor, 1, 10_000)
    with pytest.raises(NotFound):
        factories.delivered_to(channel, mentor, 1, 10_000, scope=nowhere())


@pytest.mark.parametrize(("days", "value"), [(4_000, 100_000), (1, 1_000_000_001)])
def test_a_slip_of_the_finger_is_asked_back(factories, channel, mentor, days, value):
    key = channel.id

    with pytest.raises(InvalidInput):
        factories.paid_by(channel, mentor, days, value)

    assert owed(key) == (0, {})


def test_nothing_goes_to_a_closed_channel_but_it_still_pays(factories, channel, mentor):
    factories.delivered_to(channel, mentor, 20, 500_000)
    with transaction():
        terms.close(
            channel_id=channel.id,
            version=1,
            closed_on=local_today() - timedelta(days=5),
            scope=everywhere(),
            by=mentor.id,
        )
    factories.paid_by(channel, mentor, 1, 200_000)

    assert owed(channel.id)[0] == 300_000
    with pytest.raises(WrongState):
        factories.delivered_to(channel, mentor, 1, 10_000)
