"""How much mentors carry, before and after an assignment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.core.errors import InvalidInput


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """The load of one mentor: enterprises now and after, of what capacity."""

    mentor_id: UUID
    name: str
    before: int
    after: int
    capacity: int

    @property
    def is_over(self) -> bool:
        """Whether the mentor would carry more than their capacity."""
        return self.after > self.capacity

    @property
    def change(self) -> int:
        """How many more, or fewer, than now."""
        return self.after - self.before


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What a mentor carries now."""

    mentor_id: UUID
    name: str
    capacity: int
    count: int


def load_preview(
    mentors: Iterable[Carried], *, to_mentor: UUID, given: Mapping[UUID, UUID | None]
) -> list[Load]:
    """The loads that change when the enterprises `given` (with their present mentor) move.

    The new mentor comes first; those who lose some follow in the order given. An enterprise that
    the mentor has already moves nothing.
    """
    leaving: dict[UUID, int] = {}
    for present in given.values():
        if present is not None and present != to_mentor:
            leaving[present] = leaving.get(present, 0) + 1
    arriving = sum(1 for present in given.values() if present != to_mentor)
    loads = [
        Load(
            mentor_id=one.mentor_id,
            name=one.name,
            before=one.count,
            after=one.count - leaving.get(one.mentor_id, 0) + arriving * _is(one, to_mentor),
            capacity=one.capacity,
        )
        for one in mentors
        if one.mentor_id == to_mentor or one.mentor_id in leaving
    ]
    return sorted(loads, key=lambda load: load.mentor_id != to_mentor)


def _is(one: Carried, mentor_id: UUID) -> bool:
    return one.mentor_id == mentor_id


def check_from_on(from_on: date, *, today: date, latest_start_on: date | None) -> None:
    """Refuse a first day in the future, or before the present assignment began.

    Reach follows the assignment at once, so it can't begin later than today.
    """
    if from_on > today:
        raise InvalidInput(
            "assigned_from_future",
            field="from_on",
            message="Tanggal mulai tidak boleh setelah hari ini.",
        )
    if latest_start_on is not None and from_on < latest_start_on:
        raise InvalidInput(
            "assigned_before_present",
            field="from_on",
            message="Tanggal mulai tidak boleh sebelum penugasan yang sekarang dimulai.",
        )
