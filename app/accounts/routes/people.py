"""People and their roles, for those who answer for them."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts import services
from app.accounts.forms import AccountForm, MembershipForm, ResetForm
from app.accounts.guards import (
    current_account_id,
    current_roles,
    current_scope,
    requires,
)
from app.accounts.queries import account_line, account_within, accounts, area_named
from app.accounts.rules import login_phone
from app.core.errors import PulihError
from app.core.permissions import ROLE_LABELS, Permission, Role
from app.db.transaction import transaction

blueprint = Blueprint("people", __name__, url_prefix="/akun", template_folder="../templates")


@blueprint.get("")
@requires(Permission.ACCOUNT_MANAGE)
def index() -> ResponseReturnValue:
    """People with a role in my areas."""
    text = request.args.get("q", "").strip()
    role = request.args.get("peran", "")
    return render_template(
        "accounts/people.html",
        people=accounts(current_scope(), text=text, role=Role(role) if role in set(Role) else None),
        text=text,
        role=role,
        roles=ROLE_LABELS,
    )


@blueprint.route("/baru", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_MANAGE)
def create() -> ResponseReturnValue:
    """A new person with a first role."""
    form = AccountForm()
    if form.validate_on_submit():
        try:
            with transaction():
                account = services.create_account(
                    name=form.name.data or "",
                    password=form.password.data,
                    email=form.email.data,
                    phone=login_phone(form.phone.data) if form.phone.data else None,
                    by=current_account_id(),
                    must_change_password=True,
                )
                account_id = account.id
                _grant(form, account_id)
        except PulihError as refusal:
            form.add_errors(refusal)
        else:
            flash("Akun dibuat. Sampaikan kata sandi sementara kepada orangnya.")
            return redirect(url_for(".show", account_id=account_id), code=303)
    status = 422 if request.method == "POST" else 200
    return render_template("accounts/person_new.html", form=form), status


@blueprint.get("/<uuid:account_id>")
@requires(Permission.ACCOUNT_MANAGE)
def show(account_id: UUID) -> ResponseReturnValue:
    """One person: roles, log-in, what can be done."""
    return _page(account_id, MembershipForm(), ResetForm())


@blueprint.post("/<uuid:account_id>/peran")
@requires(Permission.ACCOUNT_MANAGE)
def add_role(account_id: UUID) -> ResponseReturnValue:
    """Give a person another role."""
    form = MembershipForm()
    if form.validate_on_submit():
        try:
            with transaction():
                account_within(current_scope(), account_id)
                _grant(form, account_id)
        except PulihError as refusal:
            form.add_errors(refusal)
        else:
            flash("Peran diberikan.")
            return redirect(url_for(".show", account_id=account_id), code=303)
    return _page(account_id, form, ResetForm()), 422


@blueprint.post("/<uuid:account_id>/peran/<uuid:membership_id>/akhiri")
@requires(Permission.ACCOUNT_MANAGE)
def end_role(account_id: UUID, membership_id: UUID) -> ResponseReturnValue:
    """End a role."""
    with transaction():
        _check_may_manage(account_id)
        services.end_membership(
            scope=current_scope(),
            account_id=account_id,
            membership_id=membership_id,
            by=current_account_id(),
        )
    flash("Peran diakhiri.")
    return redirect(url_for(".index"), code=303)


@blueprint.post("/<uuid:account_id>/aktif")
@requires(Permission.ACCOUNT_MANAGE)
def set_active(account_id: UUID) -> ResponseReturnValue:
    """Switch a log-in off or on."""
    is_active = request.form.get("aktif") == "ya"
    with transaction():
        _check_may_manage(account_id)
        services.set_active(
            scope=current_scope(),
            account_id=account_id,
            is_active=is_active,
            by=current_account_id(),
        )
    flash("Akun diaktifkan." if is_active else "Akun dinonaktifkan. Semua sesinya berakhir.")
    return redirect(url_for(".show", account_id=account_id), code=303)


@blueprint.post("/<uuid:account_id>/sandi")
@requires(Permission.ACCOUNT_MANAGE)
def reset_password(account_id: UUID) -> ResponseReturnValue:
    """Give a person a password for once; all their log-ins end."""
    form = ResetForm()
    if form.validate_on_submit():
        try:
            with transaction():
                _check_may_manage(account_id)
                services.change_password(
                    account=account_within(current_scope(), account_id),
                    password=form.password.data,
                    by=current_account_id(),
                )
        except PulihError as refusal:
            form.add_errors(refusal)
        else:
            flash("Kata sandi diatur ulang. Sampaikan langsung kepada orangnya.")
            return redirect(url_for(".show", account_id=account_id), code=303)
    return _page(account_id, MembershipForm(), form), 422


def _check_may_manage(account_id: UUID) -> None:
    services.check_may_manage(
        current_scope(), current_roles(), account_within(current_scope(), account_id)
    )


def _grant(form: MembershipForm, account_id: UUID) -> None:
    area = area_named(current_scope(), form.area.data or "")
    services.check_may_grant(current_scope(), current_roles(), Role(form.role.data), area)
    services.start_membership(
        account_id=account_id,
        role=Role(form.role.data),
        area_code=area,
        by=current_account_id(),
    )


def _page(account_id: UUID, form: MembershipForm, reset: ResetForm) -> str:
    return render_template(
        "accounts/person.html",
        person=account_line(current_scope(), account_id),
        form=form,
        reset=reset,
    )
