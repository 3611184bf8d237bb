"""Enterprises that the office may put forward for KUR, and the others with their reasons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from app.cashbook.queries.facts import cash_facts
from app.cashbook.rules.facts import is_proof
from app.core.scope import Scope
from app.credit.models import Loan
from app.credit.rules.candidates import ACTIVE, SICK, Asked, reasons
from app.credit.rules.collectability import days_in_arrears
from app.credit.rules.loan_states import OPEN
from app.db import db
from app.db.slices import slices
from app.enterprises.models import Enterprise, Owner
from app.enterprises.queries import may_use, within
from app.enterprises.rules.consents import BASE, LENDER
from app.enterprises.rules.labels import HEALTH_LABELS
from app.enterprises.rules.shown import is_expired
from app.places.queries import path_labels

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateLine:
    """One enterprise; without `reasons` it may be put forward."""

    enterprise_id: UUID
    name: str
    owner: str
    nik: str | None
    product: str | None
    village: str
    nib: str | None
    started_on: date | None
    health: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """How many may be put forward and how many not, and some of one of both."""

    fits: int
    others: int
    lines: tuple[CandidateLine, ...]


def candidates(
    scope: Scope, *, on: date, fitting: bool, offset: int = 0, limit: int | None = PAGE_SIZE
) -> Candidates:
    """Those who fulfil every rule, or those who don't, by name.

    Nobody who withdrew from the register or restricted their data stands in either.
    """
    fits = _fitting(scope, on)
    total = db.session.scalar(_reached(select(func.count()), scope)) or 0
    chosen = select(Enterprise.id).order_by(Enterprise.search_name, Enterprise.id)
    keys = [key for key in db.session.scalars(_reached(chosen, scope)) if (key in fits) == fitting]
    shown = keys[offset:] if limit is None else keys[offset : offset + limit]
    return Candidates(fits=len(fits), others=total - len(fits), lines=tuple(_lines(shown, on)))


def _fitting(scope: Scope, on: date) -> set[UUID]:
    """Those whom no rule stands against: the cheap ones are asked of the database first."""
    hopeful = list(
        db.session.scalars(
            _reached(select(Enterprise.id), scope).where(
                may_use(LENDER),
                Enterprise.life_cycle == ACTIVE,
                Enterprise.nib.is_not(None),
                Owner.nik_masked.is_not(None),
                Enterprise.health_class.is_not(None),
                Enterprise.health_class != SICK,
            )
        )
    )
    return {
        key
        for some in slices(sorted(hopeful))
        for key, asked in _asked(some, on).items()
        if not reasons(asked, on=on)
    }


def _reached(statement: Select[Any], scope: Scope) -> Select[Any]:
    return (
        statement.select_from(Enterprise)
        .join(Owner, Owner.id == Enterprise.owner_id)
        .where(within(scope), may_use(BASE))
    )


def _lines(keys: Sequence[UUID], on: date) -> Iterable[CandidateLine]:
    rows = {row.Enterprise.id: row for some in slices(list(keys)) for row in _rows(some)}
    asked = {key: one for some in slices(list(keys)) for key, one in _asked(some, on).items()}
    villages = path_labels({row.Enterprise.village_code for row in rows.values()})
    for key in keys:
        row, owner = rows[key].Enterprise, rows[key].Owner
        yield CandidateLine(
            enterprise_id=key,
            name=row.name,
            owner=owner.name,
            nik=owner.nik_masked,
            product=row.product_line,
            village=villages.get(row.village_code, ""),
            nib=row.nib,
            started_on=row.started_on,
            health=HEALTH_LABELS.get(row.health_class or "", "belum dinilai"),
            reasons=reasons(asked[key], on=on),
        )


def _asked(keys: Sequence[UUID], on: date) -> dict[UUID, Asked]:
    books, late = cash_facts(list(keys), on=on), _late(keys, on)
    found = {}
    for row in _rows(keys):
        one, owner, book = row.Enterprise, row.Owner, books.get(row.Enterprise.id)
        has_book = book is not None and book.has_book
        found[one.id] = Asked(
            has_consented=row.has_consented,
            life_cycle=one.life_cycle,
            has_nik=owner.nik_masked is not None,
            has_nib=bool(one.nib),
            started_on=one.started_on,
            health_class=one.health_class,
            is_expired=is_expired(one.health_valid_until, on),
            has_proof=is_proof(book.lowest_coverage) if book and has_book else None,
            late_days=late.get(one.id, 0),
        )
    return found


def _rows(keys: Sequence[UUID]) -> Sequence[Any]:
    return db.session.execute(
        select(Enterprise, Owner, may_use(LENDER).label("has_consented"))
        .join(Owner, Owner.id == Enterprise.owner_id)
        .where(Enterprise.id.in_(keys))
    ).all()


def _late(keys: Sequence[UUID], on: date) -> dict[UUID, int]:
    rows = db.session.execute(
        select(Loan.enterprise_id, func.min(Loan.next_due_on).label("oldest"))
        .where(Loan.enterprise_id.in_(keys), Loan.state.in_(OPEN))
        .group_by(Loan.enterprise_id)
    )
    return {row.enterprise_id: days_in_arrears(row.oldest, on) for row in rows}
