"""What mentors spend, and handing in, accepting and returning their months."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import BinaryIO
from uuid import UUID

from app.core.clock import local_today, utc_now
from app.core.errors import InvalidInput, NotAllowed, NotFound, WrongState
from app.core.ids import new_id
from app.core.scope import Scope
from app.db import db
from app.db.once import kept_or_free
from app.files.services import store_photo
from app.history.rules import FieldWording, register_actions, register_fields
from app.history.services import note_read, record
from app.mentoring.models import Expense, Mentor, MonthlyReport
from app.mentoring.queries.mentors import mentor_within
from app.mentoring.queries.reports import stored_report
from app.mentoring.rules.monthly import (
    EXPENSE_KINDS,
    MAX_EXPENSE,
    REPORT_ACCEPTED,
    REPORT_RETURNED,
    SUBMITTED,
    Month,
    check_expense_day,
    check_submission,
    month_of,
)

EXPENSE_ADDED, EXPENSE_REMOVED = "expense.added", "expense.removed"
HANDED_IN, DECIDED_WELL, GIVEN_BACK = (
    "mentor_report.submitted",
    "mentor_report.accepted",
    "mentor_report.returned",
)
register_actions(
    {
        EXPENSE_ADDED: "Pengeluaran dicatat",
        EXPENSE_REMOVED: "Pengeluaran dihapus",
        HANDED_IN: "Laporan bulanan diajukan",
        DECIDED_WELL: "Laporan bulanan diterima",
        GIVEN_BACK: "Laporan bulanan dikembalikan",
    }
)
register_fields(
    "mentor_report", {"month": FieldWording(label="Bulan"), "amount": FieldWording(label="Jumlah")}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spending:
    """One expense as it is told."""

    spent_on: date
    kind: str
    what: str
    amount: int
    no_proof_reason: str | None


def add_expense(
    *, by: UUID, spending: Spending, photo: BinaryIO | None, key: UUID | None = None
) -> UUID:
    """Take down what a mentor spent, once for each key; gives its id.

    Raises:
        NotFound: the account is no mentor.
        InvalidInput: at the field to mend; a photo of the proof or the reason for none is needed.
        WrongState: the month was handed in.
    """
    mentor = _mentor(by)
    _check(spending, has_photo=photo is not None)
    said = {
        "mentor_id": by,
        "spent_on": spending.spent_on,
        "kind": spending.kind,
        "what": spending.what,
        "amount": spending.amount,
    }
    known, key = kept_or_free(Expense, key or new_id(), **said)
    if known is not None:
        return known.id
    _check_day(by, spending.spent_on)
    row = Expense(
        id=key,
        **said,
        photo_id=store_photo(photo, by=by).id if photo is not None else None,
        no_proof_reason=None if photo is not None else spending.no_proof_reason,
        created_at=utc_now(),
    )
    db.session.add(row)
    _note_expense(row, mentor)
    return row.id


def remove_expense(*, by: UUID, expense_id: UUID) -> date:
    """Take an own expense out again; gives its day.

    Raises:
        NotFound: unknown, or somebody else's.
        WrongState: the month was handed in.
    """
    row = db.session.get(Expense, expense_id, with_for_update=True)
    if row is None or row.mentor_id != by:
        raise NotFound("expense_unknown", message="Pengeluaran ini tidak ditemukan.")
    _check_day(by, row.spent_on)
    db.session.delete(row)
    record(
        subject_type="expense",
        subject_id=expense_id,
        action=EXPENSE_REMOVED,
        by=by,
        changes={"amount": [row.amount, None], "spent_on": [row.spent_on.isoformat(), None]},
    )
    return row.spent_on


def submit_report(*, by: UUID, month: Month, note: str | None) -> None:
    """Hand in an own month; one that was returned is handed in again.

    Raises:
        NotFound: the account is no mentor.
        InvalidInput: the month lies ahead.
        WrongState: it lies with the officer, or was accepted.
    """
    mentor = _mentor(by)
    row = stored_report(by, month, for_change=True)
    check_submission(month, today=local_today(), state=row.state if row else None)
    if row is None:
        row = MonthlyReport(id=new_id(), mentor_id=by, month=month.first)
        db.session.add(row)
    row.state, row.mentor_note, row.submitted_at = SUBMITTED, note, utc_now()
    row.decided_by = row.decided_at = row.decision_note = None
    db.session.flush()
    _note(row, HANDED_IN, mentor, by=by, note=note)


def decide_report(
    *, scope: Scope, mentor_id: UUID, month: Month, is_accepted: bool, note: str | None, by: UUID
) -> None:
    """Accept a month that was handed in, or give it back with a note.

    Raises:
        NotFound: the mentor lies outside the scope, or nothing was handed in.
        NotAllowed: the caller's own.
        WrongState: decided meanwhile.
        InvalidInput: field "note", when it is given back without one.
    """
    mentor = mentor_within(scope, mentor_id)
    row = stored_report(mentor_id, month, for_change=True)
    if row is None:
        raise NotFound("report_unknown", message="Laporan ini belum diajukan.")
    if mentor_id == by:
        raise NotAllowed("own_report", message="Laporan sendiri diperiksa oleh petugas lain.")
    if row.state != SUBMITTED:
        raise WrongState("report_decided", message="Laporan ini sudah diputuskan.")
    if not is_accepted and not note:
        raise InvalidInput(
            "note_missing", field="note", message="Tulis apa yang perlu diperbaiki pendamping."
        )
    row.state = REPORT_ACCEPTED if is_accepted else REPORT_RETURNED
    row.decided_by, row.decided_at, row.decision_note = by, utc_now(), note
    _note(row, DECIDED_WELL if is_accepted else GIVEN_BACK, mentor, by=by, note=note)


def note_taken(
    *, mentor_id: UUID, month: Month, form: str, enterprises: list[UUID], by: UUID
) -> None:
    """Note that a month was taken along as a file."""
    note_read(
        kind="export",
        by=by,
        subject_type="mentor_report",
        subject_id=mentor_id,
        enterprises=enterprises,
        facts={"month": month.code, "form": form},
    )


def _mentor(account_id: UUID) -> Mentor:
    found = db.session.get(Mentor, account_id)
    if found is None:
        raise NotFound("mentor_unknown", message="Anda belum terdaftar sebagai pendamping.")
    return found


def _check_day(mentor_id: UUID, spent_on: date) -> None:
    row = stored_report(mentor_id, month_of(spent_on), for_change=True)
    check_expense_day(spent_on, today=local_today(), state=row.state if row else None)


def _check(spending: Spending, *, has_photo: bool) -> None:
    if spending.kind not in EXPENSE_KINDS:
        raise InvalidInput("kind_unknown", field="kind", message="Pilih jenis pengeluaran.")
    if not 0 < spending.amount <= MAX_EXPENSE:
        raise InvalidInput("amount_unreal", field="amount", message="Periksa jumlahnya.")
    if not has_photo and not spending.no_proof_reason:
        raise InvalidInput(
            "proof_missing",
            field="no_proof_reason",
            message="Ambil foto buktinya, atau tulis mengapa tidak ada bukti.",
        )


def _note_expense(row: Expense, mentor: Mentor) -> None:
    record(
        subject_type="expense",
        subject_id=row.id,
        action=EXPENSE_ADDED,
        by=row.mentor_id,
        area_code=mentor.village_code,
        changes={
            "amount": [None, row.amount],
            "spent_on": [None, row.spent_on.isoformat()],
        },
    )


def _note(row: MonthlyReport, action: str, mentor: Mentor, *, by: UUID, note: str | None) -> None:
    record(
        subject_type="mentor_report",
        subject_id=row.id,
        action=action,
        by=by,
        area_code=mentor.village_code,
        changes={"month": [None, Month(first=row.month).label]},
        note=note,
    )
