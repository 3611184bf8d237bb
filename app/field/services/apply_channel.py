"""Goods and money of a channel that were noted without signal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.core.errors import Conflict, InvalidInput, WrongState
from app.core.scope import everywhere
from app.db import db
from app.field.rules import OK
from app.field.rules.channel_data import COUNT, DELIVERY, PAYMENT, RETURN, movement_said
from app.field.services.outcomes import Case, NeedsReview, Outcome
from app.market.models import SalesChannel
from app.market.services.channels import (
    record_count,
    record_delivery,
    record_payment,
    record_return,
)

_KEEPING: dict[str, Callable[..., Any]] = {
    DELIVERY: record_delivery,
    COUNT: record_count,
    PAYMENT: record_payment,
    RETURN: record_return,
}


def apply_movement(case: Case) -> Outcome:
    """Keep one row of the channel's ledger, once for each record id.

    Raises:
        NeedsReview: the channel was closed meanwhile, or another row stands in the way.
    """
    said = movement_said(case.operation, case.sender.clock)
    channel = db.session.get(SalesChannel, said.channel_id)
    if channel is None or channel.enterprise_id != case.row.id:
        raise InvalidInput(
            "channel_unknown", field="channel_id", message="Kanal ini tidak dikenal."
        )
    by = case.sender.account_id
    try:
        _KEEPING[case.operation.type](
            row_id=case.operation.record_id,
            channel_id=channel.id,
            scope=everywhere(by),
            by=by,
            **said.row,
        )
    except (WrongState, Conflict) as refusal:
        if case.is_decided or refusal.code == "consent_missing":
            raise
        raise NeedsReview(refusal.code, refusal.message) from refusal
    extra = dict(said.rest)
    if said.taken.dropped:
        extra["diabaikan"] = dict(said.taken.dropped)
    return Outcome(status=OK, version=case.row.version, labels=said.taken.labels, extra=extra)
