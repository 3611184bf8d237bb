"""What channels, their deliveries and payments say about enterprises."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta
from itertools import chain
from uuid import UUID

from sqlalchemy import select

from app.db import db
from app.db.lists import is_among
from app.market.models import ChannelCount, ChannelPayment, ChannelReturn, Delivery, SalesChannel
from app.market.queries.ledger import accounts_of, rows_of
from app.market.rules.channel_figures import LATELY_DAYS, Lately, largest_channel, return_rate
from app.market.rules.channels import USUAL_TERM
from app.market.rules.facts import ChannelFacts
from app.market.rules.receivables import Account, days_to_payment, waits

# How long after handing over a channel pays; None: nobody knows.
Term = timedelta | None


def channel_facts(enterprise_ids: Collection[UUID], *, on: date) -> dict[UUID, ChannelFacts]:
    """Facts by enterprise as of a day; enterprises without a movement are left out."""
    channels = _channels(enterprise_ids)
    every = list(chain.from_iterable(channels.values()))
    accounts, moves = accounts_of(every, on=on), moves_lately(every, on=on)
    found = {}
    for enterprise_id, keys in channels.items():
        own = {key: accounts[key] for key in keys if _has_moved(accounts[key]) or key in moves}
        if own:
            found[enterprise_id] = _facts(own, moves, {key: keys[key] for key in own}, on)
    return found


def moves_lately(channel_ids: Collection[UUID], *, on: date) -> dict[UUID, Lately]:
    """What moved at channels in the 30 days up to a day; channels that rested are left out."""
    if not channel_ids:
        return {}
    since = on - timedelta(days=LATELY_DAYS)
    sums: defaultdict[UUID, dict[str, int]] = defaultdict(dict)

    def add(key: UUID, what: str, value: int) -> None:
        sums[key][what] = sums[key].get(what, 0) + value

    for delivery in rows_of(Delivery, channel_ids, on=on, since=since):
        add(delivery.channel_id, "delivered", delivery.value)
    for count in rows_of(ChannelCount, channel_ids, on=on, since=since):
        add(count.channel_id, "counted", count.value)
    for payment in rows_of(ChannelPayment, channel_ids, on=on, since=since):
        add(payment.channel_id, "paid", payment.amount)
    for back in rows_of(ChannelReturn, channel_ids, on=on, since=since):
        add(back.channel_id, "returned_unpaid", 0 if back.is_paid else back.value)
    return {key: Lately(**values) for key, values in sums.items()}


def _facts(
    accounts: dict[UUID, Account], moves: dict[UUID, Lately], terms: dict[UUID, Term], on: date
) -> ChannelFacts:
    own = {key: moves[key] for key in accounts if key in moves}
    largest = largest_channel(own)
    paid = list(chain.from_iterable(one.paid for one in accounts.values()))
    still_open = list(chain.from_iterable(one.open for one in accounts.values()))
    waited, amount = waits(paid, still_open, on=on)
    return ChannelFacts(
        active_channels_30d=len(own),
        largest_share=None if largest is None else largest[1],
        days_to_payment=days_to_payment(paid, still_open, on=on),
        return_rate=return_rate(own),
        waited=waited,
        waited_amount=amount,
        sold=tuple((key, move.sales) for key, move in own.items()),
        falls_due=tuple(
            (part.delivered_on + term, part.amount)
            for key, one in accounts.items()
            if (term := terms[key]) is not None
            for part in one.open
        ),
    )


def _has_moved(account: Account) -> bool:
    return bool(account.open or account.paid or account.tied_up)


def _channels(enterprise_ids: Collection[UUID]) -> dict[UUID, dict[UUID, Term]]:
    rows = db.session.execute(
        select(
            SalesChannel.enterprise_id,
            SalesChannel.id,
            SalesChannel.is_consignment,
            SalesChannel.payment_days,
        )
        .where(is_among(SalesChannel.enterprise_id, enterprise_ids))
        .order_by(SalesChannel.enterprise_id, SalesChannel.id)
    )
    found: dict[UUID, dict[UUID, Term]] = {}
    for row in rows:
        days = USUAL_TERM if row.payment_days is None else row.payment_days
        # What lies on consignment is not sold yet: nobody knows when it will be due.
        term = None if row.is_consignment else timedelta(days=days)
        found.setdefault(row.enterprise_id, {})[row.id] = term
    return found
