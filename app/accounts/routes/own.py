"""Signing in and out, home, one's own account."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import (
    Blueprint,
    current_app,
    flash,
    g,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue

from app.accounts import services
from app.accounts.forms import ConfirmForm, ForgotForm, PasswordForm, SignInForm
from app.accounts.guards import (
    CARD_DOOR,
    TOKEN,
    current_account,
    current_roles,
    may,
    open_to_all,
    requires,
)
from app.accounts.queries import account_by_name, membership_lines, own_sessions
from app.accounts.rules import device_name, login_name, must_have_second_factor
from app.accounts.services.signing_in import hashed
from app.core.errors import PulihError
from app.core.permissions import Permission
from app.db.transaction import transaction

blueprint = Blueprint("accounts", __name__, template_folder="../templates")

AFTER = "after"

# Where a person begins, by what they may do: the first page that exists and is theirs.
HOMES: tuple[tuple[Permission, str], ...] = (
    (Permission.CASELOAD_READ, "mentoring.today"),
    (Permission.DASHBOARD_READ, "dashboard.overview"),
    (Permission.ENTERPRISE_READ, "enterprises.index"),
    (Permission.OWN_PAGE, "portal.home"),
    (Permission.COOPERATIVE_PAGE, "cooperative.home"),
    (Permission.SESSION_OWN, "accounts.own"),
)


@blueprint.get("/")
@open_to_all
def home() -> ResponseReturnValue:
    """Send people to where they begin."""
    if g.get("account_id") is None:
        return redirect(url_for(".sign_in"), code=303)
    endpoint = next(
        endpoint
        for permission, endpoint in HOMES
        if may(permission) and endpoint in current_app.view_functions
    )
    return redirect(url_for(endpoint), code=303)


@blueprint.get("/masuk")
@open_to_all
def sign_in() -> ResponseReturnValue:
    """The log-in form."""
    form = SignInForm(next=local_target(request.args.get("next", "")))
    return render_template("accounts/sign_in.html", form=form)


@blueprint.post("/masuk")
@open_to_all
def sign_in_try() -> ResponseReturnValue:
    """Try to log in; wrong name and wrong password look the same."""
    form = SignInForm()
    if not form.validate_on_submit():
        return render_template("accounts/sign_in.html", form=form), 422
    outcome = services.sign_in(
        name=login_name(form.name.data or ""),
        password=form.password.data,
        address=request.remote_addr or "",
        device=device_name(request.user_agent.string),
    )
    if outcome.wait is not None:
        minutes = int(outcome.wait.total_seconds() // 60) + 1
        page = render_template("accounts/sign_in.html", form=form, wait_minutes=minutes)
        response = make_response(page, 429)
        response.headers["Retry-After"] = str(int(outcome.wait.total_seconds()) + 1)
        return response
    if outcome.token is None:
        return render_template("accounts/sign_in.html", form=form, is_wrong=True), 422
    session.clear()
    session[TOKEN] = outcome.token
    target = local_target(form.next.data) or url_for(".home")
    # For who must give a code first.
    session[AFTER] = target
    return redirect(target, code=303)


@blueprint.route("/masuk/kode-pengganti", methods=["GET", "POST"])
@open_to_all
def forgot() -> ResponseReturnValue:
    """Set a new password by a code that an officer handed over."""
    form = ForgotForm()
    if form.validate_on_submit():
        try:
            services.use_reset_code(
                name=login_name(form.name.data or ""),
                code=form.code.data or "",
                password=form.password.data,
                address=request.remote_addr or "",
            )
        except PulihError as refusal:
            form.add_errors(refusal)
        else:
            session.clear()
            flash("Kata sandi baru tersimpan. Masuk dengan kata sandi itu.")
            return redirect(url_for(".sign_in"), code=303)
    status = 422 if request.method == "POST" else 200
    return render_template("accounts/forgot.html", form=form), status


@blueprint.post("/keluar")
@requires(Permission.SESSION_OWN)
def sign_out() -> ResponseReturnValue:
    """End this log-in."""
    with transaction():
        services.sign_out(token=session.get(TOKEN, ""))
    session.clear()
    flash("Anda sudah keluar.")
    return redirect(url_for(CARD_DOOR if g.is_by_card else ".sign_in"), code=303)


@blueprint.get("/akun-saya")
@requires(Permission.SESSION_OWN)
def own() -> ResponseReturnValue:
    """Who I am here, and where I am logged in."""
    account = current_account()
    return render_template(
        "accounts/own.html",
        person=account,
        memberships=membership_lines(account.id),
        sessions=own_sessions(account.id),
        this_session=hashed(session.get(TOKEN, "")),
        must_have_code=must_have_second_factor(current_roles()),
    )


@blueprint.post("/saya/sesi/<token_sha256>/akhiri")
@requires(Permission.SESSION_OWN)
def end_session(token_sha256: str) -> ResponseReturnValue:
    """End one of my log-ins, for example on a lost phone."""
    with transaction():
        services.end_own_session(account_id=current_account().id, token_sha256=token_sha256)
    flash("Perangkat itu sudah dikeluarkan.")
    return redirect(url_for(".own"), code=303)


@blueprint.route("/saya/konfirmasi", methods=["GET", "POST"])
@requires(Permission.SESSION_OWN)
def confirm() -> ResponseReturnValue:
    """Ask for the password again before something sensitive."""
    form = ConfirmForm()
    if request.method == "GET":
        form.next.data = local_target(request.args.get("next"))
    if form.validate_on_submit() and _is_password(form):
        with transaction():
            services.note_password(token=session.get(TOKEN, ""))
        return redirect(local_target(form.next.data) or url_for(".home"), code=303)
    status = 422 if request.method == "POST" else 200
    return render_template("accounts/confirm.html", form=form), status


def _is_password(form: ConfirmForm) -> bool:
    account = current_account()
    try:
        services.confirm_password(
            name=account.email or account.phone or "",
            password=form.present.data,
            address=request.remote_addr or "",
        )
    except PulihError as refusal:
        form.add_errors(refusal)
        return False
    return True


@blueprint.route("/saya/sandi", methods=["GET", "POST"])
@requires(Permission.SESSION_OWN)
def change_password() -> ResponseReturnValue:
    """Change my password; all my log-ins end."""
    form = PasswordForm()
    if form.validate_on_submit() and _change_password(form):
        session.clear()
        flash("Kata sandi diganti. Masuk lagi dengan kata sandi baru.")
        return redirect(url_for(".sign_in"), code=303)
    status = 422 if request.method == "POST" else 200
    page = render_template("accounts/password.html", form=form, is_due=g.step is not None)
    return page, status


def _change_password(form: PasswordForm) -> bool:
    account = current_account()
    name = account.email or account.phone or ""
    try:
        services.confirm_password(
            name=name, password=form.present.data, address=request.remote_addr or ""
        )
        with transaction():
            fresh = account_by_name(name)
            if fresh is not None:
                services.change_password(account=fresh, password=form.password.data, by=fresh.id)
    except PulihError as refusal:
        form.add_errors(refusal)
        return False
    return True


def local_target(target: str | None) -> str:
    """A path of this site, or nothing: a link must not send people elsewhere after log-in."""
    wanted = target or ""
    if not wanted.isprintable() or "\\" in wanted:
        return ""
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return ""
    is_ours = not parts.scheme and not parts.netloc and parts.path.startswith("/")
    return wanted if is_ours and not parts.path.startswith("//") else ""
