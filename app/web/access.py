"""What each view asks for, and what the door found out about the caller.

The marks stand here so that packages below `accounts` can carry them; the door itself, which
denies whatever is not marked, is `app.accounts.guards`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID

from flask import g, request

from app.core.clock import utc_now
from app.core.permissions import Permission
from app.core.scope import Scope, nowhere

View = TypeVar("View", bound=Callable[..., Any])
ATTRIBUTE = "access"


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """What a view asks for: a permission, or nothing at all.

    `scope_kind` says what the reach is made of, for the access map: "open" (no log-in), "own"
    (only what is the caller's own), "area" (areas, assigned and own enterprises) or "device" (what
    the app on a registered phone may ask for).
    """

    permission: Permission | None
    scope_kind: str
    # Finds out who calls, where that isn't the log-in of a browser.
    recognise: Callable[[], None] | None = None
    # How long ago the password may have been given, at most.
    password_within: timedelta | None = None


OPEN = Access(permission=None, scope_kind="open")
_OWN = frozenset(
    {
        Permission.SESSION_OWN,
        Permission.OWN_PAGE,
        Permission.CASELOAD_READ,
        Permission.COOPERATIVE_PAGE,
        Permission.FIELD_SYNC,
        Permission.LENDER_WORK,
    }
)


def requires(
    permission: Permission, *, password_within: timedelta | None = None
) -> Callable[[View], View]:
    """Mark a view: only for those who have this permission somewhere.

    With `password_within`, a password that was given longer ago is asked for again.
    """
    kind = "own" if permission in _OWN else "area"
    access = Access(permission=permission, scope_kind=kind, password_within=password_within)

    def mark(view: View) -> View:
        setattr(view, ATTRIBUTE, access)
        return view

    return mark


def recognised_by(
    recognise: Callable[[], None], permission: Permission, *, scope_kind: str
) -> Callable[[View], View]:
    """Mark a view whose callers are found out by `recognise`; the log-in of a browser opens it not.

    `recognise` leaves the caller in the request (`accounts.guards.know`), or leaves nobody.
    """
    access = Access(permission=permission, scope_kind=scope_kind, recognise=recognise)

    def mark(view: View) -> View:
        setattr(view, ATTRIBUTE, access)
        return view

    return mark


def open_to_all(view: View) -> View:
    """Mark a view: anybody, without log-in."""
    setattr(view, ATTRIBUTE, OPEN)
    return view


def access_of(view: Callable[..., Any]) -> Access | None:
    """The mark of a view; None means that nobody thought of it, and nobody gets in."""
    found: Access | None = getattr(view, ATTRIBUTE, None)
    return found


def current_scope() -> Scope:
    """The reach of the caller under the permission of this view."""
    scope: Scope = g.get("scope", None) or nowhere()
    return scope


def current_account_id() -> UUID:
    """The caller's account.

    Raises:
        RuntimeError: the view is open to all and nobody is logged in.
    """
    account_id: UUID | None = g.get("account_id")
    if account_id is None:
        raise RuntimeError("nobody is logged in")
    return account_id


def has_given_password(within: timedelta) -> bool:
    """Whether the caller gave their password so short a time ago."""
    given_at = g.get("password_at")
    return given_at is not None and utc_now() - given_at <= within


def is_for_program() -> bool:
    """Whether a program asks and not a person: it gets JSON, and is never led to a page."""
    return request.path.startswith("/api/")


def may(permission: Permission | str) -> bool:
    """Whether the caller has a permission anywhere: for showing or hiding a link."""
    return Permission(permission) in g.get("permissions", frozenset())
