"""Exhibitions and bazaars, always within a scope."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, or_, select, true

from app.accounts.queries import names
from app.core.errors import NotFound
from app.core.scope import WHOLE_COUNTRY, Scope
from app.db import db
from app.db.areas import lies_in_any
from app.enterprises.models import Enterprise, Owner
from app.enterprises.queries import may_use, text_matches, within
from app.enterprises.rules.consents import BASE
from app.market.models import EventParticipant, MarketEvent
from app.market.rules.events import EVENT_KINDS, WORTH_LABELS, WORTH_TONES, Outcome
from app.places.queries import path_labels

LIST_SIZE = 50
OFFERED = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class EventLine:
    """One event in a list; counts and amounts are of those whom the caller reaches."""

    id: UUID
    kind_label: str
    name: str
    place: str
    starts_on: date
    ends_on: date
    participants: int
    reported: int
    sold: int
    surplus: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantLine:
    """One enterprise at an event, and what it brought once that was told."""

    id: UUID
    event_id: UUID
    event_name: str
    starts_on: date
    enterprise_id: UUID
    enterprise_name: str
    village: str
    outcome: Outcome | None
    buyers: int | None
    note: str
    reported_by: str
    version: int

    @property
    def worth_label(self) -> str:
        """Whether it was worth going, in words."""
        return "Belum dilaporkan" if self.outcome is None else WORTH_LABELS[self.outcome.worth]

    @property
    def worth_tone(self) -> str:
        """The colour of that."""
        return "muted" if self.outcome is None else WORTH_TONES[self.outcome.worth]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPage:
    """One event with those whom the caller reaches."""

    line: EventLine
    note: str
    participants: tuple[ParticipantLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An enterprise that may go."""

    id: UUID
    name: str
    owner: str
    village: str


def event(scope: Scope, event_id: UUID) -> MarketEvent:
    """One event.

    Raises:
        NotFound: unknown, or neither of one's area nor with anybody whom one reaches.
    """
    found = db.session.scalars(
        select(MarketEvent).where(MarketEvent.id == event_id, events_within(scope))
    ).one_or_none()
    if found is None:
        raise NotFound("event_unknown", message="Acara ini tidak ditemukan.")
    return found


def participant(scope: Scope, event_id: UUID, participant_id: UUID) -> EventParticipant:
    """One enterprise at an event.

    Raises:
        NotFound: unknown, of another event, or of an enterprise outside the scope.
    """
    found = db.session.scalars(
        select(EventParticipant)
        .join(Enterprise, Enterprise.id == EventParticipant.enterprise_id)
        .where(
            EventParticipant.id == participant_id,
            EventParticipant.event_id == event_id,
            within(scope),
        )
    ).one_or_none()
    if found is None:
        raise NotFound("participant_unknown", message="Peserta ini tidak ditemukan.")
    return found


def events_within(scope: Scope) -> ColumnElement[bool]:
    """The condition on `MarketEvent`: of one's areas, or somebody within reach goes there."""
    if WHOLE_COUNTRY in scope.areas:
        return true()
    goes = exists().where(
        EventParticipant.event_id == MarketEvent.id,
        EventParticipant.enterprise_id.in_(select(Enterprise.id).where(within(scope))),
    )
    return or_(goes, lies_in_any(MarketEvent.area_code, scope.areas))


def events(scope: Scope) -> list[EventLine]:
    """The newest events."""
    rows = db.session.scalars(
        select(MarketEvent)
        .where(events_within(scope))
        .order_by(MarketEvent.starts_on.desc(), MarketEvent.id)
        .limit(LIST_SIZE)
    ).all()
    return _event_lines(scope, rows)


def event_page(scope: Scope, event_id: UUID) -> EventPage:
    """One event. Raises as `event`."""
    row = event(scope, event_id)
    return EventPage(
        line=_event_lines(scope, [row])[0],
        note=row.note,
        participants=_participants(scope, EventParticipant.event_id == event_id),
    )


def events_of(scope: Scope, enterprise_id: UUID) -> tuple[ParticipantLine, ...]:
    """The events of an enterprise, the newest first."""
    return _participants(scope, EventParticipant.enterprise_id == enterprise_id)


def participant_line(scope: Scope, event_id: UUID, participant_id: UUID) -> ParticipantLine:
    """One enterprise at an event, as its page shows it. Raises as `participant`."""
    row = participant(scope, event_id, participant_id)
    return _participants(scope, EventParticipant.id == row.id)[0]


def candidates(scope: Scope, event_id: UUID, words: str) -> list[Candidate]:
    """Enterprises within reach that do not go yet, found by words or the first by name."""
    goes = select(EventParticipant.enterprise_id).where(EventParticipant.event_id == event_id)
    parts = [within(scope), may_use(BASE), Enterprise.id.not_in(goes)]
    if words:
        parts.append(text_matches(words))
    rows = db.session.execute(
        select(Enterprise.id, Enterprise.name, Enterprise.village_code, Owner.name.label("owner"))
        .join(Owner, Owner.id == Enterprise.owner_id)
        .where(*parts)
        .order_by(Enterprise.search_name, Enterprise.id)
        .limit(OFFERED)
    ).all()
    villages = path_labels({row.village_code for row in rows})
    return [
        Candidate(
            id=row.id,
            name=row.name,
            owner=row.owner,
            village=villages.get(row.village_code, row.village_code),
        )
        for row in rows
    ]


def _event_lines(scope: Scope, rows: Sequence[MarketEvent]) -> list[EventLine]:
    counts = db.session.execute(
        select(
            EventParticipant.event_id,
            func.count().label("participants"),
            func.count(EventParticipant.reported_at).label("reported"),
            func.coalesce(func.sum(EventParticipant.sold), 0).label("sold"),
            func.coalesce(
                func.sum(
                    EventParticipant.sold
                    - EventParticipant.goods_cost
                    - EventParticipant.trip_cost
                    - EventParticipant.stand_cost
                ),
                0,
            ).label("surplus"),
        )
        .join(Enterprise, Enterprise.id == EventParticipant.enterprise_id)
        .where(EventParticipant.event_id.in_([row.id for row in rows]), within(scope))
        .group_by(EventParticipant.event_id)
    )
    found = {row.event_id: row for row in counts}
    return [
        EventLine(
            id=row.id,
            kind_label=EVENT_KINDS[row.kind],
            name=row.name,
            place=row.place,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            participants=found[row.id].participants if row.id in found else 0,
            reported=found[row.id].reported if row.id in found else 0,
            sold=int(found[row.id].sold) if row.id in found else 0,
            surplus=int(found[row.id].surplus) if row.id in found else 0,
        )
        for row in rows
    ]


def _participants(scope: Scope, which: ColumnElement[bool]) -> tuple[ParticipantLine, ...]:
    rows = db.session.execute(
        select(EventParticipant, MarketEvent, Enterprise)
        .join(MarketEvent, MarketEvent.id == EventParticipant.event_id)
        .join(Enterprise, Enterprise.id == EventParticipant.enterprise_id)
        .where(which, within(scope))
        .order_by(MarketEvent.starts_on.desc(), Enterprise.search_name, EventParticipant.id)
        .limit(LIST_SIZE * 2)
    ).all()
    people = names({one.reported_by for one, _, _ in rows} - {None})
    villages = path_labels({enterprise.village_code for _, _, enterprise in rows})
    return tuple(
        ParticipantLine(
            id=one.id,
            event_id=one.event_id,
            event_name=happening.name,
            starts_on=happening.starts_on,
            enterprise_id=enterprise.id,
            enterprise_name=enterprise.name,
            village=villages.get(enterprise.village_code, enterprise.village_code),
            outcome=_outcome(one),
            buyers=one.buyers,
            note=one.note,
            reported_by=people.get(one.reported_by, "") if one.reported_by else "",
            version=one.version,
        )
        for one, happening, enterprise in rows
    )


def _outcome(row: EventParticipant) -> Outcome | None:
    if row.reported_at is None:
        return None
    return Outcome(
        sold=row.sold or 0,
        goods_cost=row.goods_cost or 0,
        trip_cost=row.trip_cost or 0,
        stand_cost=row.stand_cost or 0,
        orders=row.orders or 0,
    )
