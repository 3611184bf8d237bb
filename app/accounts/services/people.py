"""Making accounts and memberships."""

from __future__ import annotations

import secrets
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import delete, func, select

from app.accounts.models import Account, LoginSession, Membership
from app.accounts.queries import account_within, in_force
from app.accounts.services.passwords import check_password_of, hash_password
from app.core.clock import local_today, utc_now
from app.core.errors import InvalidInput, NotAllowed, NotFound, WrongState
from app.core.ids import new_id
from app.core.permissions import Role
from app.core.scope import WHOLE_COUNTRY, Scope
from app.db import db
from app.db.turns import take_turn
from app.history.rules import register_actions
from app.history.services import record

register_actions(
    {
        "account.created": "Akun dibuat",
        "account.disabled": "Akun dinonaktifkan",
        "account.enabled": "Akun diaktifkan lagi",
        "account.password_changed": "Kata sandi diganti",
        "account.password_reset": "Kata sandi diatur ulang oleh petugas",
        "account.sessions_ended": "Dikeluarkan dari semua perangkat",
        "membership.started": "Peran diberikan",
        "membership.ended": "Peran diakhiri",
    }
)

# Whom each role may give a role to: nobody raises anyone to where they are not themselves.
MAY_GRANT: dict[Role, frozenset[Role]] = {
    Role.ADMIN: frozenset(Role),
    Role.LABOUR_OFFICER: frozenset(
        {
            Role.LABOUR_OFFICER,
            Role.MENTOR,
            Role.VILLAGE_OFFICER,
            Role.ENTREPRENEUR,
            Role.COOPERATIVE_OFFICER,
        }
    ),
}


def create_account(
    *,
    name: str,
    password: str | None,
    email: str | None,
    phone: str | None,
    by: UUID | None,
    must_change_password: bool = False,
) -> Account:
    """A new account without any role yet; without a password it opens by a reset code alone.

    Raises:
        InvalidInput: no name, neither e-mail nor phone, or a weak password.
        Conflict: the e-mail or phone is taken (at the end of the transaction).
    """
    if not name.strip():
        raise InvalidInput("name_missing", field="name", message="Isi nama.")
    if not email and not phone:
        raise InvalidInput("login_name_missing", field="email", message="Isi e-mail atau nomor HP.")
    account = Account(
        id=new_id(),
        name=name.strip(),
        email=email.strip().lower() if email else None,
        phone=phone or None,
        password_hash="",
        is_active=True,
        must_change_password=must_change_password,
        password_changed_at=utc_now(),
        created_at=utc_now(),
    )
    if password is not None:
        check_password_of(account, password)
    # Nobody knows what stands in for a password until the person has chosen one.
    account.password_hash = hash_password(password or secrets.token_urlsafe(32))
    db.session.add(account)
    # Flushed so that the membership that follows finds its account.
    db.session.flush()
    record(subject_type="account", subject_id=account.id, action="account.created", by=by)
    return account


def start_membership(
    *, account_id: UUID, role: Role, area_code: str, by: UUID | None, from_on: date | None = None
) -> Membership:
    """Give an account a role in a place from a day on (default: today)."""
    membership = Membership(
        id=new_id(),
        account_id=account_id,
        role=role,
        area_code=area_code,
        from_on=from_on or local_today(),
        until_on=None,
    )
    db.session.add(membership)
    record(
        subject_type="account",
        subject_id=account_id,
        action="membership.started",
        by=by,
        area_code=area_code or None,
        changes={"role": [None, str(role)], "area_code": [None, area_code]},
    )
    return membership


def check_may_grant(scope: Scope, granting_roles: frozenset[Role], role: Role, area: str) -> None:
    """Refuse to give a role that the granter may not give, or a place beyond their own.

    Raises:
        NotAllowed: role or place is above the granter's own.
    """
    allowed = {granted for own in granting_roles for granted in MAY_GRANT.get(own, ())}
    if role not in allowed or not scope.covers_area(area):
        raise NotAllowed(
            "grant_beyond_own", message="Anda tidak dapat memberi peran ini di wilayah itu."
        )
    if area == WHOLE_COUNTRY and role is not Role.ADMIN:
        raise InvalidInput("area_missing", field="area_code", message="Pilih wilayah peran ini.")


def check_may_manage(scope: Scope, granting_roles: frozenset[Role], account: Account) -> None:
    """Refuse to touch the log-in of somebody who is, anywhere, more than the granter may grant.

    Raises:
        NotAllowed: one of the person's roles is beyond the granter's own.
    """
    for membership in account.memberships:
        if membership.until_on is None or membership.until_on >= local_today():
            check_may_grant(scope, granting_roles, Role(membership.role), membership.area_code)


def end_membership(*, scope: Scope, account_id: UUID, membership_id: UUID, by: UUID | None) -> None:
    """End a role yesterday: the person has it no more from this moment.

    Raises:
        NotFound: no such role within the scope.
        WrongState: it is the last admin.
    """
    account = account_within(scope, account_id)
    membership = db.session.get(Membership, membership_id)
    if (
        membership is None
        or membership.account_id != account.id
        or not scope.covers_area(membership.area_code)
    ):
        raise NotFound("membership_unknown")
    _keep_last_admin(membership)
    yesterday = local_today() - timedelta(days=1)
    if membership.from_on > yesterday:
        db.session.delete(membership)
    else:
        membership.until_on = yesterday
    record(
        subject_type="account",
        subject_id=account.id,
        action="membership.ended",
        by=by,
        area_code=membership.area_code or None,
        changes={"role": [membership.role, None], "area_code": [membership.area_code, None]},
    )


def _keep_last_admin(membership: Membership) -> None:
    if membership.role != Role.ADMIN:
        return
    # Two admins who end each other at the same moment wait for each other here.
    take_turn("last admin")
    others = db.session.scalar(
        select(func.count())
        .select_from(Membership)
        .join(Account)
        .where(
            Membership.role == Role.ADMIN,
            Membership.account_id != membership.account_id,
            # One who answers for less can't stand in for one who answers for more.
            Membership.area_code.in_(_at_least(membership.area_code)),
            in_force(local_today()),
            Account.is_active.is_(True),
        )
    )
    if not others:
        raise WrongState("last_admin", message="Ini admin terakhir. Angkat admin lain dahulu.")


def _at_least(area: str) -> list[str]:
    """This area and those above it, up to the whole country."""
    parts = area.split(".") if area else []
    return [WHOLE_COUNTRY, *(".".join(parts[:count]) for count in range(1, len(parts) + 1))]


def set_active(*, scope: Scope, account_id: UUID, is_active: bool, by: UUID | None) -> None:
    """Switch an account off (ending its sessions at once) or on again."""
    account = account_within(scope, account_id)
    if not is_active:
        for membership in account.memberships:
            if membership.until_on is None:
                _keep_last_admin(membership)
        end_sessions(account_id=account.id)
    account.is_active = is_active
    action = "account.enabled" if is_active else "account.disabled"
    record(subject_type="account", subject_id=account.id, action=action, by=by)


def change_password(*, account: Account, password: str, by: UUID | None) -> None:
    """Set a new password; every session of the account ends."""
    check_password_of(account, password)
    account.password_hash = hash_password(password)
    account.password_changed_at = utc_now()
    account.must_change_password = by != account.id
    end_sessions(account_id=account.id)
    action = "account.password_changed" if by == account.id else "account.password_reset"
    record(subject_type="account", subject_id=account.id, action=action, by=by)


def send_out(*, account_id: UUID, by: UUID) -> None:
    """End every log-in of somebody else, and note who did it."""
    end_sessions(account_id=account_id)
    record(subject_type="account", subject_id=account_id, action="account.sessions_ended", by=by)


def end_sessions(*, account_id: UUID) -> None:
    """End every log-in of an account."""
    db.session.execute(delete(LoginSession).where(LoginSession.account_id == account_id))
