"""How far a scope reaches into lenders: those one works for, and those of one's area."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, or_, select, true

from app.core.clock import local_today
from app.core.errors import NotFound
from app.core.scope import WHOLE_COUNTRY, Scope
from app.credit.models import Lender, LenderOfficer
from app.credit.rules.lenders import LENDER_KINDS
from app.db import db
from app.db.areas import lies_in, lies_in_any
from app.enterprises.models import Enterprise

# "33.02": a lender serves the regency that it stands in.
_REGENCY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class LenderRow:
    """A lender as others name it; `duty` is what the caller does there, if they work there."""

    id: UUID
    name: str
    kind: str
    village_code: str
    is_forming: bool
    is_closed: bool
    duty: str | None = None

    @property
    def kind_words(self) -> str:
        """What it is, in words."""
        return LENDER_KINDS[self.kind]


def own_lenders(scope: Scope) -> list[LenderRow]:
    """The lenders that the caller works for today, by name."""
    rows = db.session.execute(
        select(Lender, LenderOfficer.duty)
        .join(LenderOfficer, LenderOfficer.lender_id == Lender.id)
        .where(*_works_there(scope, local_today()))
        .order_by(Lender.search_name, Lender.id)
    )
    return [_row(lender, duty) for lender, duty in rows]


def own_lender_ids(scope: Scope) -> Select[UUID]:
    """The lenders that the caller works for today, as a subquery."""
    return select(LenderOfficer.lender_id).where(*_works_there(scope, local_today()))


def own_lender(scope: Scope, lender_id: UUID, *, locked: bool = False) -> Lender:
    """A lender that the caller works for; `locked` holds its row until the transaction ends.

    Raises:
        NotFound: unknown, or one where the caller doesn't work: the answer is the same.
    """
    return _found(Lender.id.in_(own_lender_ids(scope)), lender_id, locked=locked)


def duty_at(scope: Scope, lender_id: UUID) -> str | None:
    """What the caller does for a lender today; None if nothing."""
    return db.session.scalars(
        select(LenderOfficer.duty).where(
            *_works_there(scope, local_today()), LenderOfficer.lender_id == lender_id
        )
    ).one_or_none()


def lender(scope: Scope, lender_id: UUID, *, locked: bool = False) -> Lender:
    """A lender of the areas of a scope (see `lender_within`).

    Raises:
        NotFound: unknown, or elsewhere: the answer is the same.
    """
    return _found(lender_within(scope), lender_id, locked=locked)


def lender_within(scope: Scope) -> ColumnElement[bool]:
    """The condition on `Lender` that it stands in an area of the scope.

    A mentor's areas are the regencies of the enterprises that are theirs: a lender serves more
    than the village it stands in. Who works for a lender reaches it by `own_lender` alone.
    """
    if WHOLE_COUNTRY in scope.areas:
        return true()
    conditions = [lies_in_any(Lender.village_code, scope.areas)] if scope.areas else []
    conditions += [lies_in(Lender.village_code, code) for code in _mentored(scope)]
    return or_(*conditions) if conditions else false()


def lenders_near(village_codes: Iterable[str]) -> list[LenderRow]:
    """The lenders to whom enterprises of some villages may turn: those at work in their regencies.

    By name.
    """
    regencies = sorted({code[:_REGENCY] for code in village_codes})
    if not regencies:
        return []
    statement = (
        select(Lender)
        .where(
            lies_in_any(Lender.village_code, regencies),
            Lender.is_forming.is_(False),
            Lender.is_closed.is_(False),
        )
        .order_by(Lender.search_name, Lender.id)
    )
    return [_row(one) for one in db.session.scalars(statement)]


def _works_there(scope: Scope, today: date) -> tuple[ColumnElement[bool], ...]:
    if scope.account_id is None:
        return (false(),)
    # Who stops is out at once, whatever day is written.
    return (
        LenderOfficer.account_id == scope.account_id,
        LenderOfficer.until_on.is_(None),
        LenderOfficer.from_on <= today,
    )


def _mentored(scope: Scope) -> list[str]:
    if scope.mentor_account_id is None:
        return []
    villages = db.session.scalars(
        select(Enterprise.village_code)
        .where(Enterprise.mentor_id == scope.mentor_account_id)
        .distinct()
    )
    return sorted({code[:_REGENCY] for code in villages})


def _found(reached: ColumnElement[bool], lender_id: UUID, *, locked: bool) -> Lender:
    statement = select(Lender).where(Lender.id == lender_id, reached)
    if locked:
        statement = statement.with_for_update(of=Lender)
    found = db.session.scalars(statement).one_or_none()
    if found is None:
        raise NotFound("lender_unknown", message="Lembaga ini tidak ditemukan.")
    return found


def _row(one: Lender, duty: str | None = None) -> LenderRow:
    return LenderRow(
        id=one.id,
        name=one.name,
        kind=one.kind,
        village_code=one.village_code,
        is_forming=one.is_forming,
        is_closed=one.is_closed,
        duty=duty,
    )
