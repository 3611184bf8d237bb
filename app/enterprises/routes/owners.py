"""Pages of owners."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.rules import PASSWORD_DAY, PASSWORD_JUST_NOW
from app.core.errors import PulihError
from app.core.identity import shown_phone
from app.core.permissions import Permission
from app.db.transaction import transaction
from app.enterprises import queries, services
from app.enterprises.forms import EnterpriseForm, OpenNikForm, OwnerForm
from app.enterprises.routes.entry import after_registering, missed_changes, own_areas
from app.web.access import current_account_id, current_scope, requires
from app.web.errors import status_of

blueprint = Blueprint("owners", __name__, template_folder="../templates", url_prefix="/pemilik")


@blueprint.get("/<uuid:owner_id>")
@requires(Permission.ENTERPRISE_READ, password_within=PASSWORD_DAY)
def show(owner_id: UUID) -> ResponseReturnValue:
    """An owner and their enterprises in reach."""
    card, enterprises = queries.owner_card(current_scope(), owner_id)
    return render_template(
        "enterprises/owner.html",
        owner=card,
        enterprises=enterprises,
        form=OpenNikForm(formdata=None),
    )


@blueprint.get("/<uuid:owner_id>/ubah")
@requires(Permission.ENTERPRISE_WRITE, password_within=PASSWORD_DAY)
def edit(owner_id: UUID) -> ResponseReturnValue:
    """The form of an owner; the NIK is not filled in."""
    owner = queries.owner(current_scope(), owner_id)
    form = OwnerForm(
        formdata=None,
        obj=owner,
        data={
            "owner_name": owner.name,
            "nik": None,
            "phone": shown_phone(owner.phone),
            "seen": "",
        },
    )
    return render_template("enterprises/owner_edit.html", form=form, owner=owner)


@blueprint.post("/<uuid:owner_id>/ubah")
@requires(Permission.ENTERPRISE_WRITE)
def change(owner_id: UUID) -> ResponseReturnValue:
    """Save an owner; when somebody else did so meanwhile, show what they changed."""
    scope = current_scope()
    owner = queries.owner(scope, owner_id)
    form = OwnerForm()
    if not form.validate_on_submit():
        return render_template("enterprises/owner_edit.html", form=form, owner=owner), 422
    try:
        with transaction():
            services.update_owner(
                scope=scope,
                owner_id=owner_id,
                facts=form.facts(),
                version=form.seen_version,
                confirmed=(*owner.confirmed_warnings, *form.confirmed),
                by=current_account_id(),
            )
    except PulihError as refusal:
        owner = queries.owner(scope, owner_id)
        meanwhile = missed_changes(form, refusal, owner)
        page = render_template(
            "enterprises/owner_edit.html", form=form, owner=owner, meanwhile=meanwhile
        )
        return page, status_of(refusal)
    flash("Data pemilik tersimpan.", "success")
    return redirect(url_for(".show", owner_id=owner_id), code=303)


@blueprint.post("/<uuid:owner_id>/nik")
@requires(Permission.ENTERPRISE_READ_NIK, password_within=PASSWORD_JUST_NOW)
def open_nik(owner_id: UUID) -> ResponseReturnValue:
    """Show the whole NIK once, and record who asked and why."""
    scope = current_scope()
    form = OpenNikForm()
    nik = None
    status = 200
    try:
        with transaction():
            nik = services.open_nik(
                scope=scope,
                owner_id=owner_id,
                reason=form.reason.data or "",
                by=current_account_id(),
            )
    except PulihError as refusal:
        form.add_errors(refusal)
        status = status_of(refusal)
    card, enterprises = queries.owner_card(scope, owner_id)
    page = render_template(
        "enterprises/owner.html", owner=card, enterprises=enterprises, form=form, nik=nik
    )
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/<uuid:owner_id>/usaha-baru")
@requires(Permission.ENTERPRISE_WRITE)
def new_enterprise(owner_id: UUID) -> ResponseReturnValue:
    """An empty form for another enterprise of an owner."""
    owner = queries.owner(current_scope(), owner_id)
    form = EnterpriseForm(formdata=None)
    return render_template("enterprises/new_of_owner.html", form=form, owner=owner)


@blueprint.post("/<uuid:owner_id>/usaha-baru")
@requires(Permission.ENTERPRISE_WRITE)
def create_enterprise(owner_id: UUID) -> ResponseReturnValue:
    """Register another enterprise of an owner."""
    scope = current_scope()
    owner = queries.owner(scope, owner_id)
    form = EnterpriseForm()
    if not form.validate_on_submit():
        return render_template("enterprises/new_of_owner.html", form=form, owner=owner), 422
    try:
        with transaction():
            made = services.register_enterprise(
                scope=scope,
                areas=own_areas(),
                owner=queries.owner(scope, owner_id),
                facts=form.facts(),
                confirmed=form.confirmed,
                by=current_account_id(),
            )
            enterprise_id = made.id
    except PulihError as refusal:
        form.take_refusal(refusal)
        owner = queries.owner(scope, owner_id)
        page = render_template("enterprises/new_of_owner.html", form=form, owner=owner)
        return page, status_of(refusal)
    return after_registering(enterprise_id)
