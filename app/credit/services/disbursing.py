"""Giving the money: one person asks for it, another one gives it."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from app.core.clock import local_today
from app.core.errors import InvalidInput
from app.core.scope import Scope
from app.credit.models import Loan
from app.credit.rules.loan_moves import check_move
from app.credit.rules.loan_states import APPROVED, DISBURSED, RUNNING, TO_PAY_OUT
from app.credit.services.applications import check_not_worse
from app.credit.services.loan_steps import add_word, check_stranger, held, move, note, note_step
from app.credit.services.phone_cards import renewing_card
from app.credit.services.schedules import lay_schedule

# The longest time without a payment that the products of the reference know is 8 months.
_LATEST_FIRST = timedelta(days=250)


def disburse(
    *,
    scope: Scope,
    by: UUID,
    loan_id: UUID,
    disbursed_on: date,
    first_due_on: date,
    version: int | None = None,
) -> Loan:
    """The first person's word to pay out; with the second person's the money is given.

    The days are those that the second one says. Then the payments are laid down.

    Raises:
        NotFound, Conflict, WrongState: see `held`; Conflict too for the same person again,
            WrongState when the business got worse since it was decided.
        NotAllowed: one's own loan, or both prepared it.
        InvalidInput: impossible days.
    """
    loan, enterprise = held(scope, loan_id, as_lender=True, version=version)
    check_stranger(loan, by)
    check_move(loan.state, DISBURSED)
    _check_days(loan, disbursed_on, first_due_on)
    check_not_worse(loan, enterprise)
    loan.disbursed_on, loan.first_due_on = disbursed_on, first_due_on
    if add_word(loan, TO_PAY_OUT, by, "") == 1:
        note_step(loan, APPROVED, by, "")
        note(loan, "loan.cair", by)
        return loan
    with renewing_card(loan):
        move(loan, DISBURSED, by)
        lay_schedule(loan, first_due_on=first_due_on, schedule_no=1)
        return move(loan, RUNNING, by)


def _check_days(loan: Loan, disbursed_on: date, first_due_on: date) -> None:
    if not loan.state_on <= disbursed_on <= local_today():
        message = "Tanggal pencairan: dari hari disetujui sampai hari ini."
        raise InvalidInput("disbursed_on", field="disbursed_on", message=message)
    if not disbursed_on < first_due_on <= disbursed_on + _LATEST_FIRST:
        message = "Angsuran pertama jatuh tempo sesudah pencairan, paling lambat delapan bulan."
        raise InvalidInput("first_due_on", field="first_due_on", message=message)
