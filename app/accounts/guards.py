"""The door: who is calling, what the view asks for, and how far the caller reaches.

It stands before every request and denies what carries no mark. What a role or an assignment
gives is looked up at each request, so a change acts at once in open sessions too.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from flask import (
    Flask,
    abort,
    current_app,
    g,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue

from app.accounts.models import Account
from app.accounts.queries import current_memberships, reach
from app.accounts.rules import Step, must_have_second_factor
from app.accounts.services import keep_alive, live_session, policy
from app.core import settings
from app.core.clock import utc_now
from app.core.errors import NotAllowed
from app.core.origin import origin
from app.core.permissions import ROLE_PERMISSIONS, Permission, Role
from app.core.scope import Scope
from app.db import db
from app.history.queries import pages_opened_since
from app.history.rules.reading import MANY_PAGES, MANY_WINDOW
from app.history.services import note_slowed
from app.web.access import (
    Access,
    access_of,
    current_account_id,
    current_scope,
    has_given_password,
    is_for_program,
    may,
    open_to_all,
    requires,
)

__all__ = [
    "current_account",
    "current_account_id",
    "current_roles",
    "current_scope",
    "init_guards",
    "know",
    "may",
    "open_to_all",
    "requires",
    "scope_for",
]

TOKEN = "token"
# What must be done first leads here, and leaves nothing else open but the way out.
_STEP_PAGES: dict[Step, tuple[str, ...]] = {
    Step.CODE: ("two_step.ask", "two_step.give"),
    Step.PASSWORD: ("accounts.change_password",),
    Step.SET_UP: (
        "two_step.show",
        "two_step.begin",
        "two_step.picture",
        "two_step.confirm",
        "accounts.confirm",
    ),
}
_WAY_OUT = "accounts.sign_out"
# Where owners come in with their card; the page says how to come in by password.
CARD_DOOR = "card_door.door"


def init_guards(app: Flask) -> None:
    """Put the door before every request of an application."""
    app.before_request(_door)
    app.add_template_global(may, "may")
    app.context_processor(lambda: {"account": g.get("account")})


def current_account() -> Account:
    """The caller.

    Raises:
        RuntimeError: the view is open to all and nobody is logged in.
    """
    account = db.session.get(Account, current_account_id())
    if account is None:
        raise RuntimeError("the account is gone")
    return account


def current_roles() -> frozenset[Role]:
    """The roles that the caller has today."""
    roles: frozenset[Role] = g.get("roles", frozenset())
    return roles


def scope_for(permission: Permission) -> Scope:
    """The caller's reach under another permission than that of the view."""
    return reach(current_account_id(), current_memberships(current_account_id()), permission)


def _door() -> ResponseReturnValue | None:
    origin.set(request.remote_addr)
    if request.endpoint is None:
        return None
    # No address of ours holds NUL, and PostgreSQL refuses it wherever it would end up.
    if "\x00" in request.path or b"%00" in request.query_string:
        abort(400)
    access = _access_of_view(request.endpoint)
    (access.recognise if access and access.recognise else _recognise)()
    if access is None:
        abort(403)
    if access.permission is None:
        return None
    if g.get("account_id") is None:
        return _to_sign_in(access.permission)
    return _admit(access, access.permission)


def _admit(access: Access, permission: Permission) -> ResponseReturnValue | None:
    """Let somebody who is logged in through, as far as `permission` reaches."""
    if g.step is not None and request.endpoint not in (*_STEP_PAGES[g.step], _WAY_OUT):
        return _to_step(g.step)
    is_for_passwords = g.is_by_card and permission is Permission.SESSION_OWN
    if permission not in g.permissions or (is_for_passwords and request.endpoint != _WAY_OUT):
        raise NotAllowed("permission_missing", message="Halaman ini bukan untuk peran Anda.")
    if access.password_within is not None and not has_given_password(access.password_within):
        return _to_password()
    g.scope = reach(g.account_id, g.memberships, permission)
    return _slow_down()


def _slow_down() -> ResponseReturnValue | None:
    """Make village officials wait who open very many people; some know everybody, and broker."""
    if g.roles != {Role.VILLAGE_OFFICER} or not any(
        isinstance(value, UUID) for value in (request.view_args or {}).values()
    ):
        return None
    opened, first_at = pages_opened_since(g.account_id, utc_now() - MANY_WINDOW)
    if opened < MANY_PAGES or first_at is None:
        return None
    wait = first_at + MANY_WINDOW - utc_now()
    note_slowed(by=g.account_id, opened=opened)
    minutes = int(wait.total_seconds() // 60) + 1
    page = render_template("accounts/slowed.html", most=MANY_PAGES, minutes=minutes)
    response = make_response(page, 429)
    response.headers["Retry-After"] = str(max(1, int(wait.total_seconds())))
    return response


def _access_of_view(endpoint: str) -> Access | None:
    return access_of(current_app.view_functions[endpoint])


def _recognise() -> None:
    """Find out who calls, from the token in the signed cookie."""
    token = session.get(TOKEN)
    found = live_session(token) if isinstance(token, str) and token else None
    if found is None:
        session.pop(TOKEN, None)
        return
    account_id, factor_at, is_by_card = found.account_id, found.factor_at, found.is_by_card
    g.password_at = None if is_by_card else found.password_at or found.created_at
    g.pin_at = found.pin_at
    keep_alive(found)
    account = db.session.get(Account, account_id)
    if account is not None:
        know(account, factor_at=factor_at, is_by_card=is_by_card)


def know(account: Account, *, factor_at: datetime | None, is_by_card: bool = False) -> None:
    """Let the rest of the request know who calls; `factor_at` is when the code was given.

    Who came with an owner's card is the owner, whatever else the account may be.
    """
    memberships = [
        one
        for one in current_memberships(account.id)
        if not is_by_card or one.role == Role.ENTREPRENEUR
    ]
    g.is_by_card = is_by_card
    g.account = account
    g.account_id = account.id
    g.memberships = memberships
    g.roles = frozenset(Role(membership.role) for membership in memberships)
    g.step = None if is_by_card else _step(account, factor_at)
    # Before the first step is done nothing is open that a role would open.
    granted = ROLE_PERMISSIONS if g.step is None else {}
    g.permissions = frozenset().union(*(granted.get(role, ()) for role in g.roles)) | {
        Permission.SESSION_OWN
    }


def _step(account: Account, factor_at: datetime | None) -> Step | None:
    """What this log-in must do before anything else."""
    if account.second_factor_at is not None and factor_at is None:
        return Step.CODE
    life = policy().valid_for
    given_at = account.password_changed_at or account.created_at
    if account.must_change_password or (life is not None and given_at + life < utc_now()):
        return Step.PASSWORD
    is_asked = settings.current().require_second_factor and must_have_second_factor(g.roles)
    return Step.SET_UP if is_asked and account.second_factor_at is None else None


def _to_step(step: Step) -> ResponseReturnValue:
    if is_for_program() or request.accept_mimetypes.best == "application/json":
        abort(401)
    return redirect(url_for(_STEP_PAGES[step][0]), code=303)


def _to_password() -> ResponseReturnValue:
    """Ask for the password again; what was sent by a form is sent anew from its page."""
    if request.method == "GET":
        target = request.full_path.rstrip("?")
    else:
        target = urlsplit(request.referrer or "").path or url_for("accounts.home")
    return redirect(url_for("accounts.confirm", next=target), code=303)


def _to_sign_in(permission: Permission) -> ResponseReturnValue:
    if (
        is_for_program()
        or request.method != "GET"
        or request.accept_mimetypes.best == "application/json"
    ):
        abort(401)
    if permission is Permission.OWN_PAGE:
        return redirect(url_for(CARD_DOOR), code=303)
    return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")), code=303)


def access_map(app: Flask) -> list[dict[str, Any]]:
    """Every route: rule, endpoint, methods, roles, permission and kind of scope.

    `scope` is "open", "own" or "area"; it is None for a route that nobody marked, which nobody
    can open.
    """
    lines = []
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint)):
        access = access_of(app.view_functions[rule.endpoint])
        lines.append(
            {
                "rule": rule.rule,
                "endpoint": rule.endpoint,
                "methods": sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}),
                "permission": str(access.permission) if access and access.permission else None,
                "scope": access.scope_kind if access else None,
                "roles": [] if access is None else _roles_with(access.permission),
            }
        )
    return lines


def _roles_with(permission: Permission | None) -> list[str]:
    return [
        str(role)
        for role, granted in ROLE_PERMISSIONS.items()
        if permission is None or permission in granted
    ]
