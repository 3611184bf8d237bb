"""Months that a book covers: nobody is asked to tell them once more."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.cashbook.queries.facts_habits import USUAL, habits_of
from app.cashbook.queries.lines import lines_of
from app.cashbook.rules.facts import is_proof
from app.cashbook.rules.ratios import coverage
from app.cashbook.rules.windows import open_days
from app.core.months import month_end
from app.db import db


def covered_months(enterprise_id: UUID, months: Collection[date]) -> set[date]:
    """Those of some months (first days) of which enough open days have a line, in a book that the
    caller found."""
    if not months:
        return set()
    every = lines_of([enterprise_id]).subquery()
    written = set(
        db.session.scalars(
            select(every.c.happened_on)
            .where(every.c.happened_on.between(min(months), month_end(max(months))))
            .distinct()
        )
    )
    weekdays = habits_of([enterprise_id]).get(enterprise_id, USUAL).weekdays
    found = set()
    for month in months:
        days = open_days(month, month_end(month), weekdays)
        if is_proof(coverage(len(written & days), len(days))):
            found.add(month)
    return found
