"""The phones of mentors: when they were last heard of, what they haven't sent, ending them."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.guards import current_account_id, current_scope, requires
from app.core.permissions import Permission
from app.db.transaction import transaction
from app.field.queries.inbox import open_items
from app.field.queries.phones import phone as phone_of
from app.field.queries.phones import phones as phones_of
from app.field.services.devices import revoke_device

blueprint = Blueprint(
    "field_phones", __name__, url_prefix="/kiriman/ponsel", template_folder="../templates"
)


@blueprint.get("")
@requires(Permission.FIELD_MANAGE)
def index() -> ResponseReturnValue:
    """The phones of the mentors of the area; with `keadaan`, those that have not sent for long."""
    scope, only_late = current_scope(), request.args.get("keadaan") == "terlambat"
    return render_template(
        "field/phones.html",
        phones=phones_of(scope, only_late=only_late),
        only_late=only_late,
        conflicts=open_items(scope, "bentrok"),
        reviews=open_items(scope, "tinjau"),
    )


@blueprint.get("/<uuid:device_id>/cabut")
@requires(Permission.FIELD_MANAGE)
def ask_revoke(device_id: UUID) -> ResponseReturnValue:
    """Whether to end a phone."""
    return render_template("field/phone_revoke.html", phone=phone_of(current_scope(), device_id))


@blueprint.post("/<uuid:device_id>/cabut")
@requires(Permission.FIELD_MANAGE)
def revoke(device_id: UUID) -> ResponseReturnValue:
    """End a phone: it can send and fetch nothing until its mentor logs in again."""
    with transaction():
        revoke_device(scope=current_scope(), device_id=device_id, by=current_account_id())
    flash("Ponsel dicabut. Isinya tidak dapat dikirim atau diambil lagi.", "success")
    return redirect(url_for(".index"), code=303)
