"""Assessments of a slice, scored by the register's own rules, and the spans of their classes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

from app.demo.cases import case_of
from app.demo.invention.sayings import OPENING_PROBLEMS
from app.demo.loading.care import Care
from app.demo.loading.cast import Cast
from app.demo.loading.register import Subject
from app.demo.loading.shelf import at_work, key_at
from app.demo.questionnaire import CODES
from app.demo.simulator import World
from app.health.models import ClassSpan, HealthAssessment
from app.health.rules import first_instrument
from app.health.rules.record import assessment_row
from app.health.rules.standing import class_spans

ASSESSMENT, SPAN = HealthAssessment.__table__, ClassSpan.__table__
FROM_BOOK = frozenset({"KEU1", "KEU2", "KEU3", "PSR1", "PSR2", "PSR4", "MNJ1", "MDL1", "MDL2"})
SEEN = frozenset({"PRD3", "PRD5", "KMS1", "KMS2", "KMS3", "LGL1", "LGL2", "LGL3", "LGL4"})
SEEN_SHARE = 0.7
FIGURES = frozenset({"KEU1", "KEU2", "KEU3"})
# From this answer on (more than half of the days) the book is evidence.
BOOK_POINTS = 3
_BOOK_PLACE = CODES.index("MNJ1")


@dataclass(slots=True, kw_only=True)
class Rated:
    """What later steps read of an assessment."""

    id: UUID
    quarter: int
    assessed_on: date
    by: UUID
    final_class: str | None
    status: str
    score: int | None
    valid_until: date | None


def assessments(
    world: World, subject: Subject, *, cast: Cast, care: Care, chance: Random
) -> list[tuple[Rated, dict[str, Any]]]:
    """All assessments of one enterprise, oldest first, with their rows."""
    made = []
    for quarter, each in enumerate(world.rounds):
        if each.is_assessed[subject.row]:
            made.append(_one(world, quarter, subject, cast, care, chance))
    return made


def span_rows(enterprise_id: UUID, in_order: list[Rated]) -> list[dict[str, Any]]:
    """The days in which each class was current."""
    return [
        {
            "enterprise_id": enterprise_id,
            "from_on": span.from_on,
            "until_on": span.until_on,
            "health_class": span.health_class,
            "status": span.status,
            "assessment_id": span.assessment_id,
        }
        for span in class_spans(in_order)
    ]


def _one(
    world: World, quarter: int, subject: Subject, cast: Cast, care: Care, chance: Random
) -> tuple[Rated, dict[str, Any]]:
    case = case_of(world, quarter, subject.row)
    made_at = at_work(chance, case.assessed_on)
    assessor = int(world.rounds[quarter].assessor[subject.row])
    if assessor == int(world.people.mentor[subject.row]):
        assessor = care.mentor_on(case.assessed_on, otherwise=assessor)
    row = assessment_row(
        first_instrument(),
        case,
        assessment_id=key_at(chance, made_at),
        enterprise_id=subject.enterprise_id,
        assessed_by=cast.mentors[assessor],
        evidence=_evidence(case.points, chance),
        not_known=FIGURES,
        main_problem=chance.choice(OPENING_PROBLEMS),
        created_at=made_at,
        # Sent in the evening, when there is a signal.
        received_at=made_at + timedelta(minutes=chance.randrange(1, 300)),
    )
    rated = Rated(
        id=row["id"],
        quarter=quarter,
        assessed_on=case.assessed_on,
        by=row["assessed_by"],
        final_class=row["final_class"],
        status=row["status"],
        score=row["score"],
        valid_until=row["valid_until"],
    )
    return rated, row


def _evidence(points: tuple[int | None, ...], chance: Random) -> tuple[str | None, ...]:
    has_book = (points[_BOOK_PLACE] or 0) >= BOOK_POINTS
    sees = chance.random() < SEEN_SHARE
    return tuple(
        None if given is None else _kind(code, has_book, sees)
        for code, given in zip(CODES, points, strict=True)
    )


def _kind(code: str, has_book: bool, sees: bool) -> str:
    if has_book and code in FROM_BOOK:
        return "buku"
    return "dilihat" if sees and code in SEEN else "pengakuan"
