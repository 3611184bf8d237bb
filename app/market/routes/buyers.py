"""What buyers ask for, and which products can serve them."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.permissions import Permission
from app.enterprises.queries.choices import area_choices
from app.market.forms.buyers import CloseForm, RequestForm, shown
from app.market.models import BuyerRequest
from app.market.queries.buyers import PAGE_SIZE, buyer_request, request_page, requests
from app.market.routes.channels import around, page_number
from app.market.services.buyers import change_request, close_request, note_request
from app.places.queries import path_label
from app.web.access import current_scope, requires
from app.web.saving import actor, attempt

blueprint = Blueprint(
    "buyers", __name__, url_prefix="/pasar/permintaan", template_folder="../templates"
)
_BOTH = ["GET", "POST"]


@blueprint.get("")
@requires(Permission.MARKET_READ)
def index() -> ResponseReturnValue:
    """What is asked for now, or was."""
    is_open, number = request.args.get("keadaan") != "selesai", page_number()
    lines, has_more = requests(current_scope(), is_open=is_open, offset=number * PAGE_SIZE)
    kept = {} if is_open else {"keadaan": "selesai"}
    return render_template(
        "market/requests.html",
        lines=lines,
        is_open=is_open,
        **around(number, has_more, ".index", **kept),
    )


@blueprint.route("/baru", methods=_BOTH)
@requires(Permission.BUYER_MANAGE)
def add() -> ResponseReturnValue:
    """Note a request."""
    form = RequestForm()
    form.area_code.offer(area_choices(current_scope(), ""))
    made: list[UUID] = []

    def save() -> None:
        area_code = form.area_code.data or ""
        row = note_request(area_code=area_code, asked=form.asked(), key=form.key, **actor())
        made.append(row.id)

    status = attempt(form, save)
    if status is None:
        flash("Permintaan tercatat. Di bawah ini produk yang bisa melayani.", "success")
        return redirect(url_for(".show", buyer_request_id=made[0]), code=303)
    return render_template("market/request_form.html", form=form), status


@blueprint.get("/<uuid:buyer_request_id>")
@requires(Permission.MARKET_READ)
def show(buyer_request_id: UUID) -> ResponseReturnValue:
    """One request, and who can serve it."""
    scope = current_scope()
    page = request_page(scope, buyer_request_id)
    owns = scope.covers_area(page.row.area_code)
    return render_template("market/request.html", page=page, owns=owns)


@blueprint.route("/<uuid:buyer_request_id>/ubah", methods=_BOTH)
@requires(Permission.BUYER_MANAGE)
def edit(buyer_request_id: UUID) -> ResponseReturnValue:
    """Change a request."""
    row = buyer_request(current_scope(), buyer_request_id)
    form = RequestForm(data=shown(row))
    form.area_code.offer([(row.area_code, path_label(row.area_code))])

    def save() -> None:
        change_request(
            request_id=buyer_request_id,
            version=form.seen_version,
            asked=form.asked(),
            **actor(),
        )

    return _saved(
        row, attempt(form, save), form, "market/request_form.html", "Perubahan tersimpan."
    )


@blueprint.route("/<uuid:buyer_request_id>/tutup", methods=_BOTH)
@requires(Permission.BUYER_MANAGE)
def close(buyer_request_id: UUID) -> ResponseReturnValue:
    """Close a request."""
    row = buyer_request(current_scope(), buyer_request_id)
    form = CloseForm(data={"version": row.version})

    def save() -> None:
        close_request(
            request_id=buyer_request_id,
            version=form.seen_version,
            reason=form.reason.data or "",
            **actor(),
        )

    return _saved(
        row, attempt(form, save), form, "market/request_close.html", "Permintaan ditutup."
    )


def _saved(
    row: BuyerRequest,
    status: int | None,
    form: RequestForm | CloseForm,
    template: str,
    thanks: str,
) -> ResponseReturnValue:
    if status is None:
        flash(thanks, "success")
        return redirect(url_for(".show", buyer_request_id=row.id), code=303)
    return render_template(template, form=form, row=row), status
