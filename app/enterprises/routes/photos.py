"""The photo of an enterprise's premises."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.errors import PulihError
from app.core.permissions import Permission
from app.db.transaction import transaction
from app.enterprises import queries, services
from app.enterprises.forms import PhotoForm
from app.files.responses import photo_response
from app.web.access import current_account_id, current_scope, requires
from app.web.errors import status_of

blueprint = Blueprint("enterprise_photos", __name__, template_folder="../templates")


@blueprint.get("/usaha/<uuid:enterprise_id>/foto")
@requires(Permission.ENTERPRISE_READ)
def show(enterprise_id: UUID) -> ResponseReturnValue:
    """The photo, or its small variant with `?kecil=ya`."""
    row = queries.enterprise(current_scope(), enterprise_id)
    return photo_response(row.photo_id, is_thumbnail="kecil" in request.args)


@blueprint.get("/usaha/<uuid:enterprise_id>/foto/ubah")
@requires(Permission.ENTERPRISE_WRITE)
def edit(enterprise_id: UUID) -> ResponseReturnValue:
    """The form that takes a photo."""
    row = queries.enterprise(current_scope(), enterprise_id)
    return render_template("enterprises/photo.html", form=PhotoForm(formdata=None), row=row)


@blueprint.post("/usaha/<uuid:enterprise_id>/foto/ubah")
@requires(Permission.ENTERPRISE_WRITE)
def change(enterprise_id: UUID) -> ResponseReturnValue:
    """Keep a new photo."""
    row = queries.enterprise(current_scope(), enterprise_id)
    form = PhotoForm()
    if not form.validate_on_submit():
        return render_template("enterprises/photo.html", form=form, row=row), 422
    try:
        with transaction():
            services.set_photo(
                scope=current_scope(),
                enterprise_id=enterprise_id,
                stream=form.photo.data.stream,
                by=current_account_id(),
            )
    except PulihError as refusal:
        form.add_errors(refusal)
        row = queries.enterprise(current_scope(), enterprise_id)
        return render_template("enterprises/photo.html", form=form, row=row), status_of(refusal)
    flash("Foto tersimpan.", "success")
    return redirect(url_for("enterprises.show", enterprise_id=enterprise_id), code=303)
