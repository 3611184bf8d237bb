"""The lenders that an owner may be asked about, and the owner's word for each of them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, exists, or_, select

from app.accounts.queries import names
from app.core.errors import NotFound
from app.credit.models import Lender, LenderConsent, Member
from app.credit.queries.consented import is_consented
from app.credit.queries.reach import lenders_near
from app.db import db
from app.enterprises.models import Enterprise


@dataclass(frozen=True, slots=True, kw_only=True)
class LenderWord:
    """One lender with an owner's latest word for it; `is_given`: it sees the business now."""

    lender: Lender
    is_given: bool
    is_member: bool
    row: LenderConsent | None
    recorded_by: str | None


def lender_words(owner_id: UUID) -> list[LenderWord]:
    """Every lender that an owner the caller found may be asked about, by name."""
    rows = db.session.execute(
        select(
            Lender,
            is_consented(owner_id, Lender.id).label("is_given"),
            _is_member(owner_id).label("is_member"),
        )
        .where(is_asked_about(owner_id))
        .order_by(Lender.search_name, Lender.id)
    ).all()
    latest = _latest(owner_id)
    people = names([row.recorded_by for row in latest.values()])
    return [_word(*row, latest.get(row.Lender.id), people) for row in rows]


def lender_near(owner_id: UUID, lender_id: UUID) -> Lender:
    """A lender that an owner whom the caller found may be asked about.

    Raises:
        NotFound: unknown, or far from all that the owner has.
    """
    found = db.session.scalars(
        select(Lender).where(Lender.id == lender_id, is_asked_about(owner_id))
    ).one_or_none()
    if found is None:
        raise NotFound("lender_unknown", message="Lembaga ini tidak ditemukan.")
    return found


def is_asked_about(owner_id: UUID) -> ColumnElement[bool]:
    """The condition on `Lender` that it is at work in a regency where the owner has an enterprise,
    or that the owner said something about it or is its member."""
    villages = select(Enterprise.village_code).where(Enterprise.owner_id == owner_id)
    near = lenders_near(db.session.scalars(villages))
    spoke = exists().where(LenderConsent.owner_id == owner_id, LenderConsent.lender_id == Lender.id)
    return or_(Lender.id.in_([one.id for one in near]), spoke, _is_member(owner_id))


def open_word(owner_id: UUID, lender_id: UUID) -> LenderConsent | None:
    """The word for a lender that was not taken back, whether or not it still holds."""
    return db.session.scalars(
        select(LenderConsent).where(
            LenderConsent.owner_id == owner_id,
            LenderConsent.lender_id == lender_id,
            LenderConsent.withdrawn_at.is_(None),
        )
    ).one_or_none()


def _is_member(owner_id: UUID) -> ColumnElement[bool]:
    return exists().where(Member.owner_id == owner_id, Member.lender_id == Lender.id)


def _latest(owner_id: UUID) -> dict[UUID, LenderConsent]:
    rows = db.session.scalars(
        select(LenderConsent)
        .where(LenderConsent.owner_id == owner_id)
        .order_by(LenderConsent.recorded_at, LenderConsent.id)
    )
    return {row.lender_id: row for row in rows}


def _word(
    lender: Lender,
    is_given: bool,
    is_member: bool,
    row: LenderConsent | None,
    people: dict[UUID, str],
) -> LenderWord:
    return LenderWord(
        lender=lender,
        is_given=is_given,
        is_member=is_member,
        row=row,
        recorded_by=people.get(row.recorded_by) if row is not None else None,
    )
