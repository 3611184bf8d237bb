"""Writes of accounts: people and their roles, and signing in."""

from app.accounts.services.people import (
    change_password,
    check_may_grant,
    check_may_manage,
    create_account,
    end_membership,
    end_sessions,
    set_active,
    start_membership,
)
from app.accounts.services.signing_in import (
    SignIn,
    confirm_password,
    end_own_session,
    keep_alive,
    live_session,
    sign_in,
    sign_out,
)

__all__ = [
    "SignIn",
    "change_password",
    "check_may_grant",
    "check_may_manage",
    "confirm_password",
    "create_account",
    "end_membership",
    "end_own_session",
    "end_sessions",
    "keep_alive",
    "live_session",
    "set_active",
    "sign_in",
    "sign_out",
    "start_membership",
]
