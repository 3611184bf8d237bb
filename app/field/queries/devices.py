"""Phones of mentors."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from app.accounts.queries import accounts_within
from app.core.errors import NotFound
from app.core.scope import Scope
from app.db import db
from app.field.models import FieldDevice


def device_within(scope: Scope, device_id: UUID) -> FieldDevice:
    """A phone whose mentor works inside the scope.

    Raises:
        NotFound: unknown, or of somebody elsewhere.
    """
    statement = select(FieldDevice).where(
        FieldDevice.id == device_id, FieldDevice.account_id.in_(accounts_within(scope))
    )
    found = db.session.scalars(statement).one_or_none()
    if found is None:
        raise NotFound("device_unknown")
    return found


def missing_elsewhere(account_id: UUID, device_id: UUID) -> int:
    """How many operations other phones of an account gave a number and never sent.

    One that the office turned away isn't asked after any more: nobody can open it. One statement.
    """
    others = select(FieldDevice.missing).where(
        FieldDevice.account_id == account_id,
        FieldDevice.id != device_id,
        FieldDevice.revoked_at.is_(None),
    )
    return sum(len(numbers) for numbers in db.session.scalars(others))
