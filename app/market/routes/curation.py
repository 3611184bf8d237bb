"""How ready a product is for the shelves of others."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core.permissions import Permission
from app.market.forms.curation import CurationForm
from app.market.queries.curation import curation_page
from app.market.services.curation import check_curation
from app.web.access import current_scope, requires
from app.web.saving import actor, attempt

blueprint = Blueprint("curation", __name__, template_folder="../templates")


@blueprint.get("/produk/<uuid:product_id>/kurasi")
@requires(Permission.MARKET_READ)
def show(product_id: UUID) -> ResponseReturnValue:
    """What is met, and what is missing."""
    page = curation_page(current_scope(), product_id)
    return render_template("market/curation.html", page=page)


@blueprint.route("/produk/<uuid:product_id>/kurasi/periksa", methods=["GET", "POST"])
@requires(Permission.MARKET_WRITE)
def check(product_id: UUID) -> ResponseReturnValue:
    """Answer what no record tells."""
    page = curation_page(current_scope(), product_id)
    form = CurationForm(data=page.answers)

    def save() -> None:
        check_curation(
            product_id=product_id,
            answers=form.answers(),
            note=form.note.data or "",
            key=form.key,
            **actor(),
        )

    status = attempt(form, save)
    if status is None:
        flash("Hasil periksa tersimpan.", "success")
        return redirect(url_for(".show", product_id=product_id), code=303)
    page = curation_page(current_scope(), product_id)
    return render_template("market/curation_form.html", form=form, page=page), status
