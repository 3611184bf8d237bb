"""What mentors spent, and whose months the caller may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.core.errors import NotFound
from app.core.money import format_rupiah
from app.core.scope import Scope
from app.db import db
from app.mentoring.models import Expense, Mentor
from app.mentoring.queries.mentors import mentor_within
from app.mentoring.rules.monthly import EXPENSE_KINDS, Month


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpenseLine:
    """One expense as it is shown."""

    id: UUID
    spent_on: date
    kind: str
    what: str
    amount: int
    has_photo: bool
    no_proof_reason: str | None

    @property
    def amount_text(self) -> str:
        """The amount in words."""
        return format_rupiah(self.amount)

    @property
    def proof(self) -> str:
        """What proves it, or why nothing does."""
        return "ada foto" if self.has_photo else f"tidak ada: {self.no_proof_reason}"


def check_subject(scope: Scope, mentor_id: UUID) -> bool:
    """Whether the report is the caller's own; somebody else's must lie in the scope.

    Raises:
        NotFound: it doesn't, or the caller is no mentor.
    """
    if scope.mentor_account_id == mentor_id:
        if db.session.get(Mentor, mentor_id) is None:
            raise NotFound("mentor_unknown", message="Anda belum terdaftar sebagai pendamping.")
        return True
    mentor_within(scope, mentor_id)
    return False


def check_own(account_id: UUID, mentor_id: UUID) -> None:
    """Refuse what only the mentor may do, as if the other's month did not exist.

    Raises:
        NotFound: it is somebody else's.
    """
    if account_id != mentor_id:
        raise NotFound("mentor_unknown", message="Pendamping ini tidak ditemukan.")


def expense_within(scope: Scope, expense_id: UUID) -> Expense:
    """One expense.

    Raises:
        NotFound: unknown, or of somebody whom the caller doesn't reach.
    """
    found = db.session.get(Expense, expense_id)
    if found is None:
        raise NotFound("expense_unknown", message="Pengeluaran ini tidak ditemukan.")
    try:
        check_subject(scope, found.mentor_id)
    except NotFound as stranger:
        raise NotFound("expense_unknown", message="Pengeluaran ini tidak ditemukan.") from stranger
    return found


def expense_lines(scope: Scope, mentor_id: UUID, month: Month) -> list[ExpenseLine]:
    """The expenses of a month with their proof, by day."""
    check_subject(scope, mentor_id)
    rows = db.session.scalars(
        select(Expense)
        .where(Expense.mentor_id == mentor_id, Expense.spent_on.between(month.first, month.last))
        .order_by(Expense.spent_on, Expense.id)
    )
    return [
        ExpenseLine(
            id=row.id,
            spent_on=row.spent_on,
            kind=EXPENSE_KINDS[row.kind],
            what=row.what,
            amount=row.amount,
            has_photo=row.photo_id is not None,
            no_proof_reason=row.no_proof_reason,
        )
        for row in rows
    ]
