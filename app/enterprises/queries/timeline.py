"""What happened to an enterprise, and who did it, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from app.accounts.queries import names
from app.core.day_words import short_day
from app.core.ids import id_of
from app.core.scope import Scope
from app.enterprises.models import Enterprise, Owner
from app.enterprises.queries.reach import enterprise as enterprise_within_reach
from app.enterprises.rules.labels import field_label, value_label
from app.history.queries import Event, events_of_enterprise, latest_changes
from app.history.rules import FieldWording, field_wording

TIMELINE_SIZE = 30
_SYSTEM = "Sistem"
_TOLD_AS_PRESENT = frozenset({"address", "hamlet", "name", "product_line", "work_sector"})
_DAY_LENGTH = len("2026-11-22")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedField:
    """One field with what stood there before and after, in words."""

    label: str
    # False where it was empty before, or where the event only states a fact.
    had_value: bool
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEvent:
    """One event: when, who, what, and which fields changed."""

    n: int
    at: datetime
    who: str
    what: str
    fields: tuple[ChangedField, ...]
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Events, newest first; `next_before` is where the older ones begin."""

    events: tuple[TimelineEvent, ...]
    next_before: int | None


def timeline(scope: Scope, enterprise_id: UUID, *, before: int | None = None) -> Timeline:
    """The events of an enterprise within the scope, older than number `before`.

    Raises:
        NotFound: unknown or outside the scope.
    """
    is_erased = enterprise_within_reach(scope, enterprise_id).owner.erased_on is not None
    found = events_of_enterprise(enterprise_id, before=before, limit=TIMELINE_SIZE + 1)
    shown = found[:TIMELINE_SIZE]
    return Timeline(
        events=_told([_without_words(event) for event in shown] if is_erased else shown),
        next_before=shown[-1].n if len(found) > TIMELINE_SIZE else None,
    )


def changes_since(subject: Owner | Enterprise, since: int) -> tuple[TimelineEvent, ...]:
    """What the last `since` saves of an owner or enterprise changed, newest first.

    The caller has found the subject within the scope. The history keeps no texts about people, so
    what stands there now is told in their place.
    """
    if since < 1:
        return ()
    found = latest_changes(subject.id, limit=min(since, 10))
    return _told([replace(event, changes=_with_present(event.changes, subject)) for event in found])


def _without_words(event: Event) -> Event:
    """What happened to somebody who was forgotten: that it did, and nothing that was written."""
    return replace(event, changes={}, note=None)


def _with_present(changes: Mapping[str, Any], subject: Owner | Enterprise) -> dict[str, Any]:
    return {
        name: [None, f"sekarang “{getattr(subject, name)}”"]
        if name in _TOLD_AS_PRESENT and getattr(subject, name, None)
        else pair
        for name, pair in changes.items()
    }


def _told(events: Sequence[Event]) -> tuple[TimelineEvent, ...]:
    people = names(_mentioned(events))
    return tuple(
        TimelineEvent(
            n=event.n,
            at=event.at,
            who=people.get(event.account_id, _SYSTEM) if event.account_id else _SYSTEM,
            what=event.label,
            fields=_fields(event, people),
            note=event.note,
        )
        for event in events
    )


def _mentioned(events: Sequence[Event]) -> set[UUID]:
    """Who acted, and the accounts among the values that changed (a mentor, say)."""
    found = {event.account_id for event in events if event.account_id is not None}
    for event in events:
        for pair in event.changes.values():
            if isinstance(pair, list | tuple):
                found |= {known for value in pair if (known := id_of(value)) is not None}
    return found


def _fields(event: Event, people: Mapping[UUID, str]) -> tuple[ChangedField, ...]:
    shown = []
    for name, pair in event.changes.items():
        if not isinstance(pair, list | tuple) or len(pair) != 2:
            pair = (None, pair)
        wording = field_wording(event.subject_type, name)
        old, new = (_value(name, value, people, wording) for value in pair)
        label = wording.label if wording else field_label(name)
        had_value = pair[0] not in (None, "", [])
        shown.append(ChangedField(label=label, had_value=had_value, old=old, new=new))
    return tuple(shown)


def _value(name: str, value: Any, people: Mapping[UUID, str], wording: FieldWording | None) -> str:
    known = id_of(value)
    if known is not None:
        return people.get(known, "lainnya")
    if value is not None and wording is not None and wording.say is not None:
        return wording.say(value)
    day = _as_day(value)
    return short_day(day) if day else value_label(name, value)


def _as_day(value: Any) -> date | None:
    if not isinstance(value, str) or len(value) != _DAY_LENGTH:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
