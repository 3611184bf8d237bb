"""What the office made of the reports of visits, and what went a little wrong in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

from app.core.clock import local_date
from app.core.distance import kilometres, place_of
from app.demo.invention.sayings import ANSWERS, QUESTIONS
from app.demo.loading.register import Subject
from app.demo.loading.shelf import at_work
from app.mentoring.models import VisitCheck
from app.mentoring.rules import ACCEPTED, ANSWERED, MET, RETURNED, WAITING
from app.mentoring.rules.signals import SignalFacts, signals, weight_of

CHECK = VisitCheck.__table__
# Reports older than this have been looked at.
LOOKED_AT_AFTER_DAYS = 21
RETURNED_SHARE = 0.05
ADRIFT_SHARE = 0.05
CONFIRMED_SHARE = 0.7
CLOCK_OFF_SHARE = 0.02
# Degrees: up to about two kilometres.
_DRIFT = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """What is odd about one report: degrees off the premises, minutes its clock was off."""

    drift: float
    clock_minutes: int
    confirmation: str | None


def slip_of(visit_id: UUID) -> Slip:
    """What is odd about a visit, from its key alone, so that nothing else changes with it."""
    chance = Random(f"slip-{visit_id}")
    is_adrift, is_off = chance.random() < ADRIFT_SHARE, chance.random() < CLOCK_OFF_SHARE
    confirmed = chance.choice(("paraf", "paraf", "pesan"))
    return Slip(
        drift=chance.uniform(0.004, _DRIFT) if is_adrift else 0.0,
        clock_minutes=chance.randrange(30, 400) if is_off else 0,
        confirmation=confirmed if chance.random() < CONFIRMED_SHARE else None,
    )


def check_row(
    visit: Mapping[str, Any], subject: Subject, *, officer: UUID, last_on: date
) -> dict[str, Any]:
    """The check of a visit's row: accepted when it is old, waiting or given back when fresh."""
    chance = Random(f"check-{visit['id']}")
    found = signals(_facts(visit, subject))
    row: dict[str, Any] = {
        "visit_id": visit["id"],
        "mentor_id": visit["mentor_id"],
        "state": WAITING,
        "signals": [sign.stored() for sign in found],
        "weight": weight_of(found),
        "note": None,
        "checked_by": None,
        "checked_at": None,
        "answer": None,
        "answered_at": None,
        "created_at": visit["received_at"],
    }
    looked_on = visit["visited_on"] + timedelta(days=LOOKED_AT_AFTER_DAYS)
    is_old = looked_on <= last_on
    if is_old or (visit["outcome"] == MET and chance.random() < RETURNED_SHARE):
        row |= {
            "state": ACCEPTED if is_old else RETURNED,
            "checked_by": officer,
            "checked_at": at_work(chance, min(looked_on, last_on)),
        }
    if row["state"] == RETURNED:
        row["note"] = chance.choice(QUESTIONS)
        if chance.random() < 0.4:
            answered = {"answer": chance.choice(ANSWERS), "answered_at": row["checked_at"]}
            row |= {"state": ANSWERED, **answered}
    return row


def _facts(visit: Mapping[str, Any], subject: Subject) -> SignalFacts:
    here = place_of(visit["lat"], visit["lng"])
    there = place_of(subject.lat, subject.lng)
    offset = visit["received_at"] - visit["device_at"] if visit["device_at"] else None
    return SignalFacts(
        outcome=visit["outcome"],
        place_kind=visit["place_kind"],
        is_place_known=there is not None,
        metres=round(kilometres(here, there) * 1000) if here and there else None,
        minutes=visit["duration_minutes"],
        clock_offset=round(offset.total_seconds()) if offset else None,
        has_confirmation=visit["owner_confirmation"] is not None,
        days_late=(local_date(visit["received_at"]) - visit["visited_on"]).days,
    )
