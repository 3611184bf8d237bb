"""Money taken in on the way, for an enterprise that the collector stands in front of."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import exists, select

from app.core.errors import Conflict, InvalidInput, NotFound
from app.core.scope import Scope
from app.credit.models import Loan, Repayment
from app.credit.queries.lender_loans import owed_of, own_loan
from app.credit.queries.members import member as member_within_reach
from app.credit.rules.loan_states import PAYABLE
from app.credit.rules.savings import IN
from app.credit.services.repayments import repay
from app.credit.services.savings import save
from app.db import db

# So long may what a collector knows of a loan be old.
_WITHOUT_NEWS = timedelta(days=7)


def collect_instalment(
    *,
    scope: Scope,
    by: UUID,
    repayment_id: UUID,
    enterprise_id: UUID,
    loan_id: UUID,
    amount: int,
    paid_on: date,
    happened_at: datetime,
    note: str = "",
    is_checked: bool = False,
) -> str:
    """Keep a sum for a loan of an enterprise and give the number of its receipt.

    `is_checked`: somebody looked at it, so more than is owed may be right.

    Raises:
        As `repay`; NotFound also for the loan of another enterprise. InvalidInput when it is more
        than all that is owed, Conflict when it is so because others took in money meanwhile.
    """
    loan = own_loan(scope, loan_id, locked=True)
    if loan.enterprise_id != enterprise_id:
        raise NotFound("loan_unknown", message="Pinjaman ini tidak ditemukan.")
    if not is_checked and db.session.get(Repayment, repayment_id) is None:
        _check_owed(loan, amount, by=by, since=happened_at - _WITHOUT_NEWS)
    return repay(
        scope=scope,
        by=by,
        repayment_id=repayment_id,
        loan_id=loan_id,
        amount=amount,
        paid_on=paid_on,
        note=note,
    ).receipt


def collect_saving(
    *,
    scope: Scope,
    by: UUID,
    row_id: UUID,
    owner_id: UUID,
    member_id: UUID,
    kind: str,
    amount: int,
    happened_on: date,
    note: str = "",
) -> str:
    """Keep what a member pays in and give the number of its receipt.

    Raises:
        As `save`; NotFound also for a member who is another owner.
    """
    if member_within_reach(scope, member_id).owner_id != owner_id:
        raise NotFound("member_unknown", message="Anggota ini tidak ditemukan.")
    return save(
        scope=scope,
        by=by,
        row_id=row_id,
        member_id=member_id,
        kind=kind,
        direction=IN,
        amount=amount,
        happened_on=happened_on,
        note=note,
    ).receipt


def _check_owed(loan: Loan, amount: int, *, by: UUID, since: datetime) -> None:
    if loan.state not in PAYABLE or amount <= sum(one.total for one in owed_of(loan)):
        return
    message = "Jumlah ini lebih dari seluruh sisa pinjaman. Periksa angka nolnya."
    by_others = exists().where(
        Repayment.loan_id == loan.id, Repayment.recorded_by != by, Repayment.recorded_at > since
    )
    if db.session.scalar(select(by_others)):
        raise Conflict("paid_meanwhile", message="Orang lain juga menerima angsuran pinjaman ini.")
    raise InvalidInput("more_than_owed", field="amount", message=message)
