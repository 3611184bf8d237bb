"""Who looked after an enterprise, when it was visited, what was found and promised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

from app.demo.invention.sayings import FINDINGS, NOT_MET_REASONS, PROMISES, SUBSTITUTES
from app.demo.loading.cast import Cast
from app.demo.loading.office import slip_of
from app.demo.loading.register import Subject
from app.demo.loading.shelf import at_work, key_at
from app.demo.simulator import QUARTER_DAYS, World
from app.mentoring.models import Assignment, Promise, Visit
from app.mentoring.rules.visits import NewPromise, VisitReport
from app.mentoring.rules.words import BROKEN, KEPT, MET, NOT_MET, OPEN

ASSIGNMENT, VISIT, PROMISE = Assignment.__table__, Visit.__table__, Promise.__table__
HANDED_OVER_SHARE = 0.12
WITHOUT_MENTOR_SHARE = 0.03
NOT_MET_SHARE = 0.08
ON_ASSESSMENT_DAY_SHARE = 0.5
KEPT_SHARE = 0.68
MEETING_PLACES = ("tempat_usaha", "tempat_usaha", "tempat_usaha", "rumah", "pasar", "telepon")


@dataclass(frozen=True, slots=True)
class Period:
    """An assignment: place of the mentor in the world, first and last day."""

    mentor: int
    from_on: date
    until_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Care:
    """All assignments of an enterprise, oldest first."""

    periods: tuple[Period, ...]

    @property
    def present(self) -> Period | None:
        """The open one."""
        last = self.periods[-1]
        return last if last.until_on is None else None

    def mentor_on(self, day: date, *, otherwise: int) -> int:
        """The mentor of a day."""
        for period in self.periods:
            if period.from_on <= day and (period.until_on is None or day <= period.until_on):
                return period.mentor
        return otherwise


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A visit that was tried: the day and whether somebody was met."""

    day: date
    mentor: int
    was_met: bool


def draw_care(world: World, subject: Subject, chance: Random) -> Care:
    """Assignments from registration on; some were handed over, some have nobody now."""
    mentor = int(world.people.mentor[subject.row])
    from_on = min(subject.registered_on + timedelta(days=chance.randrange(1, 9)), world.last_on)
    until_on = subject.ended_on
    if until_on is None and chance.random() < WITHOUT_MENTOR_SHARE:
        until_on = max(from_on, world.last_on - timedelta(days=chance.randrange(5, 60)))
    if until_on is not None:
        until_on = max(from_on, until_on)
    colleague = _colleague(world, mentor, chance)
    handed_on = date.fromordinal(world.first_day(0)) + timedelta(days=chance.randrange(1, 240))
    latest = until_on or world.last_on
    if colleague != mentor and from_on < handed_on < latest and chance.random() < HANDED_OVER_SHARE:
        before = Period(colleague, from_on, handed_on - timedelta(days=1))
        return Care(periods=(before, Period(mentor, handed_on, until_on)))
    return Care(periods=(Period(mentor, from_on, until_on),))


def _colleague(world: World, mentor: int, chance: Random) -> int:
    regencies = world.people.mentor_regency
    same = (regencies == regencies[mentor]).nonzero()[0].tolist()
    return int(chance.choice(same))


def assignment_rows(
    subject: Subject, care: Care, *, cast: Cast, chance: Random
) -> list[dict[str, Any]]:
    """The rows of all assignments, made by the officer of the regency."""
    return [
        {
            "id": key_at(chance, at_work(chance, period.from_on)),
            "enterprise_id": subject.enterprise_id,
            "mentor_id": cast.mentors[period.mentor],
            "from_on": period.from_on,
            "until_on": period.until_on,
            "assigned_by": cast.officers[subject.village_code[:5]],
            "reason": chance.choice(SUBSTITUTES) if place else "",
        }
        for place, period in enumerate(care.periods)
    ]


def draw_calls(
    world: World, subject: Subject, care: Care, assessed: dict[int, date], chance: Random
) -> list[Call]:
    """The days on which somebody came, in order; at most one visit a day."""
    days: dict[date, bool] = {}
    first_on, last_on = care.periods[0].from_on, care.periods[-1].until_on or world.last_on
    for quarter, each in enumerate(world.rounds):
        start = date.fromordinal(world.first_day(quarter))
        count = int(each.visits[subject.row])
        for number in range(count):
            day = start + timedelta(days=chance.randrange(QUARTER_DAYS))
            if number == 0 and quarter in assessed and chance.random() < ON_ASSESSMENT_DAY_SHARE:
                day = assessed[quarter]
            if first_on <= day <= last_on:
                days.setdefault(day, chance.random() >= NOT_MET_SHARE)
    return [
        Call(day=day, mentor=care.mentor_on(day, otherwise=care.periods[0].mentor), was_met=met)
        for day, met in sorted(days.items())
    ]


class VisitBook:
    """Writes the visits of one enterprise; promises pass from one visit to the next."""

    def __init__(self, world: World, subject: Subject, cast: Cast, chance: Random) -> None:
        self.world, self.subject, self.cast, self.chance = world, subject, cast, chance
        self.waiting: list[dict[str, Any]] = []
        self.promises: list[dict[str, Any]] = []

    def visit_row(self, call: Call, *, health_class: str | None, next_on: date | None) -> Any:
        """The row of a visit; its promises are kept for later."""
        started_at = at_work(self.chance, call.day)
        key = key_at(self.chance, started_at)
        settled = self._settle(key) if call.was_met else {}
        fresh = self._promise(call) if call.was_met else ()
        slip = slip_of(key)
        report = self._report(key, call, health_class, next_on, settled, fresh)
        for promise in fresh:
            self._note(key, promise)
        received_at = started_at + timedelta(minutes=self.chance.randrange(20, 400))
        off = timedelta(minutes=slip.clock_minutes)
        return {
            "id": key,
            "enterprise_id": report.enterprise_id,
            "mentor_id": self.cast.mentors[call.mentor],
            "outcome": report.outcome,
            "reason": report.reason,
            "visited_on": report.visited_on,
            "started_at": started_at,
            "duration_minutes": report.duration_minutes,
            "place_kind": report.place_kind,
            "lat": report.lat,
            "lng": report.lng,
            "photo_id": None,
            "met_with": report.met_with,
            "findings": report.findings,
            "next_visit_on": report.next_visit_on,
            "owner_confirmation": report.owner_confirmation,
            "device_at": received_at - off if off else None,
            "received_at": received_at,
            "content_sha256": report.fingerprint(),
        }

    def _report(
        self,
        key: UUID,
        call: Call,
        health_class: str | None,
        next_on: date | None,
        settled: dict[UUID, str],
        fresh: tuple[NewPromise, ...],
    ) -> VisitReport:
        chance, met = self.chance, call.was_met
        place, slip = chance.choice(MEETING_PLACES), slip_of(key)
        lat = self.subject.lat if met and place == "tempat_usaha" else None
        return VisitReport(
            id=key,
            enterprise_id=self.subject.enterprise_id,
            outcome=MET if met else NOT_MET,
            visited_on=call.day,
            reason=None if met else chance.choice(NOT_MET_REASONS),
            duration_minutes=chance.choice((25, 30, 40, 45, 60)) if met else None,
            place_kind=place if met else None,
            lat=lat + slip.drift if lat is not None else None,
            lng=self.subject.lng if lat is not None else None,
            met_with=self._met_with() if met else None,
            findings=chance.choice(FINDINGS[health_class or "kurang_sehat"]) if met else None,
            next_visit_on=next_on,
            owner_confirmation=slip.confirmation if met and place != "telepon" else None,
            settled=settled,
            promises=fresh,
        )

    def _met_with(self) -> str:
        return self.subject.owner_called if self.chance.random() < 0.86 else "Keluarga pemilik"

    def _promise(self, call: Call) -> tuple[NewPromise, ...]:
        texts = self.chance.sample(PROMISES, k=self.chance.choice((0, 0, 1, 1, 2)))
        days = self.chance.randrange(7, 35)
        return tuple(
            NewPromise(text=text, due_on=call.day + timedelta(days=days)) for text in texts
        )

    def _note(self, visit_id: UUID, promise: NewPromise) -> None:
        row = {
            "id": key_at(self.chance, at_work(self.chance, promise.due_on)),
            "enterprise_id": self.subject.enterprise_id,
            "made_in_visit_id": visit_id,
            "text": promise.text,
            "due_on": promise.due_on,
            "state": OPEN,
            "settled_in_visit_id": None,
            "owner_said_at": None,
        }
        self.waiting.append(row)
        self.promises.append(row)

    def _settle(self, visit_id: UUID) -> dict[UUID, str]:
        settled = {}
        for row in self.waiting:
            row["state"] = KEPT if self.chance.random() < KEPT_SHARE else BROKEN
            row["settled_in_visit_id"] = visit_id
            settled[row["id"]] = row["state"]
        self.waiting = []
        return settled
