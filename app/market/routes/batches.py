"""Registering many for one session, and the workbook of what its entry asks for."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue

from app.accounts.guards import current_account
from app.core.clock import local_today, utc_now
from app.core.permissions import Permission
from app.enterprises.guards import take_along
from app.enterprises.queries.choices import area_choices
from app.market.exports.entry_sheets import entry_workbook
from app.market.forms.batches import batch_form
from app.market.queries.batches import batch_page, candidates
from app.market.queries.certificate_board import Wanted, enterprises_of
from app.market.queries.entry_sheets import MOST_ROWS, entry_rows
from app.market.routes.certificate_board import wanted_of
from app.market.rules.tracks import tracks
from app.market.services.batches import begin_many
from app.web.access import current_scope, requires
from app.web.filters import waktu
from app.web.saving import actor, attempt
from app.web.workbooks import XLSX

blueprint = Blueprint(
    "certificate_batches", __name__, url_prefix="/izin/sesi", template_folder="../templates"
)
_USUAL = "halal_sd"


@blueprint.route("/baru", methods=["GET", "POST"])
@requires(Permission.CERTIFICATE_BATCH)
def new() -> ResponseReturnValue:
    """Register many enterprises for one session."""
    wanted = wanted_of()
    of = tracks()[wanted.track or _USUAL]
    lines = candidates(current_scope(), of.code, wanted.area)
    form = batch_form(lines)
    made: list[UUID] = []

    def save() -> None:
        made.append(
            begin_many(
                batch_id=form.key,
                track_code=of.code,
                enterprise_ids=form.ids,
                on=form.on.data,  # type: ignore[arg-type]
                note=form.note.data or "",
                **actor(),
            ).id
        )

    status = attempt(form, save)
    if status is None:
        flash("Sesi dicatat.", "success")
        return redirect(url_for(".show", certificate_batch_id=made[0]), code=303)
    areas = area_choices(current_scope(), wanted.area)
    page = {"of": of, "tracks": tracks(), "area": wanted.area, "areas": areas, "lines": lines}
    return render_template("market/batch_new.html", form=form, **page), status


@blueprint.get("/<uuid:certificate_batch_id>")
@requires(Permission.CERTIFICATE_BATCH)
def show(certificate_batch_id: UUID) -> ResponseReturnValue:
    """What became of each."""
    page = batch_page(current_scope(), certificate_batch_id)
    return render_template("market/batch.html", page=page)


@blueprint.get("/<uuid:certificate_batch_id>/unduh")
@requires(Permission.CERTIFICATE_BATCH)
def download(certificate_batch_id: UUID) -> ResponseReturnValue:
    """What the entry asks for of those of a session."""
    page = batch_page(current_scope(), certificate_batch_id)
    return _sheet(page.track, [row.enterprise_id for row in page.rows])


@blueprint.get("/unduh")
@requires(Permission.CERTIFICATE_BATCH)
def download_list() -> ResponseReturnValue:
    """What the entry asks for of those of a list of the board."""
    wanted = wanted_of()
    track = wanted.track or _USUAL
    chosen = Wanted(stand=wanted.stand, track=track, state=wanted.state, area=wanted.area)
    return _sheet(track, enterprises_of(current_scope(), chosen, limit=MOST_ROWS))


def _sheet(track: str, enterprise_ids: list[UUID]) -> ResponseReturnValue:
    rows = entry_rows(current_scope(), track, enterprise_ids)
    withdrawn = take_along(row.enterprise_id for row in rows)
    about = [("Diunduh oleh", current_account().name), ("Waktu", waktu(utc_now()))]
    title = f"Isian {tracks()[track].name}"
    book = entry_workbook(title, rows, withdrawn=withdrawn, about=about)
    name = f"isian-{track.replace('_', '-')}-{local_today().isoformat()}.xlsx"
    return send_file(book, mimetype=XLSX, as_attachment=True, download_name=name)
