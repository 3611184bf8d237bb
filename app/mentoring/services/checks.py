"""Accepting reports of visits, giving them back with a note, answering."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from app.core.clock import utc_now
from app.core.errors import InvalidInput, NotAllowed, WrongState
from app.core.scope import Scope
from app.history.rules import register_actions
from app.history.services import Change, record, record_many
from app.mentoring.models import Visit, VisitCheck
from app.mentoring.queries.checks import checks_within, own_check
from app.mentoring.rules import ACCEPTED, ANSWERED, RETURNED, TO_CHECK

VISIT_ACCEPTED = "visit.accepted"
VISIT_RETURNED = "visit.returned"
VISIT_ANSWERED = "visit.answered"
register_actions(
    {
        VISIT_ACCEPTED: "Laporan kunjungan diterima",
        VISIT_RETURNED: "Laporan kunjungan dikembalikan",
        VISIT_ANSWERED: "Catatan petugas dijawab",
    }
)


def accept_visits(*, scope: Scope, visit_ids: Iterable[UUID], by: UUID) -> int:
    """Accept reports; gives how many. What was decided meanwhile is left as it is.

    Raises:
        NotFound: one is unknown or outside the scope.
        NotAllowed: one is the caller's own.
    """
    rows = checks_within(scope, visit_ids)
    _refuse_own(rows, by)
    waiting = [row for row in rows if row[0].state in TO_CHECK]
    now = utc_now()
    for check, _, _ in waiting:
        check.state, check.checked_by, check.checked_at = ACCEPTED, by, now
    # The work of mentors is no part of an enterprise's timeline.
    record_many(
        Change(
            action=VISIT_ACCEPTED,
            subject_type="visit",
            subject_id=visit.id,
            by=by,
            area_code=village,
        )
        for _, visit, village in waiting
    )
    return len(waiting)


def return_visit(*, scope: Scope, visit_id: UUID, note: str | None, by: UUID) -> None:
    """Give a report back to its mentor with a note; nothing else changes.

    Raises:
        NotFound: unknown, or outside the scope.
        NotAllowed: the caller's own.
        WrongState: it waits for no look.
        InvalidInput: field "note".
    """
    rows = checks_within(scope, [visit_id])
    _refuse_own(rows, by)
    check, visit, village = rows[0]
    if check.state not in TO_CHECK:
        raise WrongState("visit_checked", message="Kunjungan ini sudah diperiksa petugas lain.")
    if not note:
        raise InvalidInput(
            "note_missing", field="note", message="Tulis apa yang perlu dijelaskan pendamping."
        )
    check.state, check.note = RETURNED, note
    check.checked_by, check.checked_at = by, utc_now()
    check.answer = check.answered_at = None
    record(
        subject_type="visit",
        subject_id=visit.id,
        action=VISIT_RETURNED,
        by=by,
        area_code=village,
        note=note,
    )


def answer_visit(*, visit_id: UUID, answer: str, by: UUID) -> None:
    """Answer the note on one's own visit; the officers see it again.

    Raises:
        NotFound: unknown, or somebody else's.
        WrongState: nothing was asked, or it was answered.
    """
    check = own_check(by, visit_id)
    if check.state != RETURNED:
        raise WrongState(
            "nothing_asked", message="Tidak ada catatan yang menunggu jawaban untuk kunjungan ini."
        )
    check.state, check.answer, check.answered_at = ANSWERED, answer, utc_now()
    record(subject_type="visit", subject_id=visit_id, action=VISIT_ANSWERED, by=by, note=answer)


def _refuse_own(rows: list[tuple[VisitCheck, Visit, str]], by: UUID) -> None:
    if any(visit.mentor_id == by for _, visit, _ in rows):
        raise NotAllowed("own_visit", message="Kunjungan sendiri diperiksa oleh petugas lain.")
