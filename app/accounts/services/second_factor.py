"""The code besides the password: setting it up, asking for it, replacing it, taking it away."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import delete, func, select, update

from app.accounts.models import Account, LoginSession, RecoveryHash, SecondFactor
from app.accounts.rules.codes import (
    RecoveryCode,
    app_address,
    new_recovery_codes,
    new_secret,
    recovery_code,
    step_of_code,
)
from app.accounts.services.passwords import hash_password, matches
from app.accounts.services.signing_in import SignIn, hashed, open_session
from app.accounts.services.throttling import mark_succeeded, reserve
from app.core import settings
from app.core.clock import utc_now
from app.core.errors import InvalidInput, NotFound, WrongState
from app.core.sealing import derive_key, seal, unseal
from app.db import db
from app.db.transaction import transaction
from app.history.rules import register_actions
from app.history.services import record

register_actions(
    {
        "account.factor_set": "Kode dua langkah dipasang",
        "account.factor_off": "Kode dua langkah dilepas",
        "account.factor_removed": "Kode dua langkah dihapus oleh petugas",
        "account.recovery_made": "Kode cadangan dibuat baru",
        "account.recovery_used": "Masuk dengan kode cadangan",
    }
)
_PURPOSE = "second factor"


def begin(*, account_id: UUID) -> None:
    """Draw a new secret; it counts once a code of it is given, and a former one until then."""
    factor = db.session.get(SecondFactor, account_id)
    if factor is None:
        factor = SecondFactor(account_id=account_id, last_step=0)
        db.session.add(factor)
    factor.next_sealed = seal(new_secret(), _keys()[0], account_id.bytes)


def waiting_secret(account_id: UUID) -> str | None:
    """The secret that waits for its first code, to be shown to its owner."""
    factor = db.session.get(SecondFactor, account_id)
    if factor is None or factor.next_sealed is None:
        return None
    return unseal(factor.next_sealed, _keys(), account_id.bytes)


def waiting_address(account: Account) -> str:
    """What the QR code of the waiting secret says.

    Raises:
        NotFound: none waits.
    """
    secret = waiting_secret(account.id)
    if secret is None:
        raise NotFound("factor_unknown")
    return app_address(secret, name=account.email or account.phone or account.name)


def confirm(*, account_id: UUID, token: str, typed: str) -> tuple[RecoveryCode, ...]:
    """Begin to ask for codes of the waiting secret; gives recovery codes, for this once.

    Every other log-in of the account ends.

    Raises:
        WrongState: no secret waits.
        InvalidInput: field "code", not the code of this moment.
    """
    secret = waiting_secret(account_id)
    if secret is None:
        raise WrongState("factor_unknown", message="Mulai lagi dari awal: kodenya belum dibuat.")
    step = step_of_code(secret, typed, at=utc_now())
    if step is None:
        raise _wrong("Kode ini tidak cocok. Periksa jam HP Anda, lalu tulis kode yang terbaru.")
    factor = db.session.get_one(SecondFactor, account_id)
    factor.secret_sealed, factor.next_sealed, factor.last_step = factor.next_sealed, None, step
    db.session.get_one(Account, account_id).second_factor_at = utc_now()
    _end_other_sessions(account_id, token)
    record(
        subject_type="account", subject_id=account_id, action="account.factor_set", by=account_id
    )
    return _write_recovery(account_id)


def renew_recovery(*, account_id: UUID) -> tuple[RecoveryCode, ...]:
    """Ten new recovery codes; the former ones open nothing any more."""
    record(
        subject_type="account", subject_id=account_id, action="account.recovery_made", by=account_id
    )
    return _write_recovery(account_id)


def recovery_left(account_id: UUID) -> int:
    """How many recovery codes were not used yet."""
    statement = (
        select(func.count())
        .select_from(RecoveryHash)
        .where(RecoveryHash.account_id == account_id, RecoveryHash.used_at.is_(None))
    )
    return db.session.execute(statement).scalar_one()


def give_code(*, account_id: UUID, token: str, typed: str, address: str) -> SignIn:
    """Open a half-open log-in by a code of the app or a recovery code; a new token replaces it.

    Opens its own transactions. Each code opens once, also when two workers get it at once.
    """
    attempt_id, wait = reserve("factor", str(account_id), address=address)
    if wait is not None:
        return SignIn(wait=wait)
    spare = recovery_code(typed)
    # Its hash takes a tenth of a second: outside any write transaction.
    if spare is not None and not _is_recovery(account_id, spare):
        return SignIn()
    with transaction():
        if not (_claim_recovery(account_id, spare) if spare else _claim_step(account_id, typed)):
            return SignIn()
        mark_succeeded(attempt_id)
        return SignIn(token=_exchanged(account_id, token))


def turn_off(*, account_id: UUID, by: UUID | None) -> None:
    """Ask this account for no code any more; when another does it, every log-in ends."""
    db.session.execute(delete(SecondFactor).where(SecondFactor.account_id == account_id))
    db.session.execute(delete(RecoveryHash).where(RecoveryHash.account_id == account_id))
    db.session.get_one(Account, account_id).second_factor_at = None
    if by != account_id:
        db.session.execute(delete(LoginSession).where(LoginSession.account_id == account_id))
    action = "account.factor_off" if by == account_id else "account.factor_removed"
    record(subject_type="account", subject_id=account_id, action=action, by=by)


def _claim_step(account_id: UUID, typed: str) -> bool:
    factor = db.session.get(SecondFactor, account_id)
    if factor is None or factor.secret_sealed is None:
        return False
    secret = unseal(factor.secret_sealed, _keys(), account_id.bytes)
    step = step_of_code(secret, typed, at=utc_now())
    if step is None:
        return False
    # One statement decides: of two workers with the same code one finds the step taken.
    claimed = db.session.execute(
        update(SecondFactor)
        .where(SecondFactor.account_id == account_id, SecondFactor.last_step < step)
        .values(last_step=step)
        .execution_options(synchronize_session=False)
    )
    return getattr(claimed, "rowcount", 0) == 1


def _is_recovery(account_id: UUID, code: RecoveryCode) -> bool:
    kept = db.session.get(RecoveryHash, (account_id, code.number))
    return matches(kept.code_hash if kept else None, code.secret)


def _claim_recovery(account_id: UUID, code: RecoveryCode) -> bool:
    claimed = db.session.execute(
        update(RecoveryHash)
        .where(
            RecoveryHash.account_id == account_id,
            RecoveryHash.number == code.number,
            RecoveryHash.used_at.is_(None),
        )
        .values(used_at=utc_now())
        .execution_options(synchronize_session=False)
    )
    if getattr(claimed, "rowcount", 0) != 1:
        return False
    record(
        subject_type="account", subject_id=account_id, action="account.recovery_used", by=account_id
    )
    return True


def _exchanged(account_id: UUID, token: str) -> str | None:
    half = db.session.get(LoginSession, hashed(token))
    account = db.session.get_one(Account, account_id)
    if half is None or half.account_id != account_id or not account.is_active:
        return None
    device = half.device
    db.session.delete(half)
    return open_session(account, device=device, is_proven=True)


def _write_recovery(account_id: UUID) -> tuple[RecoveryCode, ...]:
    codes = new_recovery_codes()
    db.session.execute(delete(RecoveryHash).where(RecoveryHash.account_id == account_id))
    db.session.add_all(
        RecoveryHash(
            account_id=account_id, number=code.number, code_hash=hash_password(code.secret)
        )
        for code in codes
    )
    return codes


def _end_other_sessions(account_id: UUID, token: str) -> None:
    now = utc_now()
    own = LoginSession.token_sha256 == hashed(token)
    db.session.execute(delete(LoginSession).where(LoginSession.account_id == account_id, ~own))
    db.session.execute(update(LoginSession).where(own).values(factor_at=now))


def _keys() -> list[bytes]:
    chosen = settings.current()
    return [
        derive_key(secret, purpose=_PURPOSE)
        for secret in (chosen.secret_key, *chosen.secret_key_fallbacks)
    ]


def _wrong(message: str) -> InvalidInput:
    return InvalidInput("code_wrong", field="code", message=message)
