"""From the assessments of one enterprise to the days in which each class was current.

An assessment without a class (too little answered) doesn't end the class before it: otherwise a few
questions left out would make an enterprise in trouble look merely unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol
from uuid import UUID

from app.health.rules.instrument import HealthClass


class Rated(Protocol):
    """What is read of an assessment."""

    id: UUID
    assessed_on: date
    final_class: str | None
    status: str
    score: int | None
    valid_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Days in which a class was current, both included."""

    from_on: date
    until_on: date
    health_class: str
    status: str
    assessment_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the enterprise row carries of its assessments. The score is in tenths."""

    health_class: str | None = None
    health_score: int | None = None
    health_status: str | None = None
    assessed_on: date | None = None
    health_valid_until: date | None = None
    sick_since_on: date | None = None


def valid_until(assessed_on: date, valid_days: int | None) -> date | None:
    """The last day on which an assessment counts as current."""
    return None if valid_days is None else assessed_on + timedelta(days=valid_days)


def class_spans(in_order: Sequence[Rated]) -> list[Span]:
    """The spans of assessments that are given oldest first; the later of one day counts."""
    rated = _rated(in_order)
    spans = []
    for place, one in enumerate(rated):
        until = one.valid_until
        if one.final_class is None or until is None:
            continue
        if place + 1 < len(rated):
            until = min(until, rated[place + 1].assessed_on - timedelta(days=1))
        spans.append(
            Span(
                from_on=one.assessed_on,
                until_on=until,
                health_class=one.final_class,
                status=one.status,
                assessment_id=one.id,
            )
        )
    return spans


def standing(in_order: Sequence[Rated]) -> Standing:
    """How the enterprise stands after assessments that are given oldest first."""
    rated = _rated(in_order)
    if rated:
        return _standing(rated[-1], sick_since=_sick_since(rated))
    return _standing(in_order[-1], sick_since=None) if in_order else Standing()


def _standing(one: Rated, *, sick_since: date | None) -> Standing:
    has_class = one.final_class is not None
    return Standing(
        health_class=one.final_class,
        health_score=one.score if has_class else None,
        health_status=one.status,
        assessed_on=one.assessed_on,
        health_valid_until=one.valid_until,
        sick_since_on=sick_since,
    )


def _rated(in_order: Iterable[Rated]) -> list[Rated]:
    by_day = {one.assessed_on: one for one in in_order if one.final_class is not None}
    return [by_day[day] for day in sorted(by_day)]


def _sick_since(rated: Sequence[Rated]) -> date | None:
    since = None
    for one in reversed(rated):
        if one.final_class != HealthClass.SICK:
            break
        since = one.assessed_on
    return since
