"""Pictures of a product and of its pack."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.clock import local_today
from app.core.permissions import Permission
from app.db.transaction import transaction
from app.files.responses import photo_response
from app.market.forms.photos import ProductPhotoForm
from app.market.queries.photos import photo_file, photo_page
from app.market.services.photos import add_photo, remove_photo
from app.web.access import current_scope, requires
from app.web.saving import actor, attempt

blueprint = Blueprint("product_photos", __name__, template_folder="../templates")


@blueprint.get("/produk/<uuid:product_id>/foto")
@requires(Permission.MARKET_READ)
def index(product_id: UUID) -> ResponseReturnValue:
    """The pictures, the pack before beside the one after."""
    page = photo_page(current_scope(), product_id)
    return render_template("market/photos.html", page=page)


@blueprint.route("/produk/<uuid:product_id>/foto/baru", methods=["GET", "POST"])
@requires(Permission.MARKET_WRITE)
def add(product_id: UUID) -> ResponseReturnValue:
    """Add a picture."""
    photo_page(current_scope(), product_id)
    form = ProductPhotoForm(data={"taken_on": local_today()})

    def save() -> None:
        add_photo(
            product_id=product_id,
            kind=form.kind.data,
            taken_on=form.taken_on.data or local_today(),
            stream=form.photo.data.stream,
            **actor(),
        )

    status = attempt(form, save)
    if status is None:
        flash("Foto tersimpan.", "success")
        return redirect(url_for(".index", product_id=product_id), code=303)
    page = photo_page(current_scope(), product_id)
    return render_template("market/photo_form.html", form=form, page=page), status


@blueprint.get("/produk/<uuid:product_id>/foto/<uuid:photo_id>")
@requires(Permission.MARKET_READ)
def picture(product_id: UUID, photo_id: UUID) -> ResponseReturnValue:
    """One picture, or its small variant with `?kecil=ya`."""
    found = photo_file(current_scope(), product_id, photo_id)
    return photo_response(found, is_thumbnail="kecil" in request.args)


@blueprint.post("/produk/<uuid:product_id>/foto/<uuid:photo_id>/hapus")
@requires(Permission.MARKET_WRITE)
def remove(product_id: UUID, photo_id: UUID) -> ResponseReturnValue:
    """Take a picture away."""
    with transaction():
        remove_photo(product_id=product_id, photo_id=photo_id, **actor())
    flash("Foto dihapus.", "success")
    return redirect(url_for(".index", product_id=product_id), code=303)
