"""How a lender stands: its board, yearly meetings, class of health, and the steps of forming it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO
from uuid import UUID

from sqlalchemy import select

from app.core.clock import local_today, utc_now
from app.core.errors import Conflict, InvalidInput, NotFound, WrongState
from app.core.scope import Scope
from app.credit.models import BoardMember, Lender, LenderGrade, LenderMeeting, LenderStep
from app.credit.queries.lenders import position
from app.credit.queries.reach import lender as lender_within_reach
from app.credit.rules.forming import ACTIVE, LAWFUL, NIB, PERMIT, STEPS, TAX, check_step
from app.credit.rules.lenders import COOPERATIVES, HEALTH_GRADES, kept_nib, kept_npwp
from app.db import db
from app.db.once import kept_or_free
from app.files.services import store_photo
from app.history.rules import FieldWording, register_actions, register_fields
from app.history.services import record

register_actions(
    {
        "lender.board_set": "Pengurus lembaga dicatat",
        "lender.board_ended": "Pengurus lembaga berhenti",
        "lender.met": "Rapat anggota tahunan dicatat",
        "lender.graded": "Kesehatan koperasi dicatat",
        "lender.stepped": "Langkah pembentukan koperasi dicatat",
    }
)
register_fields(
    "lender",
    {
        "step": FieldWording(label="Langkah", say=lambda code: STEPS[code].name),
        "grade": FieldWording(label="Kesehatan", say=HEALTH_GRADES.__getitem__),
        "book_year": FieldWording(label="Tahun buku"),
        "position": FieldWording(label="Jabatan"),
    },
)
_FIRST_YEAR = 1950
_MOST_PRESENT = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A step that was taken, with what it brought: a number and its day, or founders."""

    step: str
    on: date
    papers: tuple[str, ...] = ()
    founders: int | None = None
    number: str | None = None
    note: str = ""


def set_board_member(
    *,
    scope: Scope,
    by: UUID,
    row_id: UUID,
    lender_id: UUID,
    name: str,
    position: str,
    from_on: date,
) -> BoardMember:
    """Write down who leads or supervises a lender; the same under the same id is written once.

    Raises:
        NotFound: unknown, or outside the scope.
        InvalidInput: a day to come.
    """
    lender = lender_within_reach(scope, lender_id)
    _check_past(from_on, "from_on")
    told = {"lender_id": lender.id, "name": name, "position": position, "from_on": from_on}
    known, key = kept_or_free(BoardMember, row_id, **told)
    if known is not None:
        return known
    made = BoardMember(id=key, **told)
    db.session.add(made)
    _note(lender, "lender.board_set", by, {"position": [None, position]}, name)
    return made


def end_board_member(
    *, scope: Scope, by: UUID, lender_id: UUID, row_id: UUID, until_on: date
) -> BoardMember:
    """Write down that somebody leads or supervises no more.

    Raises:
        NotFound: unknown, or of a lender outside the scope.
        InvalidInput: a day to come, or before it began.
    """
    lender = lender_within_reach(scope, lender_id)
    row = db.session.scalars(
        select(BoardMember)
        .where(BoardMember.id == row_id, BoardMember.lender_id == lender.id)
        .with_for_update()
    ).one_or_none()
    if row is None:
        raise NotFound("board_member_unknown", message="Pengurus ini tidak ditemukan.")
    _check_past(until_on, "until_on")
    if until_on < row.from_on:
        message = "Tanggal ini sebelum ia menjabat. Periksa."
        raise InvalidInput("until_before_from", field="until_on", message=message)
    row.until_on = until_on
    _note(lender, "lender.board_ended", by, {"position": [row.position, None]}, row.name)
    return row


def note_meeting(
    *,
    scope: Scope,
    by: UUID,
    row_id: UUID,
    lender_id: UUID,
    book_year: int,
    held_on: date,
    present: int,
    surplus: int | None,
    note: str = "",
) -> LenderMeeting:
    """Write down a yearly meeting of members; one for each book year.

    Raises:
        NotFound: unknown, or outside the scope.
        WrongState: it has no members who meet.
        InvalidInput: a day to come, or before the book year ended.
        Conflict: that of this book year was noted already.
    """
    lender = _cooperative(scope, lender_id)
    _check_past(held_on, "held_on")
    if not _FIRST_YEAR <= book_year < held_on.year or not 0 <= present <= _MOST_PRESENT:
        message = "Rapat diadakan setelah tahun bukunya berakhir. Periksa tahun dan tanggalnya."
        raise InvalidInput("book_year_open", field="book_year", message=message)
    told = {"lender_id": lender.id, "book_year": book_year, "held_on": held_on, "present": present}
    known, key = kept_or_free(LenderMeeting, row_id, **told)
    if known is not None:
        return known
    made = LenderMeeting(
        id=key, **told, surplus=surplus, note=note, recorded_by=by, recorded_at=utc_now()
    )
    db.session.add(made)
    db.session.flush()
    _note(lender, "lender.met", by, {"book_year": [None, str(book_year)]})
    return made


def note_grade(
    *,
    scope: Scope,
    by: UUID,
    row_id: UUID,
    lender_id: UUID,
    grade: str,
    found_on: date,
    source: str,
) -> LenderGrade:
    """Write down a class of health that the office in charge found; the newest counts.

    Raises:
        NotFound: unknown, or outside the scope.
        WrongState: it is no cooperative.
        InvalidInput: no known class, or a day to come.
    """
    lender = _cooperative(scope, lender_id)
    if grade not in HEALTH_GRADES:
        raise InvalidInput("grade_unknown", field="grade", message="Pilih kelasnya.")
    _check_past(found_on, "found_on")
    told = {"lender_id": lender.id, "grade": grade, "found_on": found_on, "source": source}
    known, key = kept_or_free(LenderGrade, row_id, **told)
    if known is not None:
        return known
    made = LenderGrade(id=key, **told, recorded_by=by, recorded_at=utc_now())
    db.session.add(made)
    _note(lender, "lender.graded", by, {"grade": [None, grade]}, source)
    return made


def take_step(
    *,
    scope: Scope,
    by: UUID,
    row_id: UUID,
    lender_id: UUID,
    version: int,
    taken: Taken,
    photo: BinaryIO | None = None,
) -> LenderStep:
    """Write down that a cooperative in the making reached a step, with what it brought.

    Raises:
        NotFound: unknown, or outside the scope.
        WrongState: it is at work already.
        Conflict: somebody else noted a step since.
        InvalidInput: it can't be reached yet (see `check_step`), or a day to come.
    """
    lender = lender_within_reach(scope, lender_id, locked=True)
    known, key = kept_or_free(LenderStep, row_id, lender_id=lender.id, step=taken.step)
    if known is not None:
        return known
    _check(lender, version, taken)
    made = LenderStep(
        id=key,
        lender_id=lender.id,
        step=taken.step,
        reached_on=taken.on,
        papers=" ".join(one for one in taken.papers if one in STEPS[taken.step].papers),
        photo_id=store_photo(photo, by=by).id if photo is not None else None,
        note=taken.note,
        recorded_by=by,
        recorded_at=utc_now(),
    )
    db.session.add(made)
    _bring(lender, taken)
    _note(lender, "lender.stepped", by, {"step": [None, taken.step]}, taken.note or None)
    return made


def _check(lender: Lender, version: int, taken: Taken) -> None:
    if not lender.is_forming:
        raise WrongState("formed", message="Koperasi ini sudah bekerja.")
    if lender.version != version:
        raise Conflict("version_stale", message="Langkah lain baru saja dicatat. Muat ulang.")
    _check_past(taken.on, "on")
    if taken.step not in STEPS:
        raise InvalidInput("step_unknown", field="step", message="Pilih langkahnya.")
    check_step(
        taken.step,
        position=position(lender.id),
        papers=taken.papers,
        founders=lender.founders if taken.founders is None else taken.founders,
        name=lender.name,
        note=taken.note,
    )
    if taken.step == LAWFUL and not taken.number:
        message = "Isi nomor keputusan pengesahannya."
        raise InvalidInput("number_missing", field="paper_number", message=message)


def _bring(lender: Lender, taken: Taken) -> None:
    """Keep with the lender what the step brought."""
    if taken.founders is not None:
        lender.founders = taken.founders
    if taken.step == ACTIVE:
        lender.is_forming = False
    lender.version += 1
    if not taken.number:
        return
    if taken.step == LAWFUL:
        lender.legal_number, lender.legal_on = taken.number, taken.on
    elif taken.step == TAX:
        lender.npwp = _at_number(kept_npwp, taken.number)
    elif taken.step == NIB:
        lender.nib = _at_number(kept_nib, taken.number)
    elif taken.step == PERMIT:
        lender.permit_number = taken.number


def _at_number(read: Any, text: str) -> Any:
    try:
        return read(text)
    except InvalidInput as refusal:
        raise InvalidInput(refusal.code, field="paper_number", message=refusal.message) from refusal


def _cooperative(scope: Scope, lender_id: UUID) -> Lender:
    lender = lender_within_reach(scope, lender_id)
    if lender.kind not in COOPERATIVES or lender.is_forming:
        raise WrongState(
            "no_cooperative", message="Ini hanya untuk koperasi dan BMT yang sudah bekerja."
        )
    return lender


def _check_past(day: date, field: str) -> None:
    if day > local_today():
        message = "Tanggal ini tidak boleh setelah hari ini."
        raise InvalidInput(f"{field}_future", field=field, message=message)


def _note(
    lender: Lender, action: str, by: UUID, changes: dict[str, Any], note: str | None = None
) -> None:
    record(
        subject_type="lender",
        subject_id=lender.id,
        area_code=lender.village_code,
        action=action,
        by=by,
        changes=changes,
        note=note,
    )
