"""Lenders of an area: the list, and one with its board, meetings, class of health and steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, true

from app.accounts.queries import names, people
from app.core.clock import local_today
from app.core.errors import NotFound
from app.core.permissions import ROLE_LABELS, Role
from app.core.scope import Scope
from app.core.text import search_text
from app.credit.models import (
    BoardMember,
    Lender,
    LenderGrade,
    LenderMeeting,
    LenderOfficer,
    LenderStep,
)
from app.credit.queries.reach import lender as lender_within_reach
from app.credit.queries.reach import lender_within
from app.credit.rules.forming import (
    BY_THEMSELVES,
    EXAMINED,
    STEPS,
    YEARLY,
    Stand,
    known_papers,
    what_next,
)
from app.credit.rules.lenders import (
    COOPERATIVES,
    DUTIES,
    FORMING_STEPS,
    HEALTH_GRADES,
    LENDER_KINDS,
)
from app.db import db
from app.places.queries import path_label, path_labels

PAGE_SIZE = 50
WORKING, FORMING, CLOSED = "bekerja", "dibentuk", "tutup"
STANDS = {WORKING: "Bekerja", FORMING: "Sedang dibentuk", CLOSED: "Tutup"}


@dataclass(frozen=True, slots=True, kw_only=True)
class LenderLine:
    """One lender as a list shows it; `grade` is a cooperative's class of health."""

    id: UUID
    name: str
    kind: str
    place: str
    stand: str
    grade: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerLine:
    """Who works for a lender."""

    id: UUID
    name: str
    duty: str
    from_on: date
    until_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """One step of forming: reached on a day (the newest time), or still to come."""

    name: str
    to_do: str
    reached_on: date | None
    papers: tuple[str, ...]
    wanted: tuple[str, ...]
    note: str
    photo_of: UUID | None
    is_next: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeLine:
    """A class of health that was found."""

    words: str
    found_on: date
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LenderPage:
    """One lender with all that is known of it; `what_next` is "" when nothing is due."""

    row: Lender
    kind: str
    place: str
    stand: str
    is_cooperative: bool
    grade: GradeLine | None
    grades: tuple[GradeLine, ...]
    board: tuple[BoardMember, ...]
    former_board: tuple[BoardMember, ...]
    meetings: tuple[LenderMeeting, ...]
    officers: tuple[OfficerLine, ...]
    steps: tuple[StepLine, ...]
    position: str
    what_next: str


def lenders(
    scope: Scope, *, text: str = "", stand: str = "", page: int = 0
) -> tuple[list[LenderLine], bool]:
    """One page of the lenders of an area, by name; whether more follow."""
    statement = select(Lender).where(lender_within(scope), _stands(stand))
    if text:
        statement = statement.where(Lender.search_name.contains(search_text(text), autoescape=True))
    rows = db.session.scalars(
        statement.order_by(Lender.search_name, Lender.id)
        .offset(page * PAGE_SIZE)
        .limit(PAGE_SIZE + 1)
    ).all()
    shown = rows[:PAGE_SIZE]
    places = path_labels({row.village_code for row in shown})
    grades = _newest_grades([row.id for row in shown])
    lines = [
        LenderLine(
            id=row.id,
            name=row.name,
            kind=LENDER_KINDS[row.kind],
            place=places.get(row.village_code, ""),
            stand=STANDS[_stand_of(row)],
            grade=HEALTH_GRADES.get(grades.get(row.id, ""), ""),
        )
        for row in shown
    ]
    return lines, len(rows) > PAGE_SIZE


def lender_page(scope: Scope, lender_id: UUID) -> LenderPage:
    """One lender with all that is known of it.

    Raises:
        NotFound: unknown, or elsewhere.
    """
    row = lender_within_reach(scope, lender_id)
    board = _board(row.id)
    meetings = _meetings(row.id)
    grades = _grades(row.id)
    at = position(row.id)
    stand = Stand(
        position=at,
        name=row.name,
        founders=row.founders,
        last_meeting=meetings[0].book_year if meetings else None,
        has_grade=bool(grades),
        is_forming=row.is_forming,
        on=local_today(),
    )
    is_cooperative = row.kind in COOPERATIVES
    return LenderPage(
        row=row,
        kind=LENDER_KINDS[row.kind],
        place=path_label(row.village_code),
        stand=STANDS[_stand_of(row)],
        is_cooperative=is_cooperative,
        grade=grades[0] if grades else None,
        grades=grades,
        board=tuple(one for one in board if one.until_on is None),
        former_board=tuple(one for one in board if one.until_on is not None),
        meetings=meetings,
        officers=officers(row.id),
        steps=_track(row, stand, meetings, grades),
        position=at,
        what_next=what_next(stand) if is_cooperative and not row.is_closed else "",
    )


def position(lender_id: UUID) -> str:
    """The step that was noted last; "" for none."""
    found = db.session.scalars(
        select(LenderStep.step)
        .where(LenderStep.lender_id == lender_id)
        .order_by(LenderStep.recorded_at.desc(), LenderStep.id.desc())
        .limit(1)
    ).one_or_none()
    return found or ""


def officers(lender_id: UUID) -> tuple[OfficerLine, ...]:
    """Who works or worked for a lender, those of today first."""
    rows = db.session.scalars(
        select(LenderOfficer)
        .where(LenderOfficer.lender_id == lender_id)
        .order_by(LenderOfficer.until_on.is_not(None), LenderOfficer.from_on, LenderOfficer.id)
    ).all()
    called = names(row.account_id for row in rows)
    return tuple(
        OfficerLine(
            id=row.id,
            name=called.get(row.account_id, ""),
            duty=DUTIES[row.duty],
            from_on=row.from_on,
            until_on=row.until_on,
        )
        for row in rows
    )


def people_to_appoint(scope: Scope) -> list[tuple[str, str]]:
    """Accounts of the area that may work for a lender, with their role in words."""
    return [
        (str(key), f"{name} ({ROLE_LABELS[role].lower()})")
        for role in (Role.COOPERATIVE_OFFICER, Role.MENTOR)
        for key, name in people(scope, role=role)
    ]


def board_member(scope: Scope, lender_id: UUID, row_id: UUID) -> BoardMember:
    """Somebody who leads or supervises a lender of the area.

    Raises:
        NotFound: unknown, or elsewhere.
    """
    lender_within_reach(scope, lender_id)
    found = db.session.scalars(
        select(BoardMember).where(BoardMember.id == row_id, BoardMember.lender_id == lender_id)
    ).one_or_none()
    if found is None:
        raise NotFound("board_member_unknown", message="Pengurus ini tidak ditemukan.")
    return found


def step_photo(scope: Scope, lender_id: UUID, step_id: UUID) -> UUID | None:
    """The photo of the paper of a step.

    Raises:
        NotFound: unknown, or elsewhere.
    """
    lender_within_reach(scope, lender_id)
    found = db.session.scalars(
        select(LenderStep).where(LenderStep.id == step_id, LenderStep.lender_id == lender_id)
    ).one_or_none()
    if found is None:
        raise NotFound("step_unknown", message="Langkah ini tidak ditemukan.")
    return found.photo_id


def _stands(stand: str) -> ColumnElement[bool]:
    if stand == CLOSED:
        return Lender.is_closed.is_(True)
    if stand == FORMING:
        return Lender.is_forming.is_(True) & Lender.is_closed.is_(False)
    if stand == WORKING:
        return Lender.is_forming.is_(False) & Lender.is_closed.is_(False)
    return true()


def _stand_of(row: Lender) -> str:
    if row.is_closed:
        return CLOSED
    return FORMING if row.is_forming else WORKING


def _newest_grades(lender_ids: Sequence[UUID]) -> dict[UUID, str]:
    newest = (
        select(
            LenderGrade.lender_id,
            LenderGrade.grade,
            func.row_number()
            .over(
                partition_by=LenderGrade.lender_id,
                order_by=(LenderGrade.found_on.desc(), LenderGrade.id.desc()),
            )
            .label("turn"),
        )
        .where(LenderGrade.lender_id.in_(lender_ids))
        .subquery()
    )
    rows = db.session.execute(select(newest.c.lender_id, newest.c.grade).where(newest.c.turn == 1))
    return {row.lender_id: row.grade for row in rows}


def _board(lender_id: UUID) -> tuple[BoardMember, ...]:
    return tuple(
        db.session.scalars(
            select(BoardMember)
            .where(BoardMember.lender_id == lender_id)
            .order_by(BoardMember.from_on, BoardMember.id)
        )
    )


def _meetings(lender_id: UUID) -> tuple[LenderMeeting, ...]:
    return tuple(
        db.session.scalars(
            select(LenderMeeting)
            .where(LenderMeeting.lender_id == lender_id)
            .order_by(LenderMeeting.book_year.desc(), LenderMeeting.id)
        )
    )


def _grades(lender_id: UUID) -> tuple[GradeLine, ...]:
    rows = db.session.scalars(
        select(LenderGrade)
        .where(LenderGrade.lender_id == lender_id)
        .order_by(LenderGrade.found_on.desc(), LenderGrade.id.desc())
    )
    return tuple(
        GradeLine(words=HEALTH_GRADES[row.grade], found_on=row.found_on, source=row.source)
        for row in rows
    )


def _track(
    row: Lender,
    stand: Stand,
    meetings: tuple[LenderMeeting, ...],
    grades: tuple[GradeLine, ...],
) -> tuple[StepLine, ...]:
    """The steps, of a cooperative that is or was formed here."""
    rows = db.session.scalars(
        select(LenderStep)
        .where(LenderStep.lender_id == row.id)
        .order_by(LenderStep.recorded_at, LenderStep.id)
    )
    taken = {one.step: one for one in rows}
    if not taken and not row.is_forming:
        return ()
    # What lies ahead of where it stands now was gone back from, and must be done anew.
    place = FORMING_STEPS.index(stand.position) if stand.position else -1
    by_themselves = {
        YEARLY: min((one.held_on for one in meetings), default=None),
        EXAMINED: min((one.found_on for one in grades), default=None),
    }
    lines = []
    for number, code in enumerate(FORMING_STEPS):
        one = taken.get(code) if number <= place else None
        reached = by_themselves[code] if code in BY_THEMSELVES else one and one.reached_on
        lines.append(_step_line(code, one, reached, is_next=number == place + 1 and row.is_forming))
    return tuple(lines)


def _step_line(
    code: str, taken: LenderStep | None, reached_on: date | None, *, is_next: bool
) -> StepLine:
    step = STEPS[code]
    return StepLine(
        name=step.name,
        to_do=step.to_do,
        reached_on=reached_on,
        papers=tuple(known_papers(taken.papers.split())) if taken else (),
        wanted=tuple(step.papers.values()),
        note=taken.note if taken else "",
        photo_of=taken.id if taken and taken.photo_id else None,
        is_next=is_next,
    )
