"""Whom lenders may know of: the one condition that every query of theirs carries."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import aliased

from app.credit.models import LenderConsent
from app.db import db
from app.enterprises.models import Consent, Owner
from app.enterprises.queries.consents import is_free
from app.enterprises.rules.consents import LENDER


def is_consented(owner_column: Any, lender_id: Any) -> ColumnElement[bool]:
    """The condition that an owner agreed that a lender sees how the business stands.

    Two words must hold: the one for this lender, and before it the one for lenders at large. Who
    took the second back and gave it anew is asked about every lender anew. `owner_column` and
    `lender_id` are columns of the query around it, or ids.
    """
    owner, general, word = aliased(Owner), aliased(Consent), aliased(LenderConsent)
    return (
        exists()
        .where(
            word.owner_id == owner_column,
            word.lender_id == lender_id,
            word.withdrawn_at.is_(None),
            general.owner_id == word.owner_id,
            general.purpose == LENDER,
            general.withdrawn_on.is_(None),
            general.recorded_at <= word.recorded_at,
            owner.id == word.owner_id,
            is_free(owner),
        )
        .correlate_except(owner, general, word)
    )


def has_consented(owner_id: UUID, lender_id: UUID) -> bool:
    """Whether one owner agreed that one lender sees how the business stands."""
    return bool(db.session.scalar(select(is_consented(owner_id, lender_id))))
