"""A product's label: what must stand on it, what was found, and how it should look."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core.clock import local_today
from app.core.errors import WrongState
from app.core.permissions import Permission
from app.files.responses import photo_response
from app.market.forms.labels import LabelForm, first_answers
from app.market.queries.product_labels import label_page, label_photo
from app.market.responses import label_pdf
from app.market.services.labels import check_label
from app.printing.responses import pdf_response
from app.web.access import current_scope, requires
from app.web.saving import actor, attempt

blueprint = Blueprint("labels", __name__, template_folder="../templates")


@blueprint.get("/produk/<uuid:product_id>/label")
@requires(Permission.MARKET_READ)
def show(product_id: UUID) -> ResponseReturnValue:
    """What the label needs, and what was found."""
    page = label_page(current_scope(), product_id)
    return render_template("market/label.html", page=page)


@blueprint.route("/produk/<uuid:product_id>/label/periksa", methods=["GET", "POST"])
@requires(Permission.MARKET_WRITE)
def check(product_id: UUID) -> ResponseReturnValue:
    """Check a pack."""
    page = label_page(current_scope(), product_id)
    if not page.is_needed:
        raise WrongState(
            "label_not_needed", message="Produk ini tidak perlu label, jadi tidak diperiksa."
        )
    form = LabelForm(data={"checked_on": local_today(), **first_answers(page.last, page.facts)})
    form.ask(page.needs)

    def save() -> None:
        check_label(
            check_id=form.key,
            product_id=product_id,
            checked_on=form.checked_on.data or local_today(),
            elements=form.findings(),
            note=form.note.data or "",
            has_brand=form.has_brand.data,
            has_contact=form.has_contact.data,
            photo=form.photo.data.stream if form.photo.data else None,
            **actor(),
        )

    status = attempt(form, save)
    if status is None:
        flash("Hasil periksa tersimpan.", "success")
        return redirect(url_for(".show", product_id=product_id), code=303)
    page = label_page(current_scope(), product_id)
    return render_template("market/label_form.html", form=form, page=page), status


@blueprint.get("/produk/<uuid:product_id>/label/contoh.pdf")
@requires(Permission.MARKET_READ)
def proof(product_id: UUID) -> ResponseReturnValue:
    """How the label should look, as a sheet to print."""
    page = label_page(current_scope(), product_id)
    return pdf_response(label_pdf(page), filename="contoh-label.pdf")


@blueprint.get("/produk/<uuid:product_id>/label/<uuid:label_check_id>/foto")
@requires(Permission.MARKET_READ)
def picture(product_id: UUID, label_check_id: UUID) -> ResponseReturnValue:
    """The picture of a check."""
    return photo_response(label_photo(current_scope(), product_id, label_check_id))
