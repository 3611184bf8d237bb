"""Signing in by password, staying in, and out."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, update

from app.accounts.models import Account, LoginSession
from app.accounts.queries import account_by_name, roles_of, session_by_token
from app.accounts.rules import SEEN_EVERY, session_life
from app.accounts.rules.sessions import CARD_SESSION, HALF_SESSION
from app.accounts.services.passwords import matches, rehashed
from app.accounts.services.throttling import mark_succeeded, reserve
from app.core.clock import utc_now
from app.core.errors import InvalidInput, NotFound
from app.core.text import search_text
from app.db import db
from app.db.soon import write_soon
from app.db.transaction import transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """The outcome of a try: a token, or a wait, or neither (wrong name or password)."""

    token: str | None = None
    wait: timedelta | None = None


def sign_in(*, name: str, password: str, address: str, device: str) -> SignIn:
    """Try to log in with an e-mail or a phone (+62...); opens its own transactions.

    Unknown names, wrong passwords and disabled accounts give the same outcome in the same time.
    Who has a second factor gets a session that opens nothing but the question for its code.
    """
    account = account_by_name(name)
    attempt_id, wait = reserve("account", _one_name(account, name), address=address)
    if wait is not None:
        return SignIn(wait=wait)
    account = account_by_name(name)
    # The hash takes a tenth of a second: outside any write transaction.
    account_id = account.id if account is not None and account.is_active else None
    is_right = matches(account.password_hash if account else None, password)
    if account_id is None or not is_right:
        return SignIn()
    with transaction():
        return SignIn(token=_signed_in(account_id, attempt_id, password, device))


def confirm_password(*, name: str, password: str, address: str) -> None:
    """Ask a person who is logged in for their password again; counted like a log-in.

    Raises:
        InvalidInput: wrong, or too many tries.
    """
    attempt_id, wait = reserve("account", _one_name(account_by_name(name), name), address=address)
    account = account_by_name(name)
    if wait is None and account is not None and matches(account.password_hash, password):
        with transaction():
            mark_succeeded(attempt_id)
        return
    message = "Kata sandi ini tidak cocok." if wait is None else "Terlalu banyak percobaan. Tunggu."
    raise InvalidInput("password_wrong", field="present", message=message)


def _one_name(account: Account | None, name: str) -> str:
    """One count for a person, by whichever of their names they are tried."""
    return str(account.id) if account is not None else search_text(name)


def _signed_in(account_id: UUID, attempt_id: UUID, password: str, device: str) -> str | None:
    account = db.session.get(Account, account_id)
    if account is None or not account.is_active:
        return None
    account.password_hash = rehashed(account.password_hash, password) or account.password_hash
    mark_succeeded(attempt_id)
    return open_session(account, device=device)


def open_session(account: Account, *, device: str, is_proven: bool = False) -> str:
    """A new log-in of an account; gives its token. `is_proven`: the code was given too."""
    now = utc_now()
    life = session_life(roles_of(account.id))
    is_half = account.second_factor_at is not None and not is_proven
    token = secrets.token_urlsafe(32)
    db.session.add(
        LoginSession(
            token_sha256=hashed(token),
            account_id=account.id,
            created_at=now,
            seen_at=now,
            expires_at=now + (HALF_SESSION if is_half else life.whole),
            idle_minutes=int(life.idle.total_seconds() // 60),
            device=device[:200],
            factor_at=now if is_proven else None,
            password_at=now,
        )
    )
    db.session.execute(delete(LoginSession).where(LoginSession.expires_at < now))
    return token


def open_card_session(account: Account, *, device: str, until: datetime) -> str:
    """A log-in of an owner by their card, until `until` at the latest; gives its token.

    It never counts as one in which the password or the code of the second step was given.
    """
    now = utc_now()
    token = secrets.token_urlsafe(32)
    db.session.add(
        LoginSession(
            token_sha256=hashed(token),
            account_id=account.id,
            created_at=now,
            seen_at=now,
            expires_at=min(now + CARD_SESSION.whole, until),
            idle_minutes=int(CARD_SESSION.idle.total_seconds() // 60),
            device=device[:200],
            is_by_card=True,
        )
    )
    db.session.execute(delete(LoginSession).where(LoginSession.expires_at < now))
    return token


def note_pin(*, token: str) -> None:
    """Note that the owner's own number was given in a log-in."""
    db.session.execute(
        update(LoginSession)
        .where(LoginSession.token_sha256 == hashed(token))
        .values(pin_at=utc_now())
    )


def note_password(*, token: str) -> None:
    """Note that the password of a log-in was given again."""
    db.session.execute(
        update(LoginSession)
        .where(LoginSession.token_sha256 == hashed(token))
        .values(password_at=utc_now())
    )


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
    """Note that a log-in is in use, at most every few minutes, if it can be written just now."""
    now = utc_now()
    if found.seen_at + SEEN_EVERY > now:
        return
    # An update and not a save: a log-out at the same moment must not be revived.
    write_soon(
        update(LoginSession)
        .where(LoginSession.token_sha256 == found.token_sha256)
        .values(seen_at=now)
    )


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
