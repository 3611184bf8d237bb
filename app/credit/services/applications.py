"""From the draft of an application to what two people of the lender decide about it."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from app.core.clock import local_today, utc_now
from app.core.errors import Conflict, InvalidInput, WrongState
from app.core.ids import new_id
from app.core.scope import Scope
from app.credit.models import Loan
from app.credit.queries.consented import is_consented
from app.credit.queries.judging import blocks_now, judge
from app.credit.queries.loan_reach import borrower
from app.credit.queries.reach import lenders_near, own_lender
from app.credit.rules.asked import Asked, check_asked
from app.credit.rules.judging import CLEAR, NEVER, Judged, from_json, to_json
from app.credit.rules.loan_moves import check_move, kept_reason
from app.credit.rules.loan_states import (
    APPROVED,
    ASKED,
    CANCELLED,
    CHECKED,
    COMMITTEE,
    DRAFT,
    REFUSED,
    SUBMITTED,
    TO_LEND,
)
from app.credit.services.loan_steps import add_word, check_stranger, held, move, note, note_step
from app.db import db
from app.db.once import kept_or_free
from app.enterprises.models import Enterprise
from app.enterprises.queries import enterprise as enterprise_within

_TERMS = (
    "offer_code",
    "amount",
    "method",
    "count",
    "every",
    "rate",
    "margin",
    "fee",
    "purpose",
    "purpose_note",
    "other_income",
    "needs",
    "is_calculated",
    "has_arrears",
)


def draft_loan(
    *,
    scope: Scope,
    by: UUID,
    as_lender: bool,
    loan_id: UUID | None = None,
    enterprise_id: UUID,
    asked: Asked,
) -> Loan:
    """Write down what an enterprise asks for; the same under the same id is one application.

    Raises:
        NotFound: the enterprise is not reached, or (by a lender) without consent.
        InvalidInput: no such lender nearby, or terms that are no loan.
    """
    enterprise = _asking(scope, enterprise_id, asked.lender_id, as_lender=as_lender)
    check_asked(asked)
    said = {name: getattr(asked, name) for name in _TERMS}
    said |= {"lender_id": asked.lender_id, "enterprise_id": enterprise.id}
    known, key = kept_or_free(Loan, loan_id or new_id(), **said)
    if known is not None:
        return known
    made = Loan(
        id=key,
        owner_id=enterprise.owner_id,
        state=DRAFT,
        judged={},
        made_by=by,
        made_at=utc_now(),
        state_on=local_today(),
        **said,
    )
    db.session.add(made)
    db.session.flush()
    note(made, "loan.drafted", by)
    return made


def change_draft(
    *, scope: Scope, by: UUID, as_lender: bool, loan_id: UUID, version: int, asked: Asked
) -> Loan:
    """Change what is asked for, as long as it is a draft.

    Raises:
        NotFound, Conflict: see `held`.
        WrongState: it was handed in.
        InvalidInput: no such lender nearby, or terms that are no loan.
    """
    loan, enterprise = held(scope, loan_id, as_lender=as_lender, version=version)
    check_move(loan.state, SUBMITTED)
    _asking(scope, enterprise.id, asked.lender_id, as_lender=as_lender)
    check_asked(asked)
    for name in (*_TERMS, "lender_id"):
        setattr(loan, name, getattr(asked, name))
    loan.version += 1
    note(loan, "loan.changed", by)
    return loan


def hand_in(*, scope: Scope, by: UUID, as_lender: bool, loan_id: UUID, version: int) -> Loan:
    """Hand an application to its lender.

    Raises:
        NotFound, Conflict: see `held`; Conflict too when another one waits there.
        WrongState: it was handed in, or the owner did not let this lender see the business.
    """
    loan, _ = held(scope, loan_id, as_lender=as_lender, version=version)
    check_move(loan.state, SUBMITTED)
    _check_consent(loan)
    _check_alone(loan)
    return move(loan, SUBMITTED, by)


def send_back(*, scope: Scope, by: UUID, loan_id: UUID, version: int, reason: str) -> Loan:
    """Give an application back to be changed, with what is missing.

    Raises:
        NotFound, Conflict, WrongState: see `held` and `move`.
        InvalidInput: no reason.
    """
    loan, _ = held(scope, loan_id, as_lender=True, version=version)
    loan.judged = {}
    return move(loan, DRAFT, by, kept_reason(reason))


def check(*, scope: Scope, by: UUID, loan_id: UUID, version: int, reason: str = "") -> Loan:
    """Have checked what was handed in; what the rules say is kept with it.

    Raises:
        NotFound, Conflict, WrongState: see `held` and `move`.
        NotAllowed: one's own loan.
    """
    loan, enterprise = held(scope, loan_id, as_lender=True, version=version)
    check_stranger(loan, by)
    check_move(loan.state, CHECKED)
    loan.judged = to_json(judge(loan, enterprise, on=local_today()))
    return move(loan, CHECKED, by, reason.strip())


def to_committee(*, scope: Scope, by: UUID, loan_id: UUID, version: int, reason: str = "") -> Loan:
    """Bring what was checked before those who decide; the rules are asked once more.

    Raises:
        NotFound, Conflict, WrongState: see `held` and `move`; WrongState too when nobody may lend.
        NotAllowed: one's own loan.
    """
    loan, enterprise = held(scope, loan_id, as_lender=True, version=version)
    check_stranger(loan, by)
    check_move(loan.state, COMMITTEE)
    judged = judge(loan, enterprise, on=local_today())
    if judged.need == NEVER:
        raise _never(judged)
    loan.judged = to_json(judged)
    return move(loan, COMMITTEE, by, reason.strip())


def decide(*, scope: Scope, by: UUID, loan_id: UUID, version: int, reason: str = "") -> Loan:
    """One person's word to lend; the second person's makes it so.

    Where the rules stand against it, the first writes why it is lent in spite of that.

    Raises:
        NotFound, Conflict, WrongState: see `held`; Conflict too for the same person again,
            WrongState when the business got worse since it was checked.
        NotAllowed: one's own loan, or both prepared it.
        InvalidInput: an exception without a reason.
    """
    loan, enterprise = held(scope, loan_id, as_lender=True, version=version)
    check_stranger(loan, by)
    check_move(loan.state, APPROVED)
    judged = check_not_worse(loan, enterprise)
    turn = add_word(loan, TO_LEND, by, reason.strip())
    if turn == 1:
        if judged.need != CLEAR:
            loan.exception_reason = kept_reason(reason)
            loan.exception_by = by
        note_step(loan, COMMITTEE, by, reason.strip())
        note(loan, "loan.setuju", by)
        return loan
    return move(loan, APPROVED, by, reason.strip())


def refuse(*, scope: Scope, by: UUID, loan_id: UUID, version: int, reason: str) -> Loan:
    """Refuse an application, with the reason that the owner is told.

    Raises:
        NotFound, Conflict, WrongState: see `held` and `move`.
        InvalidInput: no reason.
        NotAllowed: one's own loan.
    """
    loan, _ = held(scope, loan_id, as_lender=True, version=version)
    check_stranger(loan, by)
    return move(loan, REFUSED, by, kept_reason(reason))


def cancel(
    *, scope: Scope, by: UUID, as_lender: bool, loan_id: UUID, version: int, reason: str
) -> Loan:
    """Call an application off before the money is given.

    Raises:
        NotFound, Conflict, WrongState: see `held` and `move`.
        InvalidInput: no reason.
    """
    loan, _ = held(scope, loan_id, as_lender=as_lender, version=version)
    return move(loan, CANCELLED, by, kept_reason(reason))


def check_not_worse(loan: Loan, enterprise: Enterprise) -> Judged:
    """What was kept of the rules; refuse to go on when something blocks that nobody knew then.

    Raises:
        WrongState: the business got worse.
    """
    judged = from_json(loan.judged)
    if judged is None:
        raise WrongState("not_judged", message="Pengajuan ini belum diperiksa.")
    found = judged.new_blocks(blocks_now(enterprise, on=local_today()))
    if found:
        reasons = " ".join(one.reason for one in found)
        raise WrongState(
            "worse_since",
            message=f"Sejak diperiksa, keadaan usaha memburuk. {reasons} "
            "Tolak atau batalkan pengajuan ini, lalu ajukan lagi bila sudah pulih.",
        )
    return judged


def _asking(scope: Scope, enterprise_id: UUID, lender_id: UUID, *, as_lender: bool) -> Enterprise:
    if as_lender:
        lender = own_lender(scope, lender_id)
        if lender.is_forming or lender.is_closed:
            raise WrongState("lender_not_at_work", message="Lembaga ini belum atau tidak bekerja.")
        return borrower(scope, enterprise_id, lender_id)
    found = enterprise_within(scope, enterprise_id)
    if lender_id not in {one.id for one in lenders_near([found.village_code])}:
        message = "Pilih lembaga di kabupaten usaha ini."
        raise InvalidInput("lender_far", field="lembaga", message=message)
    return found


def _check_consent(loan: Loan) -> None:
    agreed = select(Loan.id).where(Loan.id == loan.id, is_consented(Loan.owner_id, Loan.lender_id))
    if db.session.scalars(agreed).one_or_none() is None:
        raise WrongState(
            "lender_consent_missing",
            message="Pemilik belum setuju lembaga ini melihat usahanya. "
            "Catat dahulu persetujuannya, lalu ajukan.",
        )


def _check_alone(loan: Loan) -> None:
    waiting = select(Loan.id).where(
        Loan.lender_id == loan.lender_id,
        Loan.owner_id == loan.owner_id,
        Loan.id != loan.id,
        Loan.state.in_((*ASKED, APPROVED)),
    )
    if db.session.scalars(waiting.limit(1)).one_or_none() is not None:
        message = "Masih ada pengajuan lain di lembaga ini yang belum selesai."
        raise Conflict("another_waits", message=message)


def _never(judged: Judged) -> WrongState:
    largest = judged.carried.largest
    less = "" if not largest else " Kembalikan untuk dikecilkan jumlahnya, atau tolak."
    return WrongState(
        "beyond_exception",
        message=f"Tidak dapat dibawa ke komite. {' '.join(judged.against)}{less}",
    )
