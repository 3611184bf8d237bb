"""Lenders at work: loans that run, debts that were told, words that were given, steps taken."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, update

from app.accounts.models import Account, Membership
from app.core.clock import local_today, utc_now
from app.core.ids import new_id
from app.core.permissions import Role
from app.credit.models import InformalDebt, Lender, LenderConsent, LenderOfficer, Loan
from app.credit.rules.lenders import BOARD
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from app.enterprises.queries.reach import in_area
from tests.factories.credit import lender_consent
from tests.factories.credit_loans import repayment, running_loan
from tests.factories.enterprises import enterprise

PAYMENT = 575_000


def fill_the_loans(area_code: str, *, officer_id: UUID) -> None:
    """Let the cooperative of the officer who is surveyed lend, and owners tell of debts."""
    clerk_id = db.session.scalars(
        select(Account.id)
        .join(Membership)
        .where(Membership.role == Role.COOPERATIVE_OFFICER)
        .order_by(Account.id)
        .limit(1)
    ).one()
    lender_id = db.session.scalars(
        select(Lender.id)
        .join(LenderOfficer, LenderOfficer.lender_id == Lender.id)
        .where(LenderOfficer.account_id == clerk_id)
        .order_by(Lender.search_name, Lender.id)
        .limit(1)
    ).one()
    village = db.session.get_one(Lender, lender_id).village_code
    db.session.rollback()
    with transaction():
        # Who decides is shown how a loan is set out anew.
        db.session.execute(
            update(LenderOfficer).where(LenderOfficer.account_id == clerk_id).values(duty=BOARD)
        )
    _lend(lender_id, clerk_id, village)
    _tell(area_code, lender_id, by=officer_id)


def _lend(lender_id: UUID, clerk_id: UUID, village: str) -> None:
    """A loan of which the first payment came back."""
    borrower = enterprise(name="Keripik Bu Lastri", village_code=village)
    first_due_on = local_today() - timedelta(days=10)
    loan_id = running_loan(
        db.session.get_one(Lender, lender_id), borrower, first_due_on=first_due_on
    ).id
    loan, clerk = db.session.get_one(Loan, loan_id), db.session.get_one(Account, clerk_id)
    repayment(loan, clerk, amount=PAYMENT)


def _tell(area_code: str, lender_id: UUID, *, by: UUID) -> None:
    """All owners of the area told of a debt and let a lender see their business."""
    rows = db.session.execute(
        select(Enterprise.id, Enterprise.owner_id).where(in_area(area_code)).order_by(Enterprise.id)
    ).all()
    db.session.rollback()
    with transaction():
        db.session.add_all(
            InformalDebt(
                id=new_id(),
                enterprise_id=key,
                kind="keluarga",
                amount=500_000,
                monthly=50_000,
                told_on=local_today(),
                recorded_by=by,
                recorded_at=utc_now(),
            )
            for key, _ in rows
        )
    for owner_id in dict.fromkeys(owner_id for _, owner_id in rows):
        if not _is_said(owner_id, lender_id):
            lender_consent(owner_id, lender_id)


def _is_said(owner_id: UUID, lender_id: UUID) -> bool:
    known = select(LenderConsent.id).filter_by(owner_id=owner_id, lender_id=lender_id).limit(1)
    return db.session.scalars(known).first() is not None
