"""What is owed to enterprises and by them, line by line paid, and how long money was waited for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import BigInteger, and_, cast, func, select, type_coerce
from sqlalchemy.orm import aliased

from app.cashbook.models import CashEntry
from app.cashbook.rules.entries import SALES
from app.cashbook.rules.windows import PAID_WITHIN_DAYS
from app.db import db
from app.db.columns import RepeatedUuid
from app.db.day_count import days_between
from app.db.lists import is_among
from app.enterprises.queries.plans import beside_index


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenLine:
    """What is still to pay of one owed line."""

    happened_on: date
    due_on: date | None
    is_sale: bool
    left: int


def open_lines(enterprise_ids: Collection[UUID], *, on: date) -> dict[UUID, list[OpenLine]]:
    """The owed lines that were not paid in full up to a day."""
    paid = aliased(CashEntry)
    settled = (
        select(func.coalesce(func.sum(paid.amount), 0))
        .where(paid.settles_id == CashEntry.id, paid.is_current, paid.happened_on <= on)
        .correlate(CashEntry)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(
            CashEntry.enterprise_id,
            CashEntry.happened_on,
            CashEntry.due_on,
            CashEntry.category,
            cast(CashEntry.amount - settled, BigInteger).label("left"),
        )
        .where(
            is_among(CashEntry.enterprise_id, enterprise_ids),
            CashEntry.is_owed,
            CashEntry.is_current,
            # By day another index would find all lines, not only what is owed.
            beside_index(CashEntry.happened_on) <= on,
            CashEntry.amount > settled,
        )
        .order_by(CashEntry.enterprise_id, CashEntry.id)
    )
    found: dict[UUID, list[OpenLine]] = {}
    for row in rows:
        found.setdefault(row.enterprise_id, []).append(
            OpenLine(
                happened_on=row.happened_on,
                due_on=row.due_on,
                is_sale=row.category == SALES,
                left=row.left,
            )
        )
    return found


def waited_of(enterprise_ids: Collection[UUID], *, on: date) -> dict[UUID, tuple[int, int]]:
    """Of owed sales that were paid lately: rupiah times days waited, and the rupiah."""
    paid, owed = aliased(CashEntry), aliased(CashEntry)
    days = days_between(paid.happened_on, owed.happened_on)
    rows = db.session.execute(
        select(
            type_coerce(paid.enterprise_id, RepeatedUuid()),
            cast(func.sum(paid.amount * days), BigInteger),
            cast(func.sum(paid.amount), BigInteger),
        )
        .join(
            owed,
            and_(
                # Both stand in one book: said so that an index has it all.
                owed.enterprise_id == paid.enterprise_id,
                owed.id == paid.settles_id,
                owed.is_owed,
            ),
        )
        .where(
            is_among(paid.enterprise_id, enterprise_ids),
            paid.settles_id.is_not(None),
            paid.is_current,
            paid.category == SALES,
            beside_index(paid.happened_on) > on - timedelta(days=PAID_WITHIN_DAYS),
            beside_index(paid.happened_on) <= on,
        )
        .group_by(paid.enterprise_id)
        .order_by(paid.enterprise_id)
    )
    return {key: (waited, amount) for key, waited, amount in rows}
