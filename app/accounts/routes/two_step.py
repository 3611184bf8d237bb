"""The code besides the password: giving it at log-in, setting it up on one's own page."""

from __future__ import annotations

from io import BytesIO

import segno
from flask import (
    Blueprint,
    Response,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask import session as cookie
from flask.typing import ResponseReturnValue

from app.accounts.forms import CodeForm
from app.accounts.guards import TOKEN, current_account, current_account_id, current_roles, requires
from app.accounts.routes.own import AFTER, local_target
from app.accounts.rules import PASSWORD_JUST_NOW, must_have_second_factor
from app.accounts.rules.codes import grouped
from app.accounts.services import second_factor
from app.core.errors import NotAllowed, PulihError
from app.core.permissions import Permission
from app.db.transaction import transaction

blueprint = Blueprint("two_step", __name__, template_folder="../templates")


@blueprint.get("/masuk/kode")
@requires(Permission.SESSION_OWN)
def ask() -> ResponseReturnValue:
    """Ask for the code after the password."""
    return render_template("accounts/code.html", form=CodeForm(formdata=None))


@blueprint.post("/masuk/kode")
@requires(Permission.SESSION_OWN)
def give() -> ResponseReturnValue:
    """Open the log-in by the code of the app, or by a recovery code."""
    form = CodeForm()
    if not form.validate_on_submit():
        return render_template("accounts/code.html", form=form), 422
    outcome = second_factor.give_code(
        account_id=current_account_id(),
        token=cookie.get(TOKEN, ""),
        typed=form.code.data or "",
        address=request.remote_addr or "",
    )
    if outcome.wait is not None:
        minutes = int(outcome.wait.total_seconds() // 60) + 1
        page = render_template("accounts/code.html", form=form, wait_minutes=minutes)
        response = make_response(page, 429)
        response.headers["Retry-After"] = str(int(outcome.wait.total_seconds()) + 1)
        return response
    if outcome.token is None:
        return render_template("accounts/code.html", form=form, is_wrong=True), 422
    target = local_target(cookie.get(AFTER)) or url_for("accounts.home")
    cookie.clear()
    cookie[TOKEN] = outcome.token
    return redirect(target, code=303)


@blueprint.get("/saya/dua-langkah")
@requires(Permission.SESSION_OWN)
def show() -> ResponseReturnValue:
    """Whether a code is asked for, and how to set it up."""
    return _page(CodeForm(formdata=None))


@blueprint.post("/saya/dua-langkah/mulai")
@requires(Permission.SESSION_OWN, password_within=PASSWORD_JUST_NOW)
def begin() -> ResponseReturnValue:
    """Draw a secret for the app."""
    with transaction():
        second_factor.begin(account_id=current_account_id())
    return redirect(url_for(".show"), code=303)


@blueprint.get("/saya/dua-langkah/gambar")
@requires(Permission.SESSION_OWN)
def picture() -> ResponseReturnValue:
    """The QR code of the secret that waits for its first code."""
    address = second_factor.waiting_address(current_account())
    drawn = BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawn, kind="svg", scale=5, border=4, xmldecl=False, dark="#000", light="#fff"
    )
    return Response(drawn.getvalue(), mimetype="image/svg+xml")


@blueprint.post("/saya/dua-langkah/pasang")
@requires(Permission.SESSION_OWN)
def confirm() -> ResponseReturnValue:
    """Begin to ask for codes; the recovery codes are shown this once."""
    form = CodeForm()
    if not form.validate_on_submit():
        return _page(form), 422
    try:
        with transaction():
            codes = second_factor.confirm(
                account_id=current_account_id(),
                token=cookie.get(TOKEN, ""),
                typed=form.code.data or "",
            )
    except PulihError as refusal:
        form.add_errors(refusal)
        return _page(form), 422
    return render_template("accounts/recovery_codes.html", codes=codes)


@blueprint.post("/saya/dua-langkah/kode-cadangan")
@requires(Permission.SESSION_OWN, password_within=PASSWORD_JUST_NOW)
def renew_recovery() -> ResponseReturnValue:
    """Ten new recovery codes, shown this once."""
    if current_account().second_factor_at is None:
        return redirect(url_for(".show"), code=303)
    with transaction():
        codes = second_factor.renew_recovery(account_id=current_account_id())
    return render_template("accounts/recovery_codes.html", codes=codes)


@blueprint.post("/saya/dua-langkah/lepas")
@requires(Permission.SESSION_OWN, password_within=PASSWORD_JUST_NOW)
def turn_off() -> ResponseReturnValue:
    """Ask for no code any more, where no role demands it."""
    if must_have_second_factor(current_roles()):
        raise NotAllowed(
            "factor_needed", message="Peran Anda harus memakai kode dua langkah saat masuk."
        )
    with transaction():
        second_factor.turn_off(account_id=current_account_id(), by=current_account_id())
    flash("Kode dua langkah dilepas.")
    return redirect(url_for(".show"), code=303)


def _page(form: CodeForm) -> str:
    account = current_account()
    secret = second_factor.waiting_secret(account.id)
    return render_template(
        "accounts/two_step.html",
        form=form,
        since=account.second_factor_at,
        secret=secret and grouped(secret),
        codes_left=second_factor.recovery_left(account.id),
        must_have=must_have_second_factor(current_roles()),
    )
