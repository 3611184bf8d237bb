"""Setting a loan out anew when it can't be paid as agreed, and taking it off the books."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from app.core.clock import local_today
from app.core.errors import InvalidInput, NotAllowed, WrongState
from app.core.scope import Scope
from app.credit.models import Loan
from app.credit.queries.lender_loans import owed_of, own_loan
from app.credit.queries.reach import duty_at
from app.credit.rules.lenders import BOARD
from app.credit.rules.loan_moves import kept_reason
from app.credit.rules.loan_states import OPEN, RESTRUCTURED, WRITTEN_OFF
from app.credit.rules.offers import MOST_RATE
from app.credit.rules.schedules import MOST_PAYMENTS, MURABAHAH
from app.credit.services.carrying_down import carry_down, check_version, step
from app.credit.services.phone_cards import renewing_card
from app.credit.services.schedules import lay_schedule
from app.history.rules import FieldWording, register_actions, register_fields
from app.history.services import record

register_actions(
    {
        "loan_schedule.restructured": "Pinjaman ditata ulang",
        "loan_schedule.written_off": "Pinjaman dihapus buku",
    }
)
register_fields(
    "loan_schedule",
    {
        "schedule_no": FieldWording(label="Jadwal ke"),
        "count": FieldWording(label="Banyaknya angsuran"),
        "rate": FieldWording(label="Bunga setahun, perseratus persen"),
        "first_due_on": FieldWording(label="Angsuran pertama"),
    },
)

_LONGEST_BREAK = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTerms:
    """How what is left is paid from now on; `rate` is in hundredths of a percent a year.

    `gives_up_interest`: what was due in interest and nobody paid is not asked for any more.
    """

    count: int
    rate: int
    first_due_on: date
    gives_up_interest: bool = False


def restructure(
    *, scope: Scope, by: UUID, loan_id: UUID, version: int, terms: NewTerms, reason: str
) -> Loan:
    """Lay a new schedule for what is left of a loan; the one before it stays as it was.

    Unpaid interest that is due is shared over the new payments and bears no interest. A murabahah
    gets no new margin: what is left of the agreed one is shared over the new payments.

    Raises:
        NotFound: the loan is none that the caller reaches.
        NotAllowed: the caller is not of the board.
        WrongState: the loan does not run.
        Conflict: it changed meanwhile.
        InvalidInput: terms of which no schedule can be made, or no reason.
    """
    loan = _decided(scope, loan_id, version, reason)
    _check_terms(loan, terms)
    before = _terms_in_words(loan)
    with renewing_card(loan):
        _lay_anew(loan, terms)
        carry_down(loan, by=by)
        step(loan, RESTRUCTURED, by=by, reason=reason.strip())
    after = _terms_in_words(loan)
    changes = {name: [before[name], after[name]] for name in before}
    _note(loan, "loan_schedule.restructured", by, changes)
    return loan


def write_off(*, scope: Scope, by: UUID, loan_id: UUID, version: int, reason: str) -> Loan:
    """Take a loan off the books: it is still owed, and what comes back is still kept.

    Raises:
        As `restructure`.
    """
    loan = _decided(scope, loan_id, version, reason)
    with renewing_card(loan):
        step(loan, WRITTEN_OFF, by=by, reason=reason.strip())
    loan.version += 1
    _note(loan, "loan_schedule.written_off", by, {})
    return loan


def _lay_anew(loan: Loan, terms: NewTerms) -> None:
    owed = owed_of(loan)
    due = sum(one.interest for one in owed if one.due_on <= local_today())
    given_up = due if terms.gives_up_interest else 0
    interest_before = due - given_up
    if loan.method == MURABAHAH:
        loan.margin = sum(one.interest for one in owed) - given_up
        interest_before = 0
    loan.count, loan.rate = terms.count, terms.rate
    lay_schedule(
        loan,
        first_due_on=terms.first_due_on,
        schedule_no=loan.schedule_no + 1,
        principal=loan.principal_left,
        interest_before=interest_before,
    )


def _terms_in_words(loan: Loan) -> dict[str, object]:
    return {
        "schedule_no": loan.schedule_no,
        "count": loan.count,
        "rate": loan.rate,
        "first_due_on": loan.first_due_on and loan.first_due_on.isoformat(),
    }


def _decided(scope: Scope, loan_id: UUID, version: int, reason: str) -> Loan:
    loan = own_loan(scope, loan_id, locked=True)
    if duty_at(scope, loan.lender_id) != BOARD:
        message = "Hanya pengurus atau komite yang boleh memutuskan ini."
        raise NotAllowed("board_only", message=message)
    if loan.state not in OPEN:
        raise WrongState("loan_not_open", message="Pinjaman ini tidak sedang berjalan.")
    check_version(loan, version)
    kept_reason(reason)
    return loan


def _check_terms(loan: Loan, terms: NewTerms) -> None:
    most = MOST_PAYMENTS[loan.every]
    if not 1 <= terms.count <= most:
        raise InvalidInput("count", field="count", message=f"Angsuran 1 sampai {most} kali.")
    if not 0 <= terms.rate <= MOST_RATE * 100:
        message = f"Bunga 0 sampai {MOST_RATE}% setahun."
        raise InvalidInput("rate", field="rate", message=message)
    today = local_today()
    if not today < terms.first_due_on <= today + _LONGEST_BREAK:
        message = "Angsuran pertama sesudah hari ini, paling lama setahun lagi."
        raise InvalidInput("first_due", field="first_due_on", message=message)


def _note(loan: Loan, action: str, by: UUID, changes: dict[str, list[object]]) -> None:
    record(subject_type="loan_schedule", subject_id=loan.id, action=action, by=by, changes=changes)
