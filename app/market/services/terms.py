"""Channels themselves: their terms, calculating before entering, entering, closing."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from app.core.clock import local_today, utc_now
from app.core.errors import InvalidInput, NotAllowed, NotFound, WrongState
from app.core.ids import new_id
from app.core.scope import Scope
from app.db import db
from app.db.once import kept_or_free
from app.enterprises.models import Enterprise
from app.enterprises.queries import check_allowed
from app.enterprises.queries import enterprise as enterprise_within
from app.enterprises.rules.consents import BASE
from app.market.models import ConsignmentTrial, Product, SalesChannel
from app.market.rules.channels import (
    CLOSED,
    PLANNED,
    check_past,
    is_gated,
    reasons_for_officer,
    state_of,
)
from app.market.rules.consignment import Result, Terms, calculate, inputs_of
from app.market.services.channel_rows import carry, locked_channel, note


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelTerms:
    """What is agreed with a channel: share kept by it in permille, days, rupiah."""

    kind: str
    name: str
    is_consignment: bool = False
    margin_permille: int | None = None
    payment_days: int | None = None
    returns_accepted: bool = False
    listing_fee: int = 0
    note: str = ""


def add_channel(
    *,
    enterprise_id: UUID,
    terms: ChannelTerms,
    opened_on: date | None,
    scope: Scope,
    by: UUID,
    key: UUID | None = None,
) -> SalesChannel:
    """Note a channel, once for each key: a plan, or one that runs since `opened_on`.

    Raises:
        NotFound: no such enterprise within the scope.
        InvalidInput: a day that has not come; consignment that only begins.
        WrongState: the owner withdrew their consent.
    """
    enterprise = enterprise_within(scope, enterprise_id)
    check_allowed(enterprise.owner_id, BASE)
    _check_opening(terms, opened_on)
    known, key = kept_or_free(
        SalesChannel,
        key or new_id(),
        enterprise_id=enterprise_id,
        kind=terms.kind,
        name=terms.name,
        is_consignment=terms.is_consignment,
    )
    if known is not None:
        return known
    row = SalesChannel(
        id=key, enterprise_id=enterprise_id, opened_on=opened_on, created_by=by, **asdict(terms)
    )
    row.tied_up, row.version = 0, 1
    row.created_at = row.updated_at = utc_now()
    db.session.add(row)
    note(row, enterprise, "added", by=by, changes={"kind": [None, row.kind]})
    return row


def change_terms(
    *, channel_id: UUID, version: int, terms: ChannelTerms, scope: Scope, by: UUID
) -> SalesChannel:
    """Put a channel's terms right.

    Raises:
        NotFound: unknown or outside the scope.
        Conflict: somebody changed it since.
        WrongState: the owner withdrew; or a channel that runs would become another kind of deal.
    """
    row, enterprise = locked_channel(scope, channel_id, version)
    is_same_deal = _is_gated(terms) == is_gated(kind=row.kind, is_consignment=row.is_consignment)
    if row.opened_on is not None and not is_same_deal:
        raise WrongState(
            "channel_runs",
            message="Kanal yang berjalan tidak dapat menjadi titip jual atau sebaliknya. "
            "Tutup kanal ini, lalu catat kanal baru.",
        )
    before = {name: getattr(row, name) for name in ("kind", "payment_days", "listing_fee")}
    for name, value in asdict(terms).items():
        setattr(row, name, value)
    changes = {
        name: [old, getattr(row, name)] for name, old in before.items() if old != getattr(row, name)
    }
    # Another term of payment makes other days due.
    carry(row)
    note(row, enterprise, "changed", by=by, changes=changes)
    return row


def save_trial(
    *,
    channel_id: UUID,
    terms: Terms,
    scope: Scope,
    by: UUID,
    product_id: UUID | None = None,
    key: UUID | None = None,
) -> ConsignmentTrial:
    """Keep a calculation with its channel, once for each key; the channel has its verdict now.

    Raises:
        NotFound: channel or product is unknown or outside the scope.
        WrongState: the channel is closed, or the owner withdrew.
    """
    row, enterprise = locked_channel(scope, channel_id)
    _check_not_closed(row)
    _check_own_product(row, product_id)
    inputs = inputs_of(terms)
    said = {"channel_id": channel_id, "inputs": inputs}
    known, key = kept_or_free(ConsignmentTrial, key or new_id(), **said)
    if known is not None:
        return known
    result = calculate(terms)
    trial = ConsignmentTrial(
        id=key,
        **said,
        product_id=product_id,
        result=_result_of(result),
        verdict=result.verdict,
        tried_by=by,
        tried_at=utc_now(),
    )
    db.session.add(trial)
    changes: dict[str, list[Any]] = {"verdict": [row.verdict, trial.verdict]}
    row.verdict, row.verdict_at = trial.verdict, trial.tried_at
    row.version += 1
    note(row, enterprise, "tried", by=by, changes=changes)
    return trial


def enter(*, channel_id: UUID, version: int, scope: Scope, by: UUID) -> SalesChannel:
    """Begin to sell through a planned channel, today.

    Raises:
        NotFound: unknown or outside the scope.
        Conflict: somebody changed it since.
        WrongState: it runs or is closed; it was not calculated; the owner withdrew.
        NotAllowed: it is red, or the enterprise is ill: that needs an officer's written reason.
    """
    row, enterprise = _planned(scope, channel_id, version)
    if reasons_needed(row, enterprise):
        raise NotAllowed(
            "officer_reason_needed",
            message="Kanal ini hanya dimulai dengan alasan tertulis petugas Disnaker.",
        )
    row.opened_on = local_today()
    note(row, enterprise, "entered", by=by)
    return row


def allow(*, channel_id: UUID, version: int, reason: str, scope: Scope, by: UUID) -> SalesChannel:
    """Write why a red channel, or consignment of an ill enterprise, is all the same entered today,
    or goes on. The caller holds the permission for it within the scope.

    Raises:
        NotFound: unknown or outside the scope.
        Conflict: somebody changed it since.
        WrongState: it is closed, was not calculated, or needs no reason; the owner withdrew.
        InvalidInput: no reason.
    """
    row, enterprise = locked_channel(scope, channel_id, version)
    _check_not_closed(row)
    _check_calculated(row)
    if not reasons_needed(row, enterprise):
        raise WrongState("no_reason_needed", message="Kanal ini tidak memerlukan alasan.")
    if not reason:
        raise InvalidInput("reason_missing", field="reason", message="Isi alasan mengizinkan.")
    row.allowed_by, row.allowed_at, row.allowed_reason = by, utc_now(), reason
    row.opened_on = row.opened_on or local_today()
    note(row, enterprise, "allowed", by=by, reason=reason)
    return row


def close(
    *, channel_id: UUID, version: int, closed_on: date, scope: Scope, by: UUID, reason: str = ""
) -> SalesChannel:
    """Note that nothing more goes to a channel; what it owes goes on being collected.

    Raises:
        NotFound: unknown or outside the scope.
        Conflict: somebody changed it since.
        WrongState: it is closed already, or the owner withdrew.
        InvalidInput: a day that has not come or before it was opened.
    """
    row, enterprise = locked_channel(scope, channel_id, version)
    _check_not_closed(row)
    check_past(closed_on, today=local_today(), field="closed_on")
    if row.opened_on is not None and closed_on < row.opened_on:
        raise InvalidInput(
            "closed_before_opened",
            field="closed_on",
            message="Tanggal tutup tidak boleh sebelum kanal dimulai.",
        )
    row.closed_on = closed_on
    note(row, enterprise, "closed", by=by, reason=reason)
    return row


def reasons_needed(row: SalesChannel, enterprise: Enterprise) -> tuple[str, ...]:
    """Why an officer must write a reason, unless one was written since the last calculation."""
    return reasons_for_officer(
        kind=row.kind,
        is_consignment=row.is_consignment,
        opened_on=row.opened_on,
        closed_on=row.closed_on,
        verdict=row.verdict,
        verdict_at=row.verdict_at,
        allowed_at=row.allowed_at,
        health_class=enterprise.health_class,
    )


def _result_of(result: Result) -> dict[str, Any]:
    share = result.break_even
    return {
        "cycle_days": result.cycle_days,
        "tied_up": result.tied_up,
        "profit": result.profit,
        "break_even_permille": None if share is None else round(share * 1000),
        "safe_pieces": result.safe_pieces,
        "months": [one.cash for one in result.months],
    }


def _planned(scope: Scope, channel_id: UUID, version: int) -> tuple[SalesChannel, Enterprise]:
    row, enterprise = locked_channel(scope, channel_id, version)
    if state_of(opened_on=row.opened_on, closed_on=row.closed_on) != PLANNED:
        raise WrongState("channel_not_planned", message="Kanal ini sudah dimulai atau ditutup.")
    _check_calculated(row)
    return row, enterprise


def _check_calculated(row: SalesChannel) -> None:
    if row.verdict is None and is_gated(kind=row.kind, is_consignment=row.is_consignment):
        raise WrongState(
            "channel_not_tried",
            message="Uji dahulu kelayakan kanal ini dengan kalkulator titip jual.",
        )


def _check_not_closed(row: SalesChannel) -> None:
    if state_of(opened_on=row.opened_on, closed_on=row.closed_on) == CLOSED:
        raise WrongState("channel_closed", message="Kanal ini sudah ditutup.")


def _check_own_product(row: SalesChannel, product_id: UUID | None) -> None:
    product = None if product_id is None else db.session.get(Product, product_id)
    if product_id is not None and (product is None or product.enterprise_id != row.enterprise_id):
        raise NotFound("product_unknown", message="Produk ini tidak ditemukan.")


def _is_gated(terms: ChannelTerms) -> bool:
    return is_gated(kind=terms.kind, is_consignment=terms.is_consignment)


def _check_opening(terms: ChannelTerms, opened_on: date | None) -> None:
    if opened_on is None:
        return
    check_past(opened_on, today=local_today(), field="opened_on")
    if _is_gated(terms) and opened_on == local_today():
        raise InvalidInput(
            "consignment_begins",
            field="opened_on",
            message="Titip jual atau toko modern yang baru diuji dahulu. Kosongkan tanggal ini, "
            "lalu uji kanalnya.",
        )
