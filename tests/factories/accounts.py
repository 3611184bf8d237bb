"""Accounts with a role."""

from __future__ import annotations

import secrets
from datetime import date, timedelta
from itertools import count

from app.accounts.models import Account, LoginSession, Membership
from app.accounts.services.passwords import hash_password
from app.accounts.services.signing_in import hashed
from app.core.clock import utc_now
from app.core.ids import new_id
from app.core.permissions import Role
from app.db import db
from app.db.transaction import transaction

PASSWORD = "kuda lumping menari pelan"
_HASH = hash_password(PASSWORD)
_numbers = count(1)


def account(
    *,
    role: Role | None = None,
    area: str = "33.02",
    name: str | None = None,
    email: str | None = None,
    phone: str | None = None,
    is_active: bool = True,
    from_on: date = date(2024, 1, 1),
    until_on: date | None = None,
) -> Account:
    """An account that opens with `PASSWORD`, with one role unless `role` is None."""
    number = next(_numbers)
    with transaction():
        made = Account(
            id=new_id(),
            name=name or f"Orang {number}",
            email=email or f"orang{number}@contoh.test",
            phone=phone,
            password_hash=_HASH,
            is_active=is_active,
            must_change_password=False,
            created_at=utc_now(),
        )
        db.session.add(made)
        db.session.flush()
        if role is not None:
            db.session.add(
                Membership(
                    id=new_id(),
                    account_id=made.id,
                    role=role,
                    area_code=area,
                    from_on=from_on,
                    until_on=until_on,
                )
            )
    return made


def signed_in_token(person: Account) -> str:
    """Log an account in without the cost of its password; gives the token of its cookie."""
    token = secrets.token_urlsafe(16)
    now = utc_now()
    with transaction():
        db.session.add(
            LoginSession(
                token_sha256=hashed(token),
                account_id=person.id,
                created_at=now,
                seen_at=now,
                expires_at=now + timedelta(hours=12),
                idle_minutes=120,
                device="test",
            )
        )
    return token
