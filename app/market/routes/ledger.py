"""Rows of a channel's ledger: noting one, putting one right, taking one back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.clock import local_today
from app.core.permissions import Permission
from app.market.forms.channels import CountForm, DeliveryForm, PaymentForm, ReturnForm, RowForm
from app.market.queries.channel_pages import channel_page
from app.market.queries.channels import channel as channel_within
from app.market.queries.ledger_choices import answers_of, deliveries_of, row_to_correct
from app.market.queries.ledger_lines import COUNTED, DELIVERED, PAID, RETURNED, TABLES
from app.market.queries.trials import products_of
from app.market.services import channels
from app.web.access import current_scope, requires
from app.web.saving import actor, attempt

blueprint = Blueprint(
    "channel_ledger", __name__, url_prefix="/kanal", template_folder="../templates"
)
_BOTH = ["GET", "POST"]
_HEADINGS = {
    DELIVERED: "Catat kiriman",
    COUNTED: "Catat barang laku",
    PAID: "Catat pembayaran",
    RETURNED: "Catat barang kembali",
}
_SAVED = {
    DELIVERED: "Kiriman dicatat.",
    COUNTED: "Barang laku dicatat.",
    PAID: "Pembayaran dicatat.",
    RETURNED: "Barang kembali dicatat.",
}


@blueprint.route("/<uuid:channel_id>/kiriman", methods=_BOTH)
@requires(Permission.MARKET_WRITE)
def delivery(channel_id: UUID) -> ResponseReturnValue:
    """Goods handed over."""
    return _page(channel_id, DELIVERED, DeliveryForm, channels.record_delivery)


@blueprint.route("/<uuid:channel_id>/laku", methods=_BOTH)
@requires(Permission.MARKET_WRITE)
def count(channel_id: UUID) -> ResponseReturnValue:
    """Goods counted as sold."""
    return _page(channel_id, COUNTED, CountForm, channels.record_count)


@blueprint.route("/<uuid:channel_id>/pembayaran", methods=_BOTH)
@requires(Permission.MARKET_WRITE)
def payment(channel_id: UUID) -> ResponseReturnValue:
    """Money that came."""
    return _page(channel_id, PAID, PaymentForm, channels.record_payment)


@blueprint.route("/<uuid:channel_id>/kembali", methods=_BOTH)
@requires(Permission.MARKET_WRITE)
def goods_back(channel_id: UUID) -> ResponseReturnValue:
    """Goods that came back."""
    return _page(channel_id, RETURNED, ReturnForm, channels.record_return)


def _page(
    channel_id: UUID, kind: str, shape: type[RowForm], record: Callable[..., Any]
) -> ResponseReturnValue:
    row = channel_within(current_scope(), channel_id)
    old = row_to_correct(row, kind, request.args.get("betulkan"))
    form = shape(data={"day": local_today()} if old is None else answers_of(kind, old))
    _offer(form, row.enterprise_id, channel_id)

    def save() -> None:
        if old is not None and "batalkan" in request.form:
            channels.take_back(
                table=TABLES[kind],
                row_id=form.key,
                corrects_id=old.id,
                reason=form.note.data or "",
                **actor(),
            )
            return
        corrects_id = None if old is None else old.id
        record(channel_id=channel_id, corrects_id=corrects_id, **form.said(), **actor())

    status = attempt(form, save)
    if status is None:
        flash(_SAVED[kind] if old is None else "Catatan dibetulkan.", "success")
        return redirect(url_for("channels.show", channel_id=channel_id), code=303)
    return render_template(
        "market/ledger_form.html",
        form=form,
        heading=_HEADINGS[kind] if old is None else "Betulkan catatan",
        page=channel_page(current_scope(), channel_id),
        is_correction=old is not None,
    ), status


def _offer(form: RowForm, enterprise_id: UUID, channel_id: UUID) -> None:
    if "product" in form:
        form["product"].offer(products_of(enterprise_id))
    if "delivery" in form:
        form["delivery"].offer(deliveries_of(channel_id))
