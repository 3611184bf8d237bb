"""A visit as a phone reports it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from app.core.clock import local_date
from app.core.ids import id_of
from app.field.rules.labels import (
    MINUTES_DROPPED,
    NEXT_DROPPED,
    OLD_DAY,
    PLACE_DROPPED,
    PROMISE_MOVED,
    TIME_DROPPED,
)
from app.field.rules.operation import Operation
from app.field.rules.reading import Fields, needed, objects, refused
from app.field.rules.taken import Clock, Taken, begun, real_day
from app.mentoring.rules import (
    BROKEN,
    KEPT,
    MAX_AGE_DAYS,
    MAX_NEW_PROMISES,
    MAX_PROMISE_DAYS,
    MEETING_PLACES,
    OUTCOMES,
    OWNER_CONFIRMATIONS,
    NewPromise,
    VisitReport,
    days_of,
)
from app.trainings.rules import PRACTICES

_MINUTES = range(1, 601)
_MOST_SETTLED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitSaid:
    """The report, and by session what was seen of what was taught."""

    report: VisitReport
    practices: dict[UUID, str]
    taken: Taken
    rest: dict[str, Any]


def visit_said(operation: Operation, enterprise_id: UUID, clock: Clock) -> VisitSaid:
    """Read a visit; what only a wrong clock or a wrong satellite says is left out and labelled.

    Raises:
        InvalidInput: at the field that can't be meant so.
    """
    fields, taken = Fields(operation.data), begun(clock)
    outcome = needed("outcome", fields.choice("outcome", OUTCOMES))
    said_on = needed("visited_on", fields.day("visited_on"))
    visited_on = real_day("visited_on", said_on, operation.occurred_at, clock, taken)
    if visited_on < clock.today - timedelta(days=MAX_AGE_DAYS):
        taken.label(OLD_DAY)
    lat, lng = _point(fields, taken)
    report = VisitReport(
        id=operation.record_id,
        enterprise_id=enterprise_id,
        outcome=outcome,
        visited_on=visited_on,
        started_at=_started(fields, visited_on, clock, taken),
        reason=fields.text("reason", 300),
        duration_minutes=_minutes(fields, taken),
        place_kind=fields.choice("place_kind", MEETING_PLACES),
        lat=lat,
        lng=lng,
        met_with=fields.text("met_with", 120),
        findings=fields.text("findings", 4000),
        next_visit_on=_next(fields, visited_on, taken),
        owner_confirmation=fields.choice("owner_confirmation", OWNER_CONFIRMATIONS),
        device_at=clock.shown(),
        settled=_settled(fields),
        promises=_promises(fields, visited_on, taken),
    )
    practices = _keyed("practices", fields.pairs("practices", _MOST_SETTLED), PRACTICES)
    return VisitSaid(report=report, practices=practices, taken=taken, rest=fields.rest)


def _started(fields: Fields, visited_on: date, clock: Clock, taken: Taken) -> datetime | None:
    said = fields.instant("started_at")
    if said is None:
        return None
    if said <= clock.now and visited_on in days_of(said):
        return said
    real = clock.real(said)
    if real <= clock.now and local_date(real) == visited_on and clock.is_off:
        return real
    taken.drop("started_at", said.isoformat(), TIME_DROPPED)
    return None


def _minutes(fields: Fields, taken: Taken) -> int | None:
    # A clock that is set during a visit makes it last minus two days.
    said = fields.whole("duration_minutes", -(2**31), 2**31)
    if said is None or said in _MINUTES:
        return said
    taken.drop("duration_minutes", said, MINUTES_DROPPED)
    return None


def _point(fields: Fields, taken: Taken) -> tuple[float | None, float | None]:
    lat, lng = fields.number("lat"), fields.number("lng")
    if lat is None and lng is None:
        return None, None
    if lat is not None and lng is not None and -90 <= lat <= 90 and -180 <= lng <= 180:
        return lat, lng
    taken.drop("point", [lat, lng], PLACE_DROPPED)
    return None, None


def _next(fields: Fields, visited_on: date, taken: Taken) -> date | None:
    said = fields.day("next_visit_on")
    if said is None or said > visited_on:
        return said
    taken.drop("next_visit_on", said.isoformat(), NEXT_DROPPED)
    return None


def _settled(fields: Fields) -> dict[UUID, str]:
    return _keyed("settled", fields.pairs("settled", _MOST_SETTLED), (KEPT, BROKEN))


def _keyed(name: str, said: Mapping[str, Any], known: Any) -> dict[UUID, str]:
    found = {}
    for text, value in said.items():
        key = id_of(text)
        if key is None or not isinstance(value, str) or value not in known:
            raise refused(name, "choice_unknown", "Pilihan ini tidak dikenal.")
        found[key] = value
    return found


def _promises(fields: Fields, visited_on: date, taken: Taken) -> tuple[NewPromise, ...]:
    found = []
    last_on = visited_on + timedelta(days=MAX_PROMISE_DAYS)
    for slot, one in enumerate(objects("promises", fields.items("promises", MAX_NEW_PROMISES))):
        text, said_on = one.text("text", 200), one.day("due_on")
        if text is None or said_on is None:
            raise refused("promises", "field_missing", "Janji perlu isi dan batas harinya.")
        due_on = min(max(said_on, visited_on), last_on)
        if due_on != said_on:
            taken.drop(f"promise_{slot}_due_on", said_on.isoformat(), PROMISE_MOVED)
        found.append(NewPromise(text=text, due_on=due_on, slot=slot))
    return tuple(found)
