"""Writes of accounts: people and their roles, and signing in."""

from app.accounts.services.passwords import policy
from app.accounts.services.people import (
    change_password,
    check_may_grant,
    check_may_manage,
    create_account,
    end_membership,
    end_sessions,
    send_out,
    set_active,
    start_membership,
)
from app.accounts.services.resets import make_reset_code, use_reset_code
from app.accounts.services.signing_in import (
    SignIn,
    confirm_password,
    end_own_session,
    keep_alive,
    live_session,
    note_password,
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
    "make_reset_code",
    "note_password",
    "policy",
    "send_out",
    "set_active",
    "sign_in",
    "sign_out",
    "start_membership",
    "use_reset_code",
]
