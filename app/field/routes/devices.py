"""A phone is registered after an ordinary log-in, and leaves again."""

from __future__ import annotations

from uuid import UUID

from flask import Response, g, jsonify
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from app.accounts.guards import current_account, requires
from app.core.permissions import Permission
from app.db.transaction import transaction
from app.field.guards import current_device_id, for_devices, hand_token, take_token
from app.field.queries.devices import missing_elsewhere
from app.field.routes.blueprint import api, json_body
from app.field.rules.registration import parse_registration
from app.field.services.devices import Registered, leave_device, register_device
from app.field.services.field_keys import office_public_key, recovery_keys


@api.get("/session")
@requires(Permission.FIELD_SYNC)
def session() -> ResponseReturnValue:
    """Who is logged in in this browser, and the token for registering the phone."""
    account = current_account()
    return jsonify(
        {"account": {"id": str(account.id), "name": account.name}, "csrf": generate_csrf()}
    )


@api.post("/devices")
@requires(Permission.FIELD_SYNC)
def register() -> ResponseReturnValue:
    """Let this phone sync without a further log-in."""
    asked = parse_registration(json_body())
    account_id = current_account().id
    with transaction():
        made = register_device(
            device_id=asked.device_id,
            account_id=account_id,
            label=asked.label,
            app_version=asked.app_version,
            password_at=g.password_at,
        )
    return hand_token(_told(made, account_id), made.token)


@api.delete("/devices/current")
@for_devices
def leave() -> ResponseReturnValue:
    """End the log-in of this phone."""
    with transaction():
        leave_device(device_id=current_device_id())
    return take_token(jsonify({"code": "keluar"}))


def _told(made: Registered, account_id: UUID) -> Response:
    key, *older = recovery_keys(account_id=account_id, device_id=made.device_id)
    return jsonify(
        {
            "device_id": str(made.device_id),
            "account": {"id": str(account_id), "name": current_account().name},
            "key": key,
            "older_keys": older,
            "backup_key": office_public_key(),
            "expires_at": made.expires_at.isoformat(),
            "missing_elsewhere": missing_elsewhere(account_id, made.device_id),
        }
    )
