"""The door for phones: a token that opens the sync and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from flask import Response, current_app, g, request

from app.accounts.guards import know
from app.accounts.models import Account
from app.core.clock import utc_now
from app.core.permissions import Permission
from app.db import db
from app.extensions import csrf
from app.field.models import FieldDevice
from app.field.services.devices import (
    TOKEN_LIFE,
    device_of,
    is_due_for_renewal,
    note_contact,
    note_failure,
    opens,
)
from app.web.access import recognised_by

View = TypeVar("View", bound=Callable[..., Any])
# No form of another site can send it.
FIELD_HEADER = "X-Pulih-Lapangan"
# Which phone the app believes to be; the token must be that phone's.
DEVICE_HEADER = "X-Pulih-Perangkat"
_COOKIE = "pulih_ponsel"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def for_devices(view: View) -> View:
    """Mark a view: only for the app on a registered phone, by its token.

    No form token is asked for: the cookie is sent by our own pages alone (SameSite=Strict), and
    what changes something carries a header that no form can send.
    """
    marked = recognised_by(_recognise, Permission.FIELD_SYNC, scope_kind="device")(view)
    csrf.exempt(marked)
    return marked


def current_device_id() -> UUID:
    """The phone that calls.

    Raises:
        RuntimeError: the view isn't one for phones.
    """
    device_id: UUID | None = g.get("device_id")
    if device_id is None:
        raise RuntimeError("no phone is calling")
    return device_id


def hand_token(response: Response, token: str) -> Response:
    """Give a phone its token, out of reach for scripts."""
    response.set_cookie(
        cookie_name(),
        token,
        max_age=TOKEN_LIFE,
        secure=current_app.config["PULIH_PRODUCTION"],
        httponly=True,
        samesite="Strict",
        path="/",
    )
    return response


def take_token(response: Response) -> Response:
    """Have a phone forget its token."""
    response.delete_cookie(
        cookie_name(),
        secure=current_app.config["PULIH_PRODUCTION"],
        httponly=True,
        samesite="Strict",
        path="/",
    )
    return response


def cookie_name() -> str:
    """The name of the token's cookie; over TLS the browser binds it to this host."""
    return f"__Host-{_COOKIE}" if current_app.config["PULIH_PRODUCTION"] else _COOKIE


def renew_token(response: Response) -> Response:
    """Give the same token another life, after an answer to a phone that it opened."""
    if g.get("renewed_token") and response.status_code < 400:
        return hand_token(response, g.renewed_token)
    return response


def _recognise() -> None:
    token = request.cookies.get(cookie_name(), "")
    device = device_of(token) if token else None
    # Two mentors on one phone: what one wrote must never go out under the other's token.
    if device is None or request.headers.get(DEVICE_HEADER, str(device.id)) != str(device.id):
        return
    account = db.session.get_one(Account, device.account_id)
    if not opens(device, account):
        note_failure(device.id)
        return
    know(account, factor_at=utc_now())
    if Permission.FIELD_SYNC not in g.permissions:
        # Their role ended: the same as a log-in that ended.
        g.account_id = None
        note_failure(device.id)
        return
    _admit(device, token)


def _admit(device: FieldDevice, token: str) -> None:
    g.device_id = device.id
    g.step = None
    if is_due_for_renewal(device):
        g.renewed_token = token
    note_contact(device)
