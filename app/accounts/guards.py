"""The door: who is calling, what the view asks for, and how far the caller reaches.

It stands before every request and denies what carries no mark. What a role or an assignment
gives is looked up at each request, so a change acts at once in open sessions too.
"""

from __future__ import annotations

from typing import Any

from flask import Flask, abort, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from app.accounts.models import Account
from app.accounts.queries import current_memberships, reach
from app.accounts.services import keep_alive, live_session
from app.core.errors import NotAllowed
from app.core.origin import origin
from app.core.permissions import ROLE_PERMISSIONS, Permission, Role
from app.core.scope import Scope
from app.db import db
from app.web.access import (
    Access,
    access_of,
    current_account_id,
    current_scope,
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
    "may",
    "open_to_all",
    "requires",
    "scope_for",
]

TOKEN = "token"
# What somebody who must change their password first can still open.
_BEFORE_CHANGE = frozenset({"accounts.change_password", "accounts.sign_out", "static"})


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
    _recognise()
    if access is None:
        abort(403)
    if access.permission is None:
        return None
    if g.get("account_id") is None:
        return _to_sign_in()
    if access.permission not in g.permissions:
        raise NotAllowed("permission_missing", message="Halaman ini bukan untuk peran Anda.")
    if g.must_change_password and request.endpoint not in _BEFORE_CHANGE:
        return redirect(url_for("accounts.change_password"), code=303)
    g.scope = reach(g.account_id, g.memberships, access.permission)
    return None


def _access_of_view(endpoint: str) -> Access | None:
    return access_of(current_app.view_functions[endpoint])


def _recognise() -> None:
    """Find out who calls, from the token in the signed cookie."""
    token = session.get(TOKEN)
    found = live_session(token) if isinstance(token, str) and token else None
    if found is None:
        session.pop(TOKEN, None)
        return
    account_id = found.account_id
    keep_alive(found)
    account = db.session.get(Account, account_id)
    if account is None:
        return
    memberships = current_memberships(account_id)
    g.account = account
    g.account_id = account_id
    g.must_change_password = account.must_change_password
    g.memberships = memberships
    g.roles = frozenset(Role(membership.role) for membership in memberships)
    g.permissions = frozenset().union(*(ROLE_PERMISSIONS[role] for role in g.roles)) | {
        Permission.SESSION_OWN
    }


def _to_sign_in() -> ResponseReturnValue:
    if request.method != "GET" or request.accept_mimetypes.best == "application/json":
        abort(401)
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
