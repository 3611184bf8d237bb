"""Debts that an owner told the mentor: for who may read them alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.accounts.queries import names
from app.core.clock import local_today
from app.core.errors import NotFound
from app.core.scope import Scope
from app.credit.models import InformalDebt
from app.credit.rules.debts import DEBT_KINDS
from app.db import db
from app.enterprises.queries import enterprise as enterprise_within


@dataclass(frozen=True, slots=True, kw_only=True)
class DebtLine:
    """What stands of one debt. `overdue_days`: as it was told on that day; None: nobody asked."""

    id: UUID
    kind: str
    kind_words: str
    amount: int
    monthly: int
    overdue_days: int | None
    told_on: date
    told_by: str
    is_over: bool

    @property
    def overdue_words(self) -> str:
        """How late it is, in words."""
        if self.overdue_days is None:
            return "belum ditanyakan"
        return "tidak menunggak" if self.overdue_days == 0 else f"lewat {self.overdue_days} hari"


@dataclass(frozen=True, slots=True, kw_only=True)
class DebtPage:
    """The debts of one enterprise, and what they come to."""

    enterprise_id: UUID
    enterprise_name: str
    today: date
    lines: tuple[DebtLine, ...]
    over: tuple[DebtLine, ...]

    @property
    def amount(self) -> int:
        """All that is left."""
        return sum(line.amount for line in self.lines)

    @property
    def monthly(self) -> int:
        """All that is paid in a month."""
        return sum(line.monthly for line in self.lines)


def debt_page(scope: Scope, enterprise_id: UUID) -> DebtPage:
    """The debts of one enterprise, the largest first.

    Raises:
        NotFound: unknown, or outside the scope: the answer is the same.
    """
    enterprise = enterprise_within(scope, enterprise_id)
    rows = db.session.scalars(
        select(InformalDebt)
        .where(InformalDebt.enterprise_id == enterprise_id, InformalDebt.is_current)
        .order_by(InformalDebt.amount.desc(), InformalDebt.id)
    ).all()
    people = names(row.recorded_by for row in rows)
    lines = [_line(row, people[row.recorded_by]) for row in rows]
    return DebtPage(
        enterprise_id=enterprise_id,
        enterprise_name=enterprise.name,
        today=local_today(),
        lines=tuple(line for line in lines if not line.is_over),
        over=tuple(line for line in lines if line.is_over),
    )


def _line(row: InformalDebt, told_by: str) -> DebtLine:
    return DebtLine(
        id=row.id,
        kind=row.kind,
        kind_words=DEBT_KINDS[row.kind],
        amount=row.amount,
        monthly=row.monthly,
        overdue_days=row.overdue_days,
        told_on=row.told_on,
        told_by=told_by,
        is_over=row.is_over,
    )


def debt_told(enterprise_id: UUID, debt_id: UUID) -> DebtLine:
    """What was told of a debt of an enterprise that the caller found, even if it stands no more.

    Raises:
        NotFound: the enterprise has no such debt.
    """
    row = told_debt(enterprise_id, debt_id)
    return _line(row, names([row.recorded_by])[row.recorded_by])


def newest_of(enterprise_id: UUID, debt_id: UUID) -> UUID | None:
    """Under which id a debt stands now; None when nothing of it stands any more.

    Raises:
        NotFound: the enterprise has no such debt.
    """
    row: InformalDebt | None = told_debt(enterprise_id, debt_id)
    while row is not None and not row.is_current:
        row = db.session.scalars(
            select(InformalDebt).where(InformalDebt.corrects_id == row.id)
        ).one_or_none()
    return None if row is None or row.is_over else row.id


def told_debt(enterprise_id: UUID, debt_id: UUID) -> InformalDebt:
    """What was told of a debt of an enterprise that the caller found, whether it still stands.

    Raises:
        NotFound: the enterprise has no such debt.
    """
    row = db.session.get(InformalDebt, debt_id, populate_existing=True)
    if row is None or row.enterprise_id != enterprise_id:
        raise NotFound("debt_unknown", message="Utang ini tidak ditemukan.")
    return row
