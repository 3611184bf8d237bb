"""Trainings and group meetings of the villages, coaching of mentors, and what came of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

from app.demo.invention.topics import COACHINGS, MEETINGS, PLACES, PROVIDERS, TRAININGS, Topic
from app.demo.loading.cast import Cast
from app.demo.loading.chronicle import Chronicle
from app.demo.loading.register import Subject
from app.demo.loading.shelf import Shelf, at_work, key_at
from app.demo.simulator import World
from app.demo.villages import DEMO_VILLAGES
from app.trainings.models import MentorTraining, TrainingAttendance, TrainingSession
from app.trainings.rules import (
    ADOPTED,
    BY_CODE,
    BY_LIST,
    COACHING,
    MEETING,
    NOT_ADOPTED,
    TRAINING,
    UNSEEN,
)

SESSION, ATTENDANCE = TrainingSession.__table__, TrainingAttendance.__table__
MENTOR_TRAINING = MentorTraining.__table__
ENTERPRISES_A_SESSION = 12
MOST_GUESTS, CLASS_SIZE = 18, 40
MEETING_SHARE, BY_CODE_SHARE = 0.4, 0.25
SEEN_SHARE, ADOPTED_SHARE, PASSED_SHARE = 0.7, 0.58, 0.75
# Sessions lie within these days; practices are looked at from this many days on.
SPAN_DAYS, SEEN_AFTER_DAYS = 540, 30
_COSTS = (0, 1_500_000, 2_500_000, 4_000_000)


@dataclass(frozen=True, slots=True)
class Guest:
    """An enterprise that may come, and its mentor."""

    subject: Subject
    mentor: UUID


class Gatherings:
    """Tells the sessions of a slice of the world."""

    def __init__(self, world: World, cast: Cast, shelf: Shelf, chronicle: Chronicle) -> None:
        self.world, self.cast = world, cast
        self.shelf, self.chronicle = shelf, chronicle

    def of_villages(self, guests: Sequence[Guest], start: int) -> None:
        """Trainings and meetings for those who trade, village by village."""
        by_village: defaultdict[str, list[Guest]] = defaultdict(list)
        for guest in guests:
            by_village[guest.subject.village_code].append(guest)
        for village, own in by_village.items():
            chance = Random(f"{self.world.seed}-gatherings-{start}-{village}")
            for _ in range(max(1, len(own) // ENTERPRISES_A_SESSION)):
                self._village(village, own, chance)

    def of_mentors(self) -> None:
        """One coaching for the mentors of each regency, in classes."""
        by_regency: defaultdict[int, list[UUID]] = defaultdict(list)
        regencies = sorted({place.regency_code for place in DEMO_VILLAGES})
        for place, key in enumerate(self.cast.mentors):
            by_regency[int(self.world.people.mentor_regency[place])].append(key)
        for regency, mentors in by_regency.items():
            code = regencies[regency]
            chance = Random(f"{self.world.seed}-coaching-{code}")
            village = next(one.code for one in DEMO_VILLAGES if one.regency_code == code)
            for first in range(0, len(mentors), CLASS_SIZE):
                self._coaching(village, mentors[first : first + CLASS_SIZE], chance)

    def _village(self, village: str, own: list[Guest], chance: Random) -> None:
        kind = MEETING if chance.random() < MEETING_SHARE else TRAINING
        topic = chance.choice(MEETINGS if kind == MEETING else TRAININGS)
        held_on = self._day(chance)
        there = [one for one in own if one.subject.registered_on < held_on]
        count = min(len(there), chance.randint(4, MOST_GUESTS))
        if not count:
            return
        row = self._session(kind, topic, village, held_on, chance)
        for guest in chance.sample(there, k=count):
            self._attend(row, guest, chance)

    def _coaching(self, village: str, mentors: list[UUID], chance: Random) -> None:
        row = self._session(COACHING, chance.choice(COACHINGS), village, self._day(chance), chance)
        marked_at = at_work(chance, row["until_on"])
        came = [key for key in mentors if chance.random() < 0.9] or mentors[:1]
        for key in came:
            passed = chance.random() < PASSED_SHARE
            self.shelf.add(
                MENTOR_TRAINING,
                {
                    "session_id": row["id"],
                    "account_id": key,
                    "way": BY_LIST,
                    "marked_by": row["made_by"],
                    "marked_at": marked_at,
                    "competence": "lulus" if passed else "ikut",
                },
            )
        self._note(row, "training.mentors_marked", marked_at, {"mentor_count": [None, len(came)]})

    def _day(self, chance: Random) -> date:
        return self.world.last_on - timedelta(days=chance.randrange(3, SPAN_DAYS))

    def _session(
        self, kind: str, topic: Topic, village: str, held_on: date, chance: Random
    ) -> dict[str, Any]:
        # It was written down before it was held.
        made_at = at_work(chance, held_on - timedelta(days=chance.randrange(3, 15)))
        days = chance.choice((0, 0, 1)) if kind != MEETING else 0
        cost = 0 if kind == MEETING else chance.choice(_COSTS)
        row = {
            "id": key_at(chance, made_at),
            "kind": kind,
            "topic": topic.title,
            "practice": topic.practice,
            "pillar": topic.pillar,
            "provider": "Kelompok usaha" if kind == MEETING else chance.choice(PROVIDERS),
            "village_code": village,
            "place": chance.choice(PLACES),
            "held_on": held_on,
            "until_on": held_on + timedelta(days=days),
            "cost": cost,
            "funding_source": "apbd_kabupaten" if cost else "tanpa_biaya",
            "photo_id": None,
            "code": f"{chance.getrandbits(96):024x}",
            "made_by": self.cast.officers[village[:5]],
            "made_at": made_at,
        }
        self.shelf.add(SESSION, row)
        self._note(row, "training.made", made_at, {})
        return row

    def _attend(self, row: dict[str, Any], guest: Guest, chance: Random) -> None:
        by_code = chance.random() < BY_CODE_SHARE
        marked_at = at_work(chance, row["held_on"])
        state, seen_on = self._practice(row, chance)
        self.shelf.add(
            ATTENDANCE,
            {
                "session_id": row["id"],
                "enterprise_id": guest.subject.enterprise_id,
                "way": BY_CODE if by_code else BY_LIST,
                "marked_by": guest.mentor if by_code else row["made_by"],
                "marked_at": marked_at,
                "practice_state": state,
                "seen_on": seen_on,
                "seen_by": guest.mentor if seen_on else None,
            },
        )
        self._note(row, "training.attended", marked_at, {}, guest=guest)
        if seen_on:
            changes = {
                "practice": [None, row["practice"]],
                "is_adopted": [None, "ya" if state == ADOPTED else "tidak"],
            }
            at = at_work(chance, seen_on)
            self._note(row, "training.practice_seen", at, changes, guest=guest, by=guest.mentor)

    def _practice(self, row: dict[str, Any], chance: Random) -> tuple[str, date | None]:
        """Whether the practice was looked at since, and whether it is done."""
        seen_on = row["until_on"] + timedelta(days=SEEN_AFTER_DAYS + chance.randrange(60))
        if not row["practice"] or seen_on > self.world.last_on or chance.random() >= SEEN_SHARE:
            return UNSEEN, None
        return (ADOPTED if chance.random() < ADOPTED_SHARE else NOT_ADOPTED), seen_on

    def _note(
        self,
        row: dict[str, Any],
        action: str,
        at: Any,
        changes: dict[str, Any],
        *,
        guest: Guest | None = None,
        by: UUID | None = None,
    ) -> None:
        self.chronicle.note(
            action,
            ("training", row["id"]),
            at=at,
            by=by or row["made_by"],
            enterprise_id=guest.subject.enterprise_id if guest else None,
            area_code=row["village_code"],
            changes={"topic": [None, row["topic"]], **changes},
        )
