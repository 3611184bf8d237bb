"""Rows of a channel's ledger. Each counts once, however often it is sent; none is ever changed.

A row that was wrong is named by the row that stands in its place (`corrects_id`), or is taken back.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import exists, select

from app.core.clock import local_today, utc_now
from app.core.errors import Conflict, InvalidInput, NotFound, WrongState
from app.core.scope import Scope
from app.db import db
from app.db.once import kept_or_free
from app.enterprises.models import Enterprise
from app.market.models import (
    ChannelCount,
    ChannelPayment,
    ChannelReturn,
    Delivery,
    Product,
    SalesChannel,
)
from app.market.models.channels import LedgerRow
from app.market.queries.ledger import DAYS
from app.market.rules.channels import RETURN_REASONS, check_past
from app.market.services.channel_rows import carry, locked_channel, note

Row = TypeVar("Row", bound=LedgerRow)
_ACTIONS: dict[type[LedgerRow], str] = {
    Delivery: "delivered",
    ChannelCount: "counted",
    ChannelPayment: "paid",
    ChannelReturn: "returned",
}


# Beyond these a finger slipped: no tiny enterprise hands over a billion at once, and nobody brings
# a book up to date by ten years.
_MOST = 1_000_000_000
_OLDEST = timedelta(days=3_660)


def record_delivery(
    *,
    row_id: UUID,
    channel_id: UUID,
    delivered_on: date,
    value: int,
    scope: Scope,
    by: UUID,
    pieces: int | None = None,
    product_id: UUID | None = None,
    note: str = "",
    corrects_id: UUID | None = None,
) -> Delivery:
    """Note goods handed to a channel; `value` is what the enterprise gets when all of it sells.

    Raises:
        NotFound: channel, product or corrected row is unknown or outside the scope.
        WrongState: the channel is still a plan or was closed before, or the owner withdrew.
        InvalidInput: no amount or one beyond belief, a day that has not come or is ten years old.
        Conflict: the row to correct was corrected already.
    """
    said = {
        "delivered_on": delivered_on,
        "value": value,
        "pieces": pieces,
        "product_id": product_id,
        "note": note,
        "corrects_id": corrects_id,
    }
    _check(delivered_on, "delivered_on", value, "value", pieces)
    return _keep(Delivery, row_id, channel_id, said, scope=scope, by=by)


def record_count(
    *,
    row_id: UUID,
    channel_id: UUID,
    counted_on: date,
    value: int,
    scope: Scope,
    by: UUID,
    pieces: int | None = None,
    product_id: UUID | None = None,
    note: str = "",
    corrects_id: UUID | None = None,
) -> ChannelCount:
    """Note what sold at a channel since it was counted before. Raises as `record_delivery`."""
    said = {
        "counted_on": counted_on,
        "value": value,
        "pieces": pieces,
        "product_id": product_id,
        "note": note,
        "corrects_id": corrects_id,
    }
    # Nothing sold is a count too.
    _check(counted_on, "counted_on", value + 1, "value", None)
    return _keep(ChannelCount, row_id, channel_id, said, scope=scope, by=by)


def record_payment(
    *,
    row_id: UUID,
    channel_id: UUID,
    paid_on: date,
    amount: int,
    scope: Scope,
    by: UUID,
    for_delivery_id: UUID | None = None,
    note: str = "",
    corrects_id: UUID | None = None,
) -> ChannelPayment:
    """Note money that a channel paid, for one delivery or for the oldest.

    Raises as `record_delivery`.
    """
    said = {
        "paid_on": paid_on,
        "amount": amount,
        "for_delivery_id": for_delivery_id,
        "note": note,
        "corrects_id": corrects_id,
    }
    _check(paid_on, "paid_on", amount, "amount", None)
    return _keep(ChannelPayment, row_id, channel_id, said, scope=scope, by=by)


def record_return(
    *,
    row_id: UUID,
    channel_id: UUID,
    returned_on: date,
    value: int,
    scope: Scope,
    by: UUID,
    reason: str = "tidak_laku",
    is_paid: bool = False,
    pieces: int | None = None,
    product_id: UUID | None = None,
    delivery_id: UUID | None = None,
    note: str = "",
    corrects_id: UUID | None = None,
) -> ChannelReturn:
    """Note goods that came back; `is_paid`: the channel pays for them all the same.

    Raises as `record_delivery`.
    """
    said = {
        "returned_on": returned_on,
        "value": value,
        "reason": reason,
        "is_paid": is_paid,
        "pieces": pieces,
        "product_id": product_id,
        "delivery_id": delivery_id,
        "note": note,
        "corrects_id": corrects_id,
    }
    _check(returned_on, "returned_on", value, "value", pieces)
    if reason not in RETURN_REASONS:
        raise InvalidInput("reason_unknown", field="reason", message="Pilih sebab barang kembali.")
    return _keep(ChannelReturn, row_id, channel_id, said, scope=scope, by=by)


def take_back(
    *, table: type[Row], row_id: UUID, corrects_id: UUID, reason: str, scope: Scope, by: UUID
) -> Row:
    """Say that a row never happened; it goes on standing there, struck out. Raises as above."""
    if not reason:
        raise InvalidInput("reason_missing", field="note", message="Isi alasannya.")
    old = db.session.get(table, corrects_id)
    if old is None:
        raise NotFound("row_unknown", message="Catatan ini tidak ditemukan.")
    kept = {
        column.key: getattr(old, column.key)
        for column in table.__table__.columns  # type: ignore[attr-defined]
        if column.key not in ("id", "channel_id", "recorded_by", "recorded_at")
    }
    said = {**kept, "is_void": True, "note": reason, "corrects_id": corrects_id}
    return _keep(table, row_id, old.channel_id, said, scope=scope, by=by)


def _keep(
    table: type[Row],
    row_id: UUID,
    channel_id: UUID,
    said: dict[str, Any],
    *,
    scope: Scope,
    by: UUID,
) -> Row:
    channel, enterprise = locked_channel(scope, channel_id)
    known, key = kept_or_free(table, row_id, channel_id=channel_id, **said)
    if known is not None:
        return known
    _check_open(table, channel, said)
    _check_named(table, channel, said)
    made: Any = table
    row: Row = made(id=key, channel_id=channel_id, recorded_by=by, recorded_at=utc_now(), **said)
    db.session.add(row)
    carry(channel)
    _note(row, channel, enterprise, said, by=by)
    return row


def _note(
    row: LedgerRow, channel: SalesChannel, enterprise: Enterprise, said: dict[str, Any], *, by: UUID
) -> None:
    action = "corrected" if said["corrects_id"] else _ACTIONS[type(row)]
    value = said.get("value", said.get("amount"))
    note(
        channel,
        enterprise,
        "taken_back" if row.is_void else action,
        by=by,
        changes={"value": [None, value]},
        reason=said["note"],
    )


def _check(day: date, day_field: str, value: int, value_field: str, pieces: int | None) -> None:
    check_past(day, today=local_today(), field=day_field)
    if day < local_today() - _OLDEST:
        raise InvalidInput(
            "day_too_old", field=day_field, message="Tanggal terlalu lama. Periksa tahunnya."
        )
    if value <= 0:
        raise InvalidInput("value_missing", field=value_field, message="Isi nilai di atas nol.")
    if value > _MOST:
        raise InvalidInput(
            "value_too_large",
            field=value_field,
            message="Nilai terlalu besar. Periksa angka nolnya.",
        )
    if pieces is not None and pieces <= 0:
        raise InvalidInput("pieces_missing", field="pieces", message="Isi jumlah di atas nol.")


def _check_open(table: type[LedgerRow], channel: SalesChannel, said: dict[str, Any]) -> None:
    if channel.opened_on is None:
        raise WrongState(
            "channel_planned", message="Kanal ini masih rencana. Mulai kanalnya dahulu."
        )
    is_late = channel.closed_on is not None and said[DAYS[table].key] > channel.closed_on
    # What was handed over before goes on being counted, paid and returned.
    if table is Delivery and is_late:
        raise WrongState("channel_closed", message="Kanal ini sudah tutup pada tanggal itu.")


def _check_named(table: type[LedgerRow], channel: SalesChannel, said: dict[str, Any]) -> None:
    for name, named in (
        ("product_id", Product),
        ("delivery_id", Delivery),
        ("for_delivery_id", Delivery),
        ("corrects_id", table),
    ):
        key = said.get(name)
        if key is not None:
            _check_own(named, key, channel)
    corrects_id = said["corrects_id"]
    if corrects_id is not None and db.session.scalar(
        select(exists().where(table.corrects_id == corrects_id))
    ):
        raise Conflict(
            "row_corrected_meanwhile",
            message="Catatan ini sudah dibetulkan. Muat ulang halamannya.",
        )


def _check_own(named: Any, key: UUID, channel: SalesChannel) -> None:
    found = db.session.get(named, key)
    if isinstance(found, Product):
        is_own = found.enterprise_id == channel.enterprise_id
    else:
        is_own = found is not None and found.channel_id == channel.id
    if not is_own:
        raise NotFound("row_unknown", message="Catatan ini tidak ditemukan.")
