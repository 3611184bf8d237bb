"""Visits and promises."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, select, true
from sqlalchemy.orm import selectinload

from app.accounts.queries import names
from app.core.clock import local_date
from app.core.errors import NotFound
from app.core.scope import Scope
from app.db import db
from app.db.keyset import Key, behind, ordering, words_of
from app.enterprises.models import Enterprise
from app.enterprises.queries import within
from app.health.rules.protocol import VisitFacts, due_after_visit
from app.mentoring.models import Assignment, Promise, Visit, VisitPhoto
from app.mentoring.rules import (
    MEETING_PLACES,
    NEXT_STEPS,
    OPEN,
    OUTCOME_LABELS,
    OWNER_CONFIRMATIONS,
    PROMISE_STATES,
    NextStep,
)
from app.web.paging import Page, decode_cursor, encode_cursor

SHOWN = 50
_NEWEST_FIRST = (
    Key(column=Visit.visited_on, is_falling=True),
    Key(column=Visit.received_at, is_falling=True),
    Key(column=Visit.id, is_falling=True),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseLine:
    """A promise as it is shown."""

    id: UUID
    text: str
    due_on: date
    state: str
    state_label: str
    is_late: bool
    # The day on which the owner said that it is done.
    said_done_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoMark:
    """A photo that a phone announced with a visit; `has_arrived` when it is here."""

    id: UUID
    has_arrived: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitLine:
    """A visit as it is shown, with what was promised there and what was settled."""

    id: UUID
    enterprise_id: UUID
    enterprise_name: str
    visitor_id: UUID
    visitor_name: str
    outcome: str
    outcome_label: str
    was_met: bool
    reason: str | None
    visited_on: date
    started_at: datetime | None
    duration_minutes: int | None
    confirmation_label: str | None
    place_label: str | None
    lat: float | None
    lng: float | None
    has_photo: bool
    photo_id: UUID | None
    met_with: str | None
    findings: str | None
    next_visit_on: date | None
    received_at: datetime
    promises: tuple[PromiseLine, ...]
    settled: tuple[PromiseLine, ...] = ()
    # Those that were announced by a phone, in their order.
    photos: tuple[PhotoMark, ...] = ()

    @property
    def photos_missing(self) -> int:
        """How many announced photos have not arrived."""
        return sum(not photo.has_arrived for photo in self.photos)

    @property
    def next_step(self) -> NextStep | None:
        """What should follow, where nobody was met for a reason that wants an answer."""
        return NEXT_STEPS.get(self.outcome)


@dataclass(frozen=True, slots=True, kw_only=True)
class CareSpan:
    """One mentor's time with an enterprise."""

    mentor_name: str
    from_on: date
    until_on: date | None
    reason: str


def visit_facts(row: Enterprise, *, assigned_on: date | None = None) -> VisitFacts:
    """What the protocol needs to know of an enterprise."""
    return VisitFacts(
        life_cycle=row.life_cycle,
        health_class=row.health_class,
        assessed_on=row.assessed_on,
        sick_since_on=row.sick_since_on,
        last_visit_on=row.last_visit_on,
        assigned_on=assigned_on,
    )


def visits_of(
    scope: Scope, enterprise_id: UUID, *, today: date, cursor: str | None = None
) -> Page[VisitLine]:
    """One page of the visits to an enterprise, newest first; none when it lies outside the scope.

    Raises:
        InvalidInput: code "cursor_unknown".
    """
    place = decode_cursor(cursor, key_count=len(_NEWEST_FIRST))
    rows = _rows(
        select(Visit, Enterprise.name).where(
            Visit.enterprise_id == enterprise_id,
            within(scope),
            behind(_NEWEST_FIRST, place.keys) if place else true(),
        ),
        limit=SHOWN + 1,
    )
    shown = rows[:SHOWN]
    last = encode_cursor(*words_of(_NEWEST_FIRST, shown[-1][0])) if len(rows) > SHOWN else None
    return Page(rows=_lines(shown, today), next_cursor=last)


def visits_by(scope: Scope, mentor_id: UUID, *, today: date, limit: int = 20) -> list[VisitLine]:
    """The last visits that an account made to enterprises in scope, newest first."""
    statement = select(Visit, Enterprise.name).where(Visit.mentor_id == mentor_id, within(scope))
    return _lines(_rows(statement, limit=limit), today)


def visit(scope: Scope, visit_id: UUID, *, today: date) -> VisitLine:
    """One visit.

    Raises:
        NotFound: unknown, or to an enterprise outside the scope.
    """
    found = _lines(
        _rows(select(Visit, Enterprise.name).where(Visit.id == visit_id, within(scope)), limit=1),
        today,
    )
    if not found:
        raise NotFound("visit_unknown", message="Kunjungan ini tidak ditemukan.")
    return found[0]


def open_promises(enterprise_id: UUID) -> list[Promise]:
    """What is promised and not yet settled, by day; the caller found the enterprise in scope."""
    statement = (
        select(Promise)
        .where(Promise.enterprise_id == enterprise_id, Promise.state == OPEN)
        .order_by(Promise.due_on, Promise.id)
    )
    return list(db.session.scalars(statement))


def promise_line(promise: Promise, *, today: date) -> PromiseLine:
    """A promise as it is shown."""
    return PromiseLine(
        id=promise.id,
        text=promise.text,
        due_on=promise.due_on,
        state=promise.state,
        state_label=PROMISE_STATES[promise.state],
        is_late=promise.state == OPEN and promise.due_on < today,
        said_done_on=local_date(promise.owner_said_at) if promise.owner_said_at else None,
    )


def care_of(scope: Scope, enterprise_id: UUID) -> list[CareSpan]:
    """Who had an enterprise in care, newest first."""
    rows = db.session.scalars(
        select(Assignment)
        .join(Enterprise, Enterprise.id == Assignment.enterprise_id)
        .where(Assignment.enterprise_id == enterprise_id, within(scope))
        .order_by(Assignment.from_on.desc(), Assignment.id.desc())
    ).all()
    known = names(row.mentor_id for row in rows)
    return [
        CareSpan(
            mentor_name=known[row.mentor_id],
            from_on=row.from_on,
            until_on=row.until_on,
            reason=row.reason,
        )
        for row in rows
    ]


def _rows(statement: Select[Visit, str], *, limit: int) -> list[tuple[Visit, str]]:
    ordered = (
        statement.join(Enterprise, Enterprise.id == Visit.enterprise_id)
        .options(selectinload(Visit.promises))
        .order_by(*ordering(_NEWEST_FIRST))
        .limit(limit)
    )
    return [(row[0], row[1]) for row in db.session.execute(ordered)]


def _lines(rows: Sequence[tuple[Visit, str]], today: date) -> list[VisitLine]:
    known = names(found.mentor_id for found, _ in rows)
    ids = [found.id for found, _ in rows]
    settled, photos = _settled_in(ids, today), _photos_of(ids)
    lines = (
        _line(found, name, known[found.mentor_id], settled.get(found.id, []), today)
        for found, name in rows
    )
    return [_with_photos(line, photos.get(line.id, ())) for line in lines]


def _with_photos(line: VisitLine, photos: Sequence[PhotoMark]) -> VisitLine:
    has_photo = line.has_photo or any(photo.has_arrived for photo in photos)
    return replace(line, photos=tuple(photos), has_photo=has_photo)


def _photos_of(visit_ids: list[UUID]) -> dict[UUID, list[PhotoMark]]:
    statement = (
        select(VisitPhoto.id, VisitPhoto.visit_id, VisitPhoto.photo_id)
        .where(VisitPhoto.visit_id.in_(visit_ids))
        .order_by(VisitPhoto.place, VisitPhoto.id)
    )
    found: dict[UUID, list[PhotoMark]] = {}
    for row in db.session.execute(statement):
        mark = PhotoMark(id=row.id, has_arrived=row.photo_id is not None)
        found.setdefault(row.visit_id, []).append(mark)
    return found


def photo_of_visit(scope: Scope, visit_id: UUID, photo_id: UUID) -> UUID | None:
    """The stored file of an announced photo; None when there is none, or it is not here, or the
    visit lies outside the scope."""
    return db.session.scalar(
        select(VisitPhoto.photo_id)
        .join(Visit, Visit.id == VisitPhoto.visit_id)
        .join(Enterprise, Enterprise.id == Visit.enterprise_id)
        .where(VisitPhoto.id == photo_id, VisitPhoto.visit_id == visit_id, within(scope))
    )


def _settled_in(visit_ids: Iterable[UUID], today: date) -> dict[UUID, list[PromiseLine]]:
    statement = (
        select(Promise)
        .where(Promise.settled_in_visit_id.in_(list(visit_ids)))
        .order_by(Promise.due_on, Promise.id)
    )
    found: dict[UUID, list[PromiseLine]] = {}
    for promise in db.session.scalars(statement):
        if promise.settled_in_visit_id is not None:
            line = promise_line(promise, today=today)
            found.setdefault(promise.settled_in_visit_id, []).append(line)
    return found


def _line(
    found: Visit, enterprise_name: str, visitor: str, settled: list[PromiseLine], today: date
) -> VisitLine:
    return VisitLine(
        id=found.id,
        enterprise_id=found.enterprise_id,
        enterprise_name=enterprise_name,
        visitor_id=found.mentor_id,
        visitor_name=visitor,
        outcome=found.outcome,
        outcome_label=OUTCOME_LABELS[found.outcome],
        was_met=found.outcome == "bertemu",
        reason=found.reason,
        visited_on=found.visited_on,
        started_at=found.started_at,
        duration_minutes=found.duration_minutes,
        confirmation_label=OWNER_CONFIRMATIONS.get(found.owner_confirmation or ""),
        place_label=MEETING_PLACES.get(found.place_kind or ""),
        lat=found.lat,
        lng=found.lng,
        has_photo=found.photo_id is not None,
        photo_id=found.photo_id,
        met_with=found.met_with,
        findings=found.findings,
        next_visit_on=found.next_visit_on,
        received_at=found.received_at,
        promises=tuple(promise_line(promise, today=today) for promise in found.promises),
        settled=tuple(settled),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """When the protocol wants the next visit, if this one is today: when met, and when not."""

    if_met: date | None
    if_not_met: date | None


def proposal(row: Enterprise, *, today: date) -> Proposal:
    """What the form proposes for the next visit."""
    facts = visit_facts(row)
    return Proposal(
        if_met=due_after_visit(facts, visited_on=today, was_met=True),
        if_not_met=due_after_visit(facts, visited_on=today, was_met=False),
    )
