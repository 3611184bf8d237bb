"""Backups of phones that are handed in."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from app.accounts.models import Account
from app.accounts.queries import accounts_within
from app.core.errors import NotFound
from app.core.scope import Scope
from app.db import db
from app.field.models import FieldDevice


def device_of_backup(scope: Scope, device_id: UUID, account_id: UUID) -> FieldDevice:
    """The phone of an account that works in the scope, or is the caller's own.

    Raises:
        NotFound: there is none: the answer is the same for one of elsewhere.
    """
    own = scope.mentor_account_id
    reached = accounts_within(scope) if own is None else [own]
    found = db.session.scalars(
        select(FieldDevice).where(
            FieldDevice.id == device_id,
            FieldDevice.account_id == account_id,
            FieldDevice.account_id.in_(reached),
        )
    ).one_or_none()
    if found is None:
        raise NotFound(
            "ponsel_tidak_dikenal", message="Cadangan ini bukan dari ponsel di wilayah Anda."
        )
    return found


def is_closed(account_id: UUID) -> bool:
    """Whether an account was closed: what it sends counts only after somebody looked."""
    return not db.session.scalar(select(Account.is_active).where(Account.id == account_id))
