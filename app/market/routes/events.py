"""Exhibitions and bazaars: the list, one of them, who goes, what it brought."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.permissions import Permission
from app.db.transaction import transaction
from app.market.forms.events import EventForm, OutcomeForm, ParticipantsForm
from app.market.queries import events as queries
from app.market.services import events as services
from app.web.access import current_scope, requires
from app.web.saving import actor, attempt

blueprint = Blueprint(
    "market_events", __name__, url_prefix="/pasar/acara", template_folder="../templates"
)
_BOTH = ["GET", "POST"]


@blueprint.get("")
@requires(Permission.MARKET_READ)
def index() -> ResponseReturnValue:
    """The events, newest first."""
    return render_template("market/events.html", lines=queries.events(current_scope()))


@blueprint.route("/baru", methods=_BOTH)
@requires(Permission.BUYER_MANAGE)
def new() -> ResponseReturnValue:
    """Note an event."""
    area_code = next((area for area in current_scope().areas if area), "")
    form = EventForm()
    made: list[UUID] = []

    def save() -> None:
        row = services.make_event(new=form.event(), area_code=area_code, key=form.key, **actor())
        made.append(row.id)

    status = attempt(form, save) if area_code else 200
    if status is None:
        flash("Acara dicatat. Sekarang pilih usaha yang ikut.", "success")
        return redirect(url_for(".choose", event_id=made[0]), code=303)
    return render_template("market/event_form.html", form=form, area_code=area_code), status


@blueprint.get("/<uuid:event_id>")
@requires(Permission.MARKET_READ)
def show(event_id: UUID) -> ResponseReturnValue:
    """One event: who went, what sold, whether it was worth it."""
    return render_template("market/event.html", page=queries.event_page(current_scope(), event_id))


@blueprint.route("/<uuid:event_id>/peserta", methods=_BOTH)
@requires(Permission.BUYER_MANAGE)
def choose(event_id: UUID) -> ResponseReturnValue:
    """Choose who goes."""
    page = queries.event_page(current_scope(), event_id)
    words = request.args.get("cari", "")[:80].strip()
    found = queries.candidates(current_scope(), event_id, words)
    form = ParticipantsForm()
    form.offer([(str(one.id), f"{one.name}, {one.owner}, {one.village}") for one in found])
    status = attempt(
        form,
        lambda: services.choose(event_id=event_id, enterprise_ids=form.usaha.data or [], **actor()),
    )
    if status is None:
        flash("Peserta disimpan.", "success")
        return redirect(url_for(".show", event_id=event_id), code=303)
    return render_template(
        "market/event_choose.html", form=form, page=page, words=words, found=found
    ), status


@blueprint.route("/<uuid:event_id>/peserta/<uuid:participant_id>", methods=_BOTH)
@requires(Permission.MARKET_WRITE)
def report(event_id: UUID, participant_id: UUID) -> ResponseReturnValue:
    """Tell what an event brought to one enterprise."""
    row = queries.participant(current_scope(), event_id, participant_id)
    form = OutcomeForm(obj=row)
    status = attempt(
        form,
        lambda: services.report(
            event_id=event_id, participant_id=participant_id, **form.said(), **actor()
        ),
    )
    if status is None:
        flash("Hasil acara disimpan.", "success")
        return redirect(url_for(".show", event_id=event_id), code=303)
    line = queries.participant_line(current_scope(), event_id, participant_id)
    return render_template("market/event_report.html", form=form, line=line), status


@blueprint.post("/<uuid:event_id>/peserta/<uuid:participant_id>/batal")
@requires(Permission.BUYER_MANAGE)
def drop(event_id: UUID, participant_id: UUID) -> ResponseReturnValue:
    """Take an enterprise off the list."""
    with transaction():
        services.drop(event_id=event_id, participant_id=participant_id, **actor())
    flash("Peserta dihapus dari daftar.", "success")
    return redirect(url_for(".show", event_id=event_id), code=303)
