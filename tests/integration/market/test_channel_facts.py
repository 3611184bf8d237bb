"""What channels tell the diagnosis: PSR3, PSR4 and PRD4."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

from app.core.clock import local_today
from app.core.ids import new_id
from app.core.scope import everywhere
from app.db.transaction import transaction
from app.market.queries.facts import market_facts
from app.market.queries.facts_channels import channel_facts
from app.market.services import channels


def test_facts_of_two_channels(factories, enterprise, mentor):
    key = enterprise.id
    shop = factories.sales_channel(enterprise, mentor)
    stall = factories.sales_channel(enterprise, mentor, kind="warung", name="Warung Bu Tin")
    factories.delivered_to(shop, mentor, 20, 800_000)
    factories.returned_by(shop, mentor, 3, 40_000)
    factories.delivered_to(stall, mentor, 10, 200_000)
    factories.paid_by(stall, mentor, 10, 200_000)
    with transaction():
        channels.record_count(
            row_id=new_id(),
            channel_id=shop.id,
            counted_on=local_today(),
            value=600_000,
            scope=everywhere(),
            by=mentor.id,
        )

    facts = market_facts(key, on=local_today()).channels

    assert facts is not None
    assert facts.active_channels_30d == 2
    # Counted at one, paid at the other.
    assert facts.largest_share == Fraction(600, 800)
    # 760.000 open for 20 days, 200.000 paid at once.
    assert facts.days_to_payment == 16
    assert facts.return_rate == Fraction(40, 1000)


def test_facts_are_those_of_the_asked_day(factories, enterprise, mentor):
    key = enterprise.id
    shop = factories.sales_channel(enterprise, mentor)
    factories.delivered_to(shop, mentor, 50, 800_000)
    factories.paid_by(shop, mentor, 5, 800_000)

    before = channel_facts([key], on=local_today() - timedelta(days=10))[key]
    after = channel_facts([key], on=local_today())[key]

    assert (before.active_channels_30d, before.largest_share, before.days_to_payment) == (0, None, 40)  # fmt: skip  # noqa: E501
    assert (after.active_channels_30d, after.largest_share, after.days_to_payment) == (1, 1, 45)
    assert after.return_rate is None


def test_an_enterprise_without_a_movement_tells_nothing(factories, enterprise, mentor):
    key = enterprise.id
    factories.sales_channel(enterprise, mentor)

    assert market_facts(key, on=local_today()).channels is None
