"""Members of a lender as it knows them when they ask for a loan."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from app.demo.loading.care import ASSIGNMENT
from app.demo.loading.cash import ENTRY
from app.demo.loading.diagnosis import ASSESSMENT, SPAN
from app.demo.loading.loan_plans import Plan
from app.demo.loading.register import ENTERPRISE
from app.demo.loading.shelf import Shelf
from app.demo.questionnaire import CODES
from app.enterprises.models import Enterprise
from app.health.rules.instrument import HealthClass

Row = Mapping[str, Any]
_ARREARS, _SOURCE = CODES.index("MDL2"), CODES.index("MDL3")
_FROM_LENDERS = 4
# Up to so many days late, by the points of the answer about arrears.
_LATE = ((0, 4), (7, 3), (30, 2), (90, 1))
_ENDED = ("tutup", "berangkat_lagi")


@dataclass(frozen=True, slots=True, kw_only=True)
class Borrower:
    """A member with one enterprise of theirs: what is known of it by day, oldest first."""

    owner_id: UUID
    known_from: date
    enterprise: Row
    is_shown: bool
    has_book: bool
    spans: tuple[Row, ...]
    assignments: tuple[Row, ...]
    points: tuple[int | None, ...]

    def class_on(self, day: date) -> str | None:
        """The class that counts on a day."""
        found = [one["health_class"] for one in self.spans if one["from_on"] <= day]
        return found[-1] if found else None

    def mentor_on(self, day: date) -> UUID | None:
        """Who is the mentor on a day."""
        for one in self.assignments:
            if one["from_on"] <= day and (one["until_on"] is None or day <= one["until_on"]):
                mentor_id: UUID = one["mentor_id"]
                return mentor_id
        return None

    def as_on(self, day: date) -> Enterprise:
        """The enterprise as the rules read it on a day."""
        row = self.enterprise
        return Enterprise(id=row["id"], name=row["name"], health_class=self.class_on(day))

    @property
    def monthly_sales(self) -> int:
        """What it sells in a month, as the register has it."""
        return int(self.enterprise["yearly_sales"] or 0) // 12

    def is_there(self, asked_on: date, until: date) -> bool:
        """Whether it may have asked on a day, and traded until another."""
        row = self.enterprise
        if asked_on <= self.known_from or asked_on <= row["created_at"].date():
            return False
        if self.has_ended:
            return bool(row["life_cycle_on"] > until)
        return bool(row["life_cycle"] == "aktif")

    @property
    def has_ended(self) -> bool:
        """Whether it trades no more."""
        return self.enterprise["life_cycle"] in _ENDED

    def fit(self, plan: Plan, asked_on: date) -> int:
        """How well a plan goes with what the owner answered: the larger the better."""
        is_sick = self.class_on(asked_on) == HealthClass.SICK
        if not plan.is_paid_out:
            return 2 * self.has_book - 3 * is_sick
        late = max(0, plan.late)
        points = next((points for days, points in _LATE if late <= days), 0)
        answered, source = self.points[_ARREARS], self.points[_SOURCE]
        is_settled = plan.is_settled_early or plan.done_ago > 0
        return (
            6 * self.has_ended
            + 4 * (answered == points and not is_settled)
            + 2 * (source == _FROM_LENDERS)
            + 8 * (self.is_shown and late == 0)
            - 8 * (self.is_shown and late > 0)
            - 3 * is_sick
        )


def borrowers(
    shelf: Shelf, members: Iterable[tuple[UUID, datetime]], shown: UUID | None
) -> list[Borrower]:
    """The members with the oldest of their enterprises; `shown` is the owner who has a log-in."""
    since = dict(members)
    first: dict[UUID, Row] = {}
    for row in sorted(shelf.rows(ENTERPRISE), key=lambda one: (one["created_at"], one["id"])):
        if row["owner_id"] in since:
            first.setdefault(row["owner_id"], row)
    keys = {row["id"] for row in first.values()}
    spans = _by_enterprise(shelf.rows(SPAN), keys, "from_on")
    assigned = _by_enterprise(shelf.rows(ASSIGNMENT), keys, "from_on")
    judged = _by_enterprise(shelf.rows(ASSESSMENT), keys, "assessed_on")
    booked = {row["enterprise_id"] for row in shelf.rows(ENTRY)}
    unknown: tuple[int | None, ...] = (None,) * len(CODES)
    return [
        Borrower(
            owner_id=owner_id,
            known_from=since[owner_id].date(),
            enterprise=row,
            is_shown=owner_id == shown,
            has_book=row["id"] in booked,
            spans=tuple(spans.get(row["id"], ())),
            assignments=tuple(assigned.get(row["id"], ())),
            points=tuple(judged[row["id"]][-1]["points"]) if row["id"] in judged else unknown,
        )
        for owner_id, row in first.items()
    ]


def _by_enterprise(
    rows: Iterable[Row], keys: Collection[UUID], by_day: str
) -> dict[UUID, list[Row]]:
    found: dict[UUID, list[Row]] = {}
    for row in rows:
        if row["enterprise_id"] in keys:
            found.setdefault(row["enterprise_id"], []).append(row)
    for each in found.values():
        each.sort(key=lambda one: one[by_day])
    return found
