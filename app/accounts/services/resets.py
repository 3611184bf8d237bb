"""A new password by a code for once, which a superior hands over without ever knowing it."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import delete, select, update

from app.accounts.models import Account, PasswordReset
from app.accounts.queries import account_by_name
from app.accounts.rules.codes import new_reset_code, plain_code
from app.accounts.rules.sessions import RESET_CODE_LIFE
from app.accounts.services.passwords import check_password_of, hash_password, matches
from app.accounts.services.people import change_password
from app.accounts.services.throttling import mark_succeeded, reserve
from app.core.clock import utc_now
from app.core.errors import InvalidInput
from app.core.text import search_text
from app.db import db
from app.db.transaction import transaction
from app.history.rules import register_actions
from app.history.services import record

register_actions({"account.reset_code_made": "Kode pengganti kata sandi dibuat"})


def make_reset_code(*, account: Account, by: UUID | None) -> str:
    """A code by which this person sets a new password within a day; earlier ones are void."""
    code = new_reset_code()
    now = utc_now()
    db.session.execute(
        delete(PasswordReset).where(
            PasswordReset.account_id == account.id, PasswordReset.used_at.is_(None)
        )
    )
    db.session.add(
        PasswordReset(
            account_id=account.id,
            code_hash=hash_password(plain_code(code)),
            made_by=by,
            created_at=now,
            expires_at=now + RESET_CODE_LIFE,
            used_at=None,
        )
    )
    record(subject_type="account", subject_id=account.id, action="account.reset_code_made", by=by)
    return code


def use_reset_code(*, name: str, code: str, password: str, address: str) -> None:
    """Set a new password by a code; every log-in ends, and the second factor stays.

    Opens its own transactions. An unknown name and a wrong, used or old code get one answer.

    Raises:
        InvalidInput: field "code", or "password" when the new one is weak.
    """
    known = account_by_name(name)
    who = str(known.id) if known is not None else search_text(name)
    attempt_id, wait = reserve("reset", who, address=address)
    if wait is not None:
        minutes = int(wait.total_seconds() // 60) + 1
        raise _wrong(f"Terlalu banyak percobaan. Tunggu {minutes} menit, lalu coba lagi.")
    account = account_by_name(name)
    reset = _open_reset(account.id) if account is not None and account.is_active else None
    is_right = matches(reset.code_hash if reset else None, plain_code(code))
    if account is None or reset is None or not is_right:
        raise _wrong("Nama atau kode tidak cocok, atau kodenya sudah dipakai atau lewat sehari.")
    check_password_of(account, password)
    account_id, reset_id = account.id, reset.id
    with transaction():
        _claim(reset_id)
        mark_succeeded(attempt_id)
        change_password(
            account=db.session.get_one(Account, account_id), password=password, by=account_id
        )


def _open_reset(account_id: UUID) -> PasswordReset | None:
    statement = select(PasswordReset).where(
        PasswordReset.account_id == account_id,
        PasswordReset.used_at.is_(None),
        PasswordReset.expires_at > utc_now(),
    )
    return db.session.scalars(statement.order_by(PasswordReset.created_at.desc())).first()


def _claim(reset_id: UUID) -> None:
    claimed = db.session.execute(
        update(PasswordReset)
        .where(PasswordReset.id == reset_id, PasswordReset.used_at.is_(None))
        .values(used_at=utc_now())
        .execution_options(synchronize_session=False)
    )
    if getattr(claimed, "rowcount", 0) != 1:
        raise _wrong("Kode ini sudah dipakai. Minta kode baru kepada petugas Anda.")


def _wrong(message: str) -> InvalidInput:
    return InvalidInput("reset_wrong", field="code", message=message)
