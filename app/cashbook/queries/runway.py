"""Enterprises whose cash does not last much longer at what goes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased

from app.cashbook.models import CashEntry
from app.cashbook.queries.cash import cash_of
from app.cashbook.queries.facts_entries import IS_CASH_OUT, counted_cash, moved_in_all
from app.cashbook.queries.facts_payments import paid_days
from app.cashbook.rules.facts import ALERT_DAYS
from app.cashbook.rules.ratios import runway_days
from app.cashbook.rules.windows import LATELY_DAYS, lately
from app.core.scope import Scope
from app.db import db
from app.db.slices import slices
from app.enterprises.models import Enterprise, Owner
from app.enterprises.queries import may_use, within
from app.enterprises.rules.consents import BASE

# Whose cash is nobody's concern any more.
_ENDED = ("tutup", "berangkat_lagi", "menolak_didata")


@dataclass(frozen=True, slots=True, kw_only=True)
class RunwayLine:
    """One enterprise: how many days its cash lasts, and the numbers behind."""

    enterprise_id: UUID
    enterprise_name: str
    owner_name: str
    village_code: str
    days: int
    cash: int
    counted_on: date | None
    outflow: int
    outflow_days: int

    @property
    def is_estimate(self) -> bool:
        """Whether nobody ever counted the cash."""
        return self.counted_on is None

    @property
    def words(self) -> str:
        """How long it lasts, in words."""
        told = "kas habis hari ini" if self.days == 0 else f"kas cukup {self.days} hari"
        return f"{told} (perkiraan)" if self.is_estimate else told


def runway_lines(scope: Scope, *, on: date) -> list[RunwayLine]:
    """Those whose cash lasts less than 14 days, the shortest first.

    Only books in which something went out in the last 30 days are looked at, so what it costs
    grows with the books that are kept, not with the enterprises of the area.
    """
    found = []
    for some in slices(_spending(scope, on)):
        found += _lines(some, on)
    return sorted(found, key=lambda line: (line.days, line.enterprise_name, line.enterprise_id))


def runway_count(scope: Scope, *, on: date) -> int:
    """How many there are."""
    return len(runway_lines(scope, on=on))


def _spending(scope: Scope, on: date) -> Sequence[Any]:
    first = aliased(CashEntry)
    began_on = (
        select(func.min(first.happened_on))
        .where(first.enterprise_id == Enterprise.id, first.is_current)
        .correlate(Enterprise)
        .scalar_subquery()
    )
    return db.session.execute(
        select(
            Enterprise.id,
            Enterprise.name,
            Enterprise.village_code,
            Owner.name.label("owner_name"),
            func.sum(CashEntry.amount).label("outflow"),
            began_on.label("began_on"),
        )
        .join(Owner, Owner.id == Enterprise.owner_id)
        .join(
            CashEntry,
            and_(
                CashEntry.enterprise_id == Enterprise.id,
                CashEntry.is_current,
                CashEntry.happened_on.between(lately(on), on),
                IS_CASH_OUT,
            ),
        )
        .where(within(scope), may_use(BASE), Enterprise.life_cycle.not_in(_ENDED))
        .group_by(Enterprise.id, Enterprise.name, Enterprise.village_code, Owner.name)
        .order_by(Enterprise.id)
    ).all()


def _lines(rows: Sequence[Any], on: date) -> list[RunwayLine]:
    keys = [row.id for row in rows]
    counted, paid = counted_cash(keys, on=on), paid_days(keys, on=on)
    moved = moved_in_all([key for key in keys if key not in counted], on=on)
    found = []
    for row in rows:
        own = paid.get(row.id, [])
        cash, counted_on = cash_of(counted.get(row.id), moved.get(row.id, 0), own)
        began_on = min([row.began_on, *(one.on for one in own)])
        span = min(LATELY_DAYS, (on - began_on).days + 1)
        # Less than nothing is in no purse: the book lacks something, so nothing is known.
        days = runway_days(cash if cash >= 0 else None, int(row.outflow), span)
        if days is not None and days < ALERT_DAYS:
            found.append(
                RunwayLine(
                    enterprise_id=row.id,
                    enterprise_name=row.name,
                    owner_name=row.owner_name,
                    village_code=row.village_code,
                    days=days,
                    cash=cash,
                    counted_on=counted_on,
                    outflow=int(row.outflow),
                    outflow_days=span,
                )
            )
    return found
