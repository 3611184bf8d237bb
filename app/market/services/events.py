"""Writing exhibitions and bazaars: the event, who goes, what it brought."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.core.clock import local_today, utc_now
from app.core.errors import Conflict, InvalidInput, NotFound, WrongState
from app.core.ids import new_id
from app.core.money import format_rupiah
from app.core.scope import Scope
from app.db import db
from app.db.once import kept_or_free
from app.db.upsert import insert_once
from app.enterprises.models import Enterprise, Owner
from app.enterprises.queries import check_allowed, may_use, within
from app.enterprises.rules.consents import BASE
from app.history.rules import FieldWording, register_actions, register_fields
from app.history.services import record
from app.market.models import EventParticipant, MarketEvent
from app.market.queries.events import event as event_within
from app.market.queries.events import participant as participant_within
from app.market.rules.events import MAX_CHOSEN, Outcome, check_days

register_actions(
    {
        "event.made": "Acara dicatat",
        "event.chosen": "Ikut acara",
        "event.dropped": "Batal ikut acara",
        "event.reported": "Hasil acara dilaporkan",
    }
)
register_fields(
    "market_event",
    {
        "name": FieldWording(label="Acara"),
        "sold": FieldWording(label="Penjualan", say=format_rupiah),
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvent:
    """An event as it is planned, or as it was."""

    kind: str
    name: str
    place: str
    starts_on: date
    ends_on: date | None = None
    note: str | None = None


def make_event(
    *, new: NewEvent, area_code: str, scope: Scope, by: UUID, key: UUID | None = None
) -> MarketEvent:
    """Put an event on the list of an area's office, once for each key.

    Raises:
        NotFound: the area lies outside the scope.
        InvalidInput: impossible days.
    """
    if not area_code or not scope.covers_area(area_code):
        raise NotFound("area_unknown", message="Wilayah ini tidak ditemukan.")
    ends_on = new.ends_on or new.starts_on
    check_days(new.starts_on, ends_on)
    said = {
        "kind": new.kind,
        "name": new.name,
        "place": new.place,
        "area_code": area_code,
        "starts_on": new.starts_on,
        "ends_on": ends_on,
        "note": new.note or "",
    }
    known, key = kept_or_free(MarketEvent, key or new_id(), **said)
    if known is not None:
        return known
    row = MarketEvent(id=key, **said, made_by=by, made_at=utc_now())
    db.session.add(row)
    record(
        subject_type="market_event",
        subject_id=row.id,
        enterprise_id=None,
        area_code=area_code,
        action="event.made",
        by=by,
        changes={"name": [None, row.name]},
    )
    return row


def choose(*, event_id: UUID, enterprise_ids: Iterable[UUID], scope: Scope, by: UUID) -> int:
    """Let enterprises go to an event; gives how many are new there.

    Whoever is not reached or withdrew is left out.

    Raises:
        NotFound: the event is unknown or outside the scope.
        InvalidInput: nobody was chosen, or more than one list bears.
    """
    row = event_within(scope, event_id)
    wanted = set(enterprise_ids)
    if not wanted or len(wanted) > MAX_CHOSEN:
        raise InvalidInput(
            "participants_missing", field="usaha", message="Pilih satu sampai 100 usaha."
        )
    fresh = _not_going(event_id, wanted, scope)
    now = utc_now()
    rows = [
        {
            "id": new_id(),
            "event_id": event_id,
            "enterprise_id": one.id,
            "chosen_by": by,
            "chosen_at": now,
            "note": "",
            "version": 1,
        }
        for one in fresh
    ]
    insert_once(EventParticipant.__table__, rows, key=["event_id", "enterprise_id"])
    for one in fresh:
        _note(row, one, "chosen", by=by)
    return len(fresh)


def drop(*, event_id: UUID, participant_id: UUID, scope: Scope, by: UUID) -> None:
    """Take an enterprise off the list of an event.

    Raises:
        NotFound: unknown or outside the scope.
        WrongState: what it brought was told already.
    """
    row = participant_within(scope, event_id, participant_id)
    if row.reported_at is not None:
        raise WrongState("event_reported", message="Hasilnya sudah dilaporkan.")
    happening = db.session.get_one(MarketEvent, event_id)
    _note(happening, db.session.get_one(Enterprise, row.enterprise_id), "dropped", by=by)
    db.session.delete(row)


def report(
    *,
    event_id: UUID,
    participant_id: UUID,
    version: int,
    outcome: Outcome,
    buyers: int | None,
    note: str,
    scope: Scope,
    by: UUID,
) -> EventParticipant:
    """Tell what an event brought to an enterprise, or put that right.

    Raises:
        NotFound: unknown or outside the scope.
        Conflict: somebody told it since.
        WrongState: the event has not begun, or the owner withdrew.
    """
    row = participant_within(scope, event_id, participant_id)
    db.session.refresh(row, with_for_update=True)
    if row.version != version:
        raise Conflict(
            "participant_changed_meanwhile",
            message="Hasil ini baru saja diubah orang lain. Muat ulang halamannya.",
        )
    happening = db.session.get_one(MarketEvent, event_id)
    if happening.starts_on > local_today():
        raise WrongState("event_ahead", message="Acara ini belum mulai.")
    enterprise = db.session.get_one(Enterprise, row.enterprise_id)
    check_allowed(enterprise.owner_id, BASE)
    before = row.sold
    row.sold, row.goods_cost, row.orders = outcome.sold, outcome.goods_cost, outcome.orders
    row.trip_cost, row.stand_cost = outcome.trip_cost, outcome.stand_cost
    row.buyers, row.note = buyers, note
    row.reported_by, row.reported_at = by, utc_now()
    row.version += 1
    _note(happening, enterprise, "reported", by=by, sold=[before, row.sold])
    return row


def _not_going(event_id: UUID, wanted: set[UUID], scope: Scope) -> list[Enterprise]:
    goes = select(EventParticipant.enterprise_id).where(EventParticipant.event_id == event_id)
    return list(
        db.session.scalars(
            select(Enterprise)
            .join(Owner, Owner.id == Enterprise.owner_id)
            .where(
                Enterprise.id.in_(wanted), Enterprise.id.not_in(goes), within(scope), may_use(BASE)
            )
            .order_by(Enterprise.id)
        )
    )


def _note(
    row: MarketEvent,
    enterprise: Enterprise,
    action: str,
    *,
    by: UUID,
    sold: list[int | None] | None = None,
) -> None:
    record(
        subject_type="market_event",
        subject_id=row.id,
        enterprise_id=enterprise.id,
        area_code=enterprise.village_code,
        action=f"event.{action}",
        by=by,
        changes={"name": [None, row.name], **({"sold": sold} if sold else {})},
    )
