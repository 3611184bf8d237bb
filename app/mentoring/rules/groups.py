"""One meeting of several enterprises as a visit to each of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from app.core.errors import InvalidInput
from app.mentoring.rules.visits import VisitReport
from app.mentoring.rules.words import MET

# More people than this are not talked to one by one in a day.
MAX_GROUP = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLine:
    """One enterprise of the group: who came for it, and what was found."""

    enterprise_id: UUID
    met_with: str
    findings: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupMeeting:
    """A meeting; its id is made where it is written, so that sending it twice is one meeting."""

    id: UUID
    visited_on: date
    started_at: datetime
    duration_minutes: int | None
    place_kind: str | None
    lines: tuple[GroupLine, ...]


def reports_of(meeting: GroupMeeting) -> list[VisitReport]:
    """A report for each enterprise, under an id that follows from the meeting's.

    The time is shared: the meeting's minutes by the number of enterprises, at least one each.

    Raises:
        InvalidInput: nobody, or more than a day bears.
    """
    count = len(meeting.lines)
    if not count:
        raise InvalidInput("group_empty", message="Pilih paling sedikit satu usaha yang ditemui.")
    if count > MAX_GROUP:
        raise InvalidInput(
            "group_too_large", message=f"Paling banyak {MAX_GROUP} usaha dalam satu pertemuan."
        )
    minutes = meeting.duration_minutes
    each = None if minutes is None else max(1, minutes // count)
    return [
        VisitReport(
            id=uuid5(meeting.id, line.enterprise_id.hex),
            enterprise_id=line.enterprise_id,
            outcome=MET,
            visited_on=meeting.visited_on,
            started_at=meeting.started_at,
            duration_minutes=each,
            place_kind=meeting.place_kind,
            met_with=line.met_with or None,
            findings=line.findings or None,
        )
        for line in meeting.lines
    ]


def at_line(refusal: InvalidInput, enterprise_id: UUID) -> InvalidInput:
    """The refusal of one report, at the field of its line where it has one of its own."""
    if refusal.field not in ("met_with", "findings"):
        return refusal
    return InvalidInput(
        refusal.code,
        field=f"{refusal.field}_{enterprise_id.hex}",
        message=refusal.message,
    )
