"""Having phones fetch the card of an enterprise anew when what it shows of loans has changed.

Phones learn of changes by the numbers of the history of an enterprise alone. More people read that
story than may read of loans, so these entries are not told in it and name neither lender nor sum.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, select

from app.credit.models import LenderOfficer, Loan, Member
from app.credit.queries.consented import is_consented
from app.credit.rules.loan_states import OPEN
from app.db import db
from app.enterprises.models import Enterprise
from app.history.rules import register_actions
from app.history.services import Change, record_many

_RENEWED = "enterprise.card_renewed"
register_actions({_RENEWED: "Kartu usaha di HP diperbarui"}, is_told=False)


@contextmanager
def renewing_card(loan: Loan) -> Iterator[None]:
    """Renew the card when the oldest unpaid day of a loan, which every mentor's card shows, is
    another one afterwards; and in any case for a mentor who works for its lender."""
    before = _shown(loan)
    yield
    its_own = Enterprise.id == loan.enterprise_id
    if _shown(loan) == before:
        _renew(its_own, _collected_for(loan.lender_id))
    else:
        _renew(its_own)


def renew_of_member(member: Member) -> None:
    """A membership changed: for the mentors of the owner who work for the lender."""
    _renew(Enterprise.owner_id == member.owner_id, _collected_for(member.lender_id))


def renew_of_officer(lender_id: UUID, account_id: UUID) -> None:
    """Somebody began or stopped to work for a lender."""
    _renew(Enterprise.mentor_id == account_id, _collected_for(lender_id))


def renew_of_lender(lender_id: UUID) -> None:
    """A lender is called otherwise."""
    _renew(_collected_for(lender_id))


def _shown(loan: Loan) -> date | None:
    """What the card tells of it, see `next_due_of`."""
    return loan.next_due_on if loan.state in OPEN else None


def _collected_for(lender_id: UUID) -> ColumnElement[bool]:
    """Enterprises whose mentor works or worked for a lender that their owner lets see them."""
    # Who stopped must let go of it, so whoever ever worked there counts.
    officers = select(LenderOfficer.account_id).where(LenderOfficer.lender_id == lender_id)
    return Enterprise.mentor_id.in_(officers) & is_consented(Enterprise.owner_id, lender_id)


def _renew(*where: ColumnElement[bool]) -> None:
    places = db.session.execute(
        select(Enterprise.id, Enterprise.village_code).where(*where).order_by(Enterprise.id)
    ).all()
    # Who did it stands with the loan: whoever did something at an enterprise is told more of it.
    record_many(
        Change(
            action=_RENEWED,
            subject_type="enterprise",
            subject_id=place.id,
            by=None,
            enterprise_id=place.id,
            area_code=place.village_code,
        )
        for place in places
    )
