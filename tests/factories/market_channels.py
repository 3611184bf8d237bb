"""Channels with their ledgers, written by the services that the pages use."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from app.accounts.models import Account
from app.core.clock import local_today
from app.core.ids import new_id
from app.core.scope import everywhere
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from app.market.models import ChannelPayment, ChannelReturn, Delivery, SalesChannel
from app.market.services import channels, terms


def sales_channel(enterprise: Enterprise, by: Account, **values: Any) -> SalesChannel:
    """A channel that runs for 200 days; `opened_on=None` is a plan."""
    enterprise_id, by_id = enterprise.id, by.id
    opened_on = values.pop("opened_on", local_today() - timedelta(days=200))
    known: dict[str, Any] = {"kind": "toko_oleh_oleh", "name": "Toko Sari Rasa"}
    with transaction():
        return terms.add_channel(
            enterprise_id=enterprise_id,
            terms=terms.ChannelTerms(**{**known, **values}),
            opened_on=opened_on,
            scope=everywhere(),
            by=by_id,
        )


def delivered_to(
    channel: SalesChannel, by: Account, days_ago: int, value: int, **values: Any
) -> Delivery:
    """Goods handed over some days ago."""
    known = _known(channel, by, values)
    with transaction():
        return channels.record_delivery(delivered_on=_day(days_ago), value=value, **known)


def paid_by(
    channel: SalesChannel, by: Account, days_ago: int, amount: int, **values: Any
) -> ChannelPayment:
    """Money paid some days ago."""
    known = _known(channel, by, values)
    with transaction():
        return channels.record_payment(paid_on=_day(days_ago), amount=amount, **known)


def returned_by(
    channel: SalesChannel, by: Account, days_ago: int, value: int, **values: Any
) -> ChannelReturn:
    """Goods that came back some days ago."""
    known = _known(channel, by, values)
    with transaction():
        return channels.record_return(returned_on=_day(days_ago), value=value, **known)


def _known(channel: SalesChannel, by: Account, values: dict[str, Any]) -> dict[str, Any]:
    return {
        "row_id": new_id(),
        "channel_id": channel.id,
        "scope": everywhere(),
        "by": by.id,
        **values,
    }


def _day(days_ago: int) -> date:
    return local_today() - timedelta(days=days_ago)
