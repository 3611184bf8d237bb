"""Which loans somebody reaches: those of their enterprises, or those of their lender."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ColumnElement, and_, select

from app.core.errors import NotFound
from app.core.scope import Scope
from app.credit.models import Loan
from app.credit.queries.consented import is_consented
from app.credit.queries.lender_loans import own_loan
from app.credit.queries.reach import own_lender, own_lender_ids
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries import within


def lent(scope: Scope) -> ColumnElement[bool]:
    """The condition on `Loan` that the caller works for its lender and its owner agreed to it."""
    return and_(
        Loan.lender_id.in_(own_lender_ids(scope)), is_consented(Loan.owner_id, Loan.lender_id)
    )


def loan_row(
    scope: Scope, loan_id: UUID, *, as_lender: bool, locked: bool = False
) -> tuple[Loan, Enterprise]:
    """One loan with its enterprise; `as_lender` for who works for the lender.

    Raises:
        NotFound: unknown, elsewhere, or (to a lender) without consent: the answer is the same.
    """
    if as_lender:
        loan = own_loan(scope, loan_id, locked=locked)
        return loan, db.session.get_one(Enterprise, loan.enterprise_id)
    statement = (
        select(Loan, Enterprise)
        .join(Enterprise, Enterprise.id == Loan.enterprise_id)
        .where(Loan.id == loan_id, within(scope))
    )
    if locked:
        statement = statement.with_for_update(of=Loan).execution_options(populate_existing=True)
    found = db.session.execute(statement).one_or_none()
    if found is None:
        raise NotFound("loan_unknown", message="Pinjaman ini tidak ditemukan.")
    return found.Loan, found.Enterprise


def borrower(scope: Scope, enterprise_id: UUID, lender_id: UUID) -> Enterprise:
    """An enterprise that a lender may see, to who works there.

    Raises:
        NotFound: unknown, without consent, or of another lender: the answer is the same.
    """
    own_lender(scope, lender_id)
    found = db.session.scalars(
        select(Enterprise).where(
            Enterprise.id == enterprise_id, is_consented(Enterprise.owner_id, lender_id)
        )
    ).one_or_none()
    if found is None:
        raise NotFound("enterprise_unknown", message="Usaha ini tidak ditemukan.")
    return found
