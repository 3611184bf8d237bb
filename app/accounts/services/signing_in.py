"""Signing in and out.

An attempt is written *before* the password is checked, in a transaction of its own: so the count
is right across workers, and a hundred tries at once don't get past it.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, func, select, update

from app.accounts.models import Account, LoginAttempt, LoginSession
from app.accounts.queries import account_by_name, roles_of, session_by_token
from app.accounts.rules import (
    SEEN_EVERY,
    THROTTLE_PER_ACCOUNT,
    THROTTLE_PER_ADDRESS,
    THROTTLE_WINDOW,
    session_life,
    throttle_key,
)
from app.accounts.services.people import HASHER
from app.core.clock import utc_now
from app.core.errors import InvalidInput, NotFound, PulihError
from app.core.ids import new_id
from app.core.text import search_text
from app.db import db
from app.db.transaction import transaction
from app.db.turns import take_turn

# Verified when nobody has that name, so that the answer takes as long as for a known one.
_NOBODY = HASHER.hash(secrets.token_hex(16))


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """The outcome of a try: a token, or a wait, or neither (wrong name or password)."""

    token: str | None = None
    wait: timedelta | None = None


def sign_in(*, name: str, password: str, address: str, device: str) -> SignIn:
    """Try to log in with an e-mail or a phone (+62...); opens its own transactions.

    Unknown names, wrong passwords and disabled accounts give the same outcome in the same time.
    """
    attempt_id = new_id()
    with transaction():
        wait = _reserve(attempt_id, name=name, address=address)
    if wait is not None:
        return SignIn(wait=wait)
    account = account_by_name(name)
    # The hash takes a tenth of a second: outside any write transaction.
    account_id = account.id if account is not None and account.is_active else None
    matches = _matches(account.password_hash if account else _NOBODY, password)
    if account_id is None or not matches:
        return SignIn()
    with transaction():
        return SignIn(token=_open_session(account_id, attempt_id, password, device))


def confirm_password(*, name: str, password: str, address: str) -> None:
    """Ask a person who is logged in for their password again; counted like a log-in.

    Raises:
        InvalidInput: wrong, or too many tries.
    """
    attempt_id = new_id()
    with transaction():
        wait = _reserve(attempt_id, name=name, address=address)
    account = account_by_name(name)
    if wait is None and account is not None and _matches(account.password_hash, password):
        with transaction():
            _mark_succeeded(attempt_id)
        return
    message = "Kata sandi ini tidak cocok." if wait is None else "Terlalu banyak percobaan. Tunggu."
    raise InvalidInput("password_wrong", field="present", message=message)


def _mark_succeeded(attempt_id: UUID) -> None:
    db.session.execute(
        update(LoginAttempt).where(LoginAttempt.id == attempt_id).values(succeeded_at=utc_now())
    )


def _reserve(attempt_id: UUID, *, name: str, address: str) -> timedelta | None:
    """Count this try; the wait that is asked, if there were too many."""
    now = utc_now()
    known = account_by_name(name)
    # One count for a person, by whichever of their names they are tried.
    who = str(known.id) if known is not None else search_text(name)
    keys = {
        "account_key": throttle_key("account", who),
        "address_key": throttle_key("address", address),
    }
    # Counting and writing is one step: tries at the same moment wait for each other.
    take_turn(*keys.values())
    waits = [
        _wait(LoginAttempt.account_key == keys["account_key"], THROTTLE_PER_ACCOUNT),
        _wait(LoginAttempt.address_key == keys["address_key"], THROTTLE_PER_ADDRESS),
    ]
    asked = max((wait for wait in waits if wait is not None), default=None)
    if asked is None:
        db.session.add(LoginAttempt(id=attempt_id, at=now, succeeded_at=None, **keys))
    # Attempts older than a day serve nobody; they go as new ones come.
    db.session.execute(delete(LoginAttempt).where(LoginAttempt.at < now - timedelta(days=1)))
    return asked


def _wait(condition: object, allowed: int) -> timedelta | None:
    now = utc_now()
    count, oldest = db.session.execute(
        select(func.count(), func.min(LoginAttempt.at)).where(
            condition,  # type: ignore[arg-type]
            LoginAttempt.at > now - THROTTLE_WINDOW,
            LoginAttempt.succeeded_at.is_(None),
        )
    ).one()
    if count < allowed:
        return None
    return max(oldest + THROTTLE_WINDOW - now, timedelta(seconds=1))


def _matches(password_hash: str, password: str) -> bool:
    try:
        return HASHER.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


def _open_session(account_id: UUID, attempt_id: UUID, password: str, device: str) -> str | None:
    now = utc_now()
    account = db.session.get(Account, account_id)
    if account is None or not account.is_active:
        return None
    if HASHER.check_needs_rehash(account.password_hash):
        account.password_hash = HASHER.hash(password)
    _mark_succeeded(attempt_id)
    life = session_life(roles_of(account_id))
    token = secrets.token_urlsafe(32)
    db.session.add(
        LoginSession(
            token_sha256=hashed(token),
            account_id=account_id,
            created_at=now,
            seen_at=now,
            expires_at=now + life.whole,
            idle_minutes=int(life.idle.total_seconds() // 60),
            device=device[:200],
        )
    )
    db.session.execute(delete(LoginSession).where(LoginSession.expires_at < now))
    return token


def hashed(token: str) -> str:
    """How a token is kept."""
    return hashlib.sha256(token.encode()).hexdigest()


def live_session(token: str) -> LoginSession | None:
    """The log-in that this token opens, unless it ended, lay idle too long or is switched off."""
    found = session_by_token(hashed(token))
    now = utc_now()
    if found is None or found.expires_at <= now or not found.account.is_active:
        return None
    if found.seen_at + timedelta(minutes=found.idle_minutes) <= now:
        return None
    return found


def keep_alive(found: LoginSession) -> None:
    """Note that a log-in is in use, at most every few minutes; opens its own transaction."""
    now = utc_now()
    if found.seen_at + SEEN_EVERY > now:
        return
    key = found.token_sha256
    try:
        with transaction():
            # An update and not a save: a log-out at the same moment must not be revived.
            db.session.execute(
                update(LoginSession).where(LoginSession.token_sha256 == key).values(seen_at=now)
            )
    except PulihError:
        return


def sign_out(*, token: str) -> None:
    """End the log-in that this token opens."""
    db.session.execute(delete(LoginSession).where(LoginSession.token_sha256 == hashed(token)))


def end_own_session(*, account_id: UUID, token_sha256: str) -> None:
    """End one of a person's own log-ins.

    Raises:
        NotFound: it is not theirs, or ended already.
    """
    result = db.session.execute(
        delete(LoginSession).where(
            LoginSession.token_sha256 == token_sha256, LoginSession.account_id == account_id
        )
    )
    if getattr(result, "rowcount", 0) != 1:
        raise NotFound("session_unknown")
