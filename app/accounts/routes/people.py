"""People and their roles, for those who answer for them."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts import services
from app.accounts.forms import AccountForm, MembershipForm
from app.accounts.guards import (
    current_account_id,
    current_roles,
    current_scope,
    requires,
)
from app.accounts.queries import (
    account_line,
    account_within,
    accounts,
    area_named,
    own_sessions,
)
from app.accounts.rules import PASSWORD_JUST_NOW, login_phone
from app.accounts.services import second_factor
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
                    password=None,
                    email=form.email.data,
                    phone=login_phone(form.phone.data) if form.phone.data else None,
                    by=current_account_id(),
                )
                account_id = account.id
                _grant(form, account_id)
        except PulihError as refusal:
            form.add_errors(refusal)
        else:
            flash("Akun dibuat. Buat kode masuk di bawah, lalu sampaikan kepada orangnya.")
            return redirect(url_for(".show", account_id=account_id), code=303)
    status = 422 if request.method == "POST" else 200
    return render_template("accounts/person_new.html", form=form), status


@blueprint.get("/<uuid:account_id>")
@requires(Permission.ACCOUNT_MANAGE)
def show(account_id: UUID) -> ResponseReturnValue:
    """One person: roles, log-in, what can be done."""
    return _page(account_id, MembershipForm())


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
    return _page(account_id, form), 422


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
@requires(Permission.ACCOUNT_MANAGE, password_within=PASSWORD_JUST_NOW)
def reset_password(account_id: UUID) -> ResponseReturnValue:
    """Make a code by which this person sets a new password; it is shown this once."""
    with transaction():
        _check_may_manage(account_id)
        code = services.make_reset_code(
            account=account_within(current_scope(), account_id), by=current_account_id()
        )
    person = account_line(current_scope(), account_id)
    return render_template("accounts/reset_code.html", person=person, code=code)


@blueprint.post("/<uuid:account_id>/perangkat/akhiri")
@requires(Permission.ACCOUNT_MANAGE)
def send_out(account_id: UUID) -> ResponseReturnValue:
    """End every log-in of a person, for example on a stolen phone."""
    with transaction():
        _check_may_manage(account_id)
        services.send_out(account_id=account_id, by=current_account_id())
    flash("Orang ini sudah dikeluarkan dari semua perangkat.")
    return redirect(url_for(".show", account_id=account_id), code=303)


@blueprint.post("/<uuid:account_id>/dua-langkah/hapus")
@requires(Permission.ACCOUNT_MANAGE, password_within=PASSWORD_JUST_NOW)
def remove_factor(account_id: UUID) -> ResponseReturnValue:
    """Take the second factor of a person away, whose phone and recovery codes are lost."""
    with transaction():
        _check_may_manage(account_id)
        second_factor.turn_off(account_id=account_id, by=current_account_id())
    flash("Kode dua langkah dihapus. Orang ini memasangnya lagi saat masuk berikutnya.")
    return redirect(url_for(".show", account_id=account_id), code=303)


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


def _page(account_id: UUID, form: MembershipForm) -> str:
    return render_template(
        "accounts/person.html",
        person=account_line(current_scope(), account_id),
        form=form,
        sessions=own_sessions(account_id),
    )
