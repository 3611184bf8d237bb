"""One step of a loan: locked, checked against what was seen, written down."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from app.core.clock import local_today, utc_now
from app.core.ids import new_id
from app.core.scope import Scope
from app.credit.models import Loan, LoanDecision, LoanStep
from app.credit.queries.loan_reach import loan_row
from app.credit.rules.loan_moves import check_move, check_not_own, check_second
from app.credit.rules.loan_states import CHECKED, SUBMITTED
from app.credit.services.carrying_down import check_version
from app.db import db
from app.enterprises.models import Enterprise, Owner
from app.history.rules import register_actions
from app.history.services import record

# The audit tells that a step was made and by whom, not how much anybody wants or owes.
register_actions(
    {
        "loan.drafted": "Pengajuan pinjaman disusun",
        "loan.changed": "Pengajuan pinjaman diubah",
        "loan.diajukan": "Pinjaman diajukan",
        "loan.draf": "Pengajuan pinjaman dikembalikan",
        "loan.diperiksa": "Pengajuan pinjaman diperiksa",
        "loan.komite": "Pengajuan pinjaman dibawa ke komite",
        "loan.setuju": "Keputusan pertama atas pinjaman",
        "loan.disetujui": "Pinjaman disetujui",
        "loan.ditolak": "Pengajuan pinjaman ditolak",
        "loan.dibatalkan": "Pengajuan pinjaman dibatalkan",
        "loan.cair": "Pencairan pinjaman diminta",
        "loan.dicairkan": "Pinjaman dicairkan",
        "loan.berjalan": "Jadwal pinjaman berjalan",
    }
)


def held(
    scope: Scope, loan_id: UUID, *, as_lender: bool, version: int | None = None
) -> tuple[Loan, Enterprise]:
    """One loan, held until the transaction ends.

    Raises:
        NotFound: not reached.
        Conflict: somebody changed it since it was read.
    """
    loan, enterprise = loan_row(scope, loan_id, as_lender=as_lender, locked=True)
    if version is not None:
        check_version(loan, version)
    return loan, enterprise


def move(loan: Loan, to_state: str, by: UUID, reason: str = "") -> Loan:
    """Have a loan stand elsewhere, and write down who did it and why.

    Raises:
        WrongState: it can't go there from where it stands.
    """
    check_move(loan.state, to_state)
    loan.state = to_state
    loan.state_on = local_today()
    note_step(loan, to_state, by, reason)
    note(loan, f"loan.{to_state}", by)
    return loan


def note_step(loan: Loan, state: str, by: UUID, reason: str) -> None:
    """Write down a step for those who read the loan."""
    loan.version += 1
    db.session.add(
        LoanStep(
            id=new_id(),
            loan_id=loan.id,
            to_state=state,
            reason=reason,
            by=by,
            happened_at=utc_now(),
        )
    )
    db.session.flush()


def note(loan: Loan, action: str, by: UUID) -> None:
    """Write down a step for the audit; not into the story of the enterprise, which more read."""
    village = db.session.get_one(Enterprise, loan.enterprise_id).village_code
    record(subject_type="loan", subject_id=loan.id, area_code=village, action=action, by=by)


def check_stranger(loan: Loan, by: UUID) -> None:
    """Refuse that somebody judges their own loan.

    Raises:
        NotAllowed: it is theirs.
    """
    check_not_own(db.session.get_one(Owner, loan.owner_id).account_id, by)


def add_word(loan: Loan, decision: str, by: UUID, reason: str) -> int:
    """Write down one person's word; gives whether it is the first or the second.

    Raises:
        Conflict: the same person again.
        NotAllowed: both prepared the loan.
    """
    words = db.session.scalars(
        select(LoanDecision)
        .where(LoanDecision.loan_id == loan.id, LoanDecision.decision == decision)
        .order_by(LoanDecision.turn)
    ).all()
    if words:
        check_second(words[0].by, by, _prepared(loan))
    turn = len(words) + 1
    db.session.add(
        LoanDecision(
            id=new_id(),
            loan_id=loan.id,
            decision=decision,
            turn=turn,
            reason=reason,
            by=by,
            decided_at=utc_now(),
        )
    )
    db.session.flush()
    return turn


def _prepared(loan: Loan) -> set[UUID]:
    steps = select(LoanStep.by).where(
        LoanStep.loan_id == loan.id, LoanStep.to_state.in_((SUBMITTED, CHECKED))
    )
    return set(db.session.scalars(steps))
