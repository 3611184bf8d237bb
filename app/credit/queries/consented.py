"""Whom lenders may know of: the one condition that every query of theirs carries."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, select
from sqlalchemy.orm import aliased

from app.credit.models import LenderConsent
from app.db import db
from app.enterprises.models import Consent, Owner
from app.enterprises.queries.consents import is_free
from app.enterprises.rules.consents import LENDER

# Made once: SQLAlchemy takes milliseconds to know the columns of new ones.
_OWNER, _GENERAL, _WORD = aliased(Owner), aliased(Consent), aliased(LenderConsent)


def is_consented(owner_column: Any, lender_id: Any) -> ColumnElement[bool]:
    """The condition that an owner agreed that a lender sees how the business stands.

    Two words must hold: the one for this lender, and before it the one for lenders at large. Who
    took the second back and gave it anew is asked about every lender anew. `owner_column` and
    `lender_id` are columns of the query around it, or ids.
    """
    conditions = _holds(owner_column, lender_id)
    return exists().where(*conditions).correlate_except(_OWNER, _GENERAL, _WORD)


def joined_with_consent(statement: Any, owner_column: Any, lender_id: Any) -> Select[Any]:
    """A statement narrowed to those of whom `is_consented` holds, for sums over many rows.

    By joins: PostgreSQL took twenty times as long for the condition over all loans. No row comes
    twice: of each word at most one is open, which unique indexes keep.
    """
    of_word, *of_others = _holds(owner_column, lender_id)
    narrowed: Select[Any] = (
        statement.join(_WORD, of_word)
        .join(_GENERAL, _GENERAL.owner_id == _WORD.owner_id)
        .join(_OWNER, _OWNER.id == _WORD.owner_id)
        .where(*of_others)
    )
    return narrowed


def _holds(owner_column: Any, lender_id: Any) -> tuple[ColumnElement[bool], ...]:
    """Both words are open, in the right order, and the owner is free."""
    return (
        and_(_WORD.owner_id == owner_column, _WORD.lender_id == lender_id),
        _WORD.withdrawn_at.is_(None),
        _GENERAL.owner_id == _WORD.owner_id,
        _GENERAL.purpose == LENDER,
        _GENERAL.withdrawn_on.is_(None),
        _GENERAL.recorded_at <= _WORD.recorded_at,
        _OWNER.id == _WORD.owner_id,
        is_free(_OWNER),
    )


def has_consented(owner_id: UUID, lender_id: UUID) -> bool:
    """Whether one owner agreed that one lender sees how the business stands."""
    return bool(db.session.scalar(select(is_consented(owner_id, lender_id))))
