"""Channels of an enterprise: their list, one of them, its terms, entering and closing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.clock import local_today
from app.core.permissions import Permission
from app.market.forms.channels import AllowForm, ChannelForm, CloseForm, TermsForm, VersionForm
from app.market.queries.channel_pages import channel_page, enterprise_channels
from app.market.queries.channels import channel as channel_within
from app.market.queries.events import events_of
from app.market.queries.ledger_lines import SHOWN_ROWS, ledger_lines
from app.market.queries.payment_rule import listing_fee_cap, payment_hint
from app.market.queries.rows_behind import rows_behind
from app.market.services import terms
from app.web.access import current_scope, requires
from app.web.saving import actor, attempt

blueprint = Blueprint("channels", __name__, template_folder="../templates")
_BOTH = ["GET", "POST"]
_MOST_PAGES = 10_000


@blueprint.get("/usaha/<uuid:enterprise_id>/pasar")
@requires(Permission.MARKET_READ)
def enterprise(enterprise_id: UUID) -> ResponseReturnValue:
    """Where an enterprise sells, and what is owed to it."""
    page = enterprise_channels(current_scope(), enterprise_id)
    events = events_of(current_scope(), enterprise_id)
    return render_template("market/channels.html", page=page, events=events)


@blueprint.get("/usaha/<uuid:enterprise_id>/pasar/catatan")
@requires(Permission.MARKET_READ)
def rows(enterprise_id: UUID) -> ResponseReturnValue:
    """The rows behind one number of that page."""
    number, asked = page_number(), {key: request.args.get(key) for key in ("angka", "umur")}
    page = rows_behind(
        current_scope(),
        enterprise_id,
        what=asked["angka"] or "",
        age=asked["umur"] or "",
        offset=number * SHOWN_ROWS,
    )
    return render_template(
        "market/channel_rows.html",
        page=page,
        **around(number, page.has_more, ".rows", enterprise_id=enterprise_id, **asked),
    )


@blueprint.route("/usaha/<uuid:enterprise_id>/pasar/kanal-baru", methods=_BOTH)
@requires(Permission.MARKET_WRITE)
def add(enterprise_id: UUID) -> ResponseReturnValue:
    """Note a channel."""
    page = enterprise_channels(current_scope(), enterprise_id)
    form = ChannelForm()
    made: list[UUID] = []

    def save() -> None:
        row = terms.add_channel(
            enterprise_id=enterprise_id,
            terms=form.terms(),
            opened_on=form.opened_on.data,
            key=form.key,
            **actor(),
        )
        made.append(row.id)

    status = attempt(form, save)
    if status is None:
        flash("Kanal dicatat.", "success")
        return redirect(url_for(".show", channel_id=made[0]), code=303)
    return render_template("market/channel_form.html", form=form, page=page, channel=None), status


@blueprint.get("/kanal/<uuid:channel_id>")
@requires(Permission.MARKET_READ)
def show(channel_id: UUID) -> ResponseReturnValue:
    """One channel with its ledger."""
    page, number = channel_page(current_scope(), channel_id), page_number()
    lines, has_more = ledger_lines([channel_id], until=local_today(), offset=number * SHOWN_ROWS)
    return render_template(
        "market/channel.html",
        page=page,
        lines=lines,
        hint=payment_hint(page.line.payment_days, on=local_today()),
        listing_cap=listing_fee_cap(page.line.kind, on=local_today()),
        **around(number, has_more, ".show", channel_id=channel_id),
    )


@blueprint.route("/kanal/<uuid:channel_id>/ubah", methods=_BOTH)
@requires(Permission.MARKET_WRITE)
def change(channel_id: UUID) -> ResponseReturnValue:
    """Put the terms of a channel right."""
    row = channel_within(current_scope(), channel_id)
    form = TermsForm(obj=row)
    if not form.is_submitted():
        permille = row.margin_permille
        form.margin.show(None if permille is None else permille / 10)
    status = attempt(
        form,
        lambda: terms.change_terms(
            channel_id=channel_id, version=form.seen, terms=form.terms(), **actor()
        ),
    )
    if status is None:
        flash("Syarat kanal disimpan.", "success")
        return redirect(url_for(".show", channel_id=channel_id), code=303)
    page = channel_page(current_scope(), channel_id)
    return render_template("market/channel_form.html", form=form, page=page, channel=page), status


@blueprint.post("/kanal/<uuid:channel_id>/mulai")
@requires(Permission.MARKET_WRITE)
def enter(channel_id: UUID) -> ResponseReturnValue:
    """Begin to sell through a planned channel."""
    form = VersionForm()
    status = attempt(form, lambda: terms.enter(channel_id=channel_id, version=form.seen, **actor()))
    if status is None:
        flash("Kanal dimulai.", "success")
        return redirect(url_for(".show", channel_id=channel_id), code=303)
    return render_template(
        "market/channel_step.html", form=form, page=channel_page(current_scope(), channel_id)
    ), status


@blueprint.route("/kanal/<uuid:channel_id>/izinkan", methods=_BOTH)
@requires(Permission.CHANNEL_ALLOW)
def allow(channel_id: UUID) -> ResponseReturnValue:
    """Write why a red channel, or consignment of an ill enterprise, is entered all the same."""
    page = channel_page(current_scope(), channel_id)
    form = AllowForm(data={"version": page.line.version})
    status = attempt(
        form,
        lambda: terms.allow(
            channel_id=channel_id, version=form.seen, reason=form.reason.data or "", **actor()
        ),
    )
    if status is None:
        flash("Alasan disimpan, kanal berjalan.", "success")
        return redirect(url_for(".show", channel_id=channel_id), code=303)
    return render_template("market/channel_allow.html", form=form, page=page), status


@blueprint.route("/kanal/<uuid:channel_id>/tutup", methods=_BOTH)
@requires(Permission.MARKET_WRITE)
def close(channel_id: UUID) -> ResponseReturnValue:
    """Note that nothing more goes to a channel."""
    page = channel_page(current_scope(), channel_id)
    form = CloseForm(data={"version": page.line.version, "closed_on": local_today()})
    status = attempt(
        form,
        lambda: terms.close(
            channel_id=channel_id,
            version=form.seen,
            closed_on=form.closed_on.data or local_today(),
            reason=form.reason.data or "",
            **actor(),
        ),
    )
    if status is None:
        flash("Kanal ditutup. Uang yang masih tertahan tetap ditagih.", "success")
        return redirect(url_for(".show", channel_id=channel_id), code=303)
    return render_template("market/channel_close.html", form=form, page=page), status


def page_number() -> int:
    """Which page of a list is asked for; the first is 0."""
    asked = request.args.get("halaman", "0")
    return min(int(asked), _MOST_PAGES) if asked.isdecimal() and len(asked) < 6 else 0


def around(number: int, has_more: bool, endpoint: str, **address: Any) -> dict[str, str | None]:
    """The addresses of the pages before and after."""
    return {
        "previous_url": url_for(endpoint, **address, halaman=number - 1) if number else None,
        "next_url": url_for(endpoint, **address, halaman=number + 1) if has_more else None,
    }
