"""Phones that fetch while others send and the office moves enterprises: each ends with its own.

20 clients pull in small pages, now and then losing one, while 20 push visits and enterprises
change hands. In the end each holds exactly its scope: missing 0, foreign 0, stale 0.
"""

from __future__ import annotations

import argparse
import random
import threading
import time
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from app.core.clock import local_today
from app.core.permissions import Role
from app.core.scope import everywhere
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from app.mentoring.services import assign_many
from tests.factories.accounts import account
from tests.factories.enterprises import enterprise
from tests.factories.field import device, visit_operation
from tests.factories.mentoring import assigned, mentor
from tests.torture.ground import ENGINES, Site, site
from tests.torture.lines import Copy, Line

LOST = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much happens."""

    mentors: int = 20
    enterprises_each: int = 8
    visits_each: int = 100
    moves: int = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the phones hold in the end, beside what they should."""

    missing: int
    foreign: int
    stale: int
    not_whole: int
    pages: int
    unanswered: int
    moved: int
    seconds: float
    problems: tuple[str, ...]

    @property
    def is_clean(self) -> bool:
        """Whether each holds exactly its scope."""
        wrong = self.missing or self.foreign or self.stale or self.not_whole or self.problems
        return not wrong


class _World:
    def __init__(self, place: Site, size: Size, seed: int) -> None:
        self.place, self.size, self.chance = place, size, random.Random(seed)
        self.people: list[UUID] = []
        self.pushers: list[Line] = []
        self.copies: list[Copy] = []
        self.own: list[list[UUID]] = []
        self.problems: list[str] = []
        self.is_over = threading.Event()
        self.pages = self.unanswered = 0

    def lay(self) -> None:
        for _ in range(self.size.mentors):
            person = account(role=Role.MENTOR)
            key = person.id
            mentor(person=person, capacity=200)
            ids = [enterprise().id for _ in range(self.size.enterprises_each)]
            rows = [db.session.get_one(Enterprise, one) for one in ids]
            assigned(key, *rows, from_on=local_today() - timedelta(days=9))
            self.people.append(key)
            self.own.append(ids)
            for lines in (self.pushers, self.copies):
                row, token = device(key)
                line = Line(self.place, row.id, token)
                lines.append(line if lines is self.pushers else Copy(line))  # type: ignore[arg-type]

    def push(self, n: int) -> None:
        sent = [
            visit_operation(key, said={"findings": f"Kunjungan {turn} dari {n}"})
            for turn in range(self.size.visits_each)
            for key in (self.own[n][turn % len(self.own[n])],)
        ]
        for start in range(0, len(sent), 7):
            told = self.pushers[n].push(sent[start : start + 7])
            # Told again where the answer to the first try was lost.
            fine = ("ok", "review", "duplicate")
            strange = [one for one in told if one["status"] not in fine]
            self.problems += [f"push {one['status']} {one.get('code')}" for one in strange]

    def fetch(self, n: int) -> None:
        chance, copy, pages = random.Random(n), self.copies[n], 0
        # Even where all the others were done before its second page.
        while pages < 2 or not self.is_over.is_set():
            before = copy.cursor
            try:
                copy.pull(chance.randint(1, 6))
            except OSError:
                # No answer in a minute, on a busy machine: a phone asks again.
                self.unanswered += 1
                continue
            self.pages += 1
            pages += 1
            if chance.random() < LOST:
                # The page was taken in, and its cursor lost.
                copy.cursor = before
            time.sleep(chance.uniform(0, 0.05))

    def move(self) -> int:
        moved = 0
        for _ in range(self.size.moves):
            key = self.chance.choice(self.chance.choice(self.own))
            to = self.chance.choice(self.people)
            with transaction():
                moved += assign_many(
                    scope=everywhere(),
                    enterprise_ids=[key],
                    mentor_id=to,
                    from_on=local_today(),
                    reason="",
                    by=None,
                )
            time.sleep(0.02)
        return moved


def run(place: Site, size: Size, *, seed: int = 1) -> Verdict:
    """Lay the world, let everything happen at once, and compare."""
    world, application = _World(place, size, seed), place.application()
    with application.app_context():
        world.lay()
        place.start()
        begun = time.monotonic()
        pushing = [_thread(world, world.push, n) for n in range(size.mentors)]
        fetching = [_thread(world, world.fetch, n) for n in range(size.mentors)]
        moved = world.move()
        for one in pushing:
            one.join()
        world.is_over.set()
        for one in fetching:
            one.join()
        for copy in world.copies:
            copy.pull_all()
        seconds = time.monotonic() - begun
        faults = [copy.faults(key) for copy, key in zip(world.copies, world.people, strict=True)]
        db.session.remove()
        db.engine.dispose()
    return Verdict(
        missing=sum(one[0] for one in faults),
        foreign=sum(one[1] for one in faults),
        stale=sum(one[2] for one in faults),
        not_whole=sum(not copy.is_whole for copy in world.copies),
        pages=world.pages,
        unanswered=world.unanswered,
        moved=moved,
        seconds=round(seconds, 1),
        problems=tuple(world.problems[:5]),
    )


def _thread(world: _World, what: object, n: int) -> threading.Thread:
    def guarded() -> None:
        try:
            what(n)  # type: ignore[operator]
        except (AssertionError, OSError, ValueError) as error:
            world.problems.append(f"{what} {error}")

    thread = threading.Thread(target=guarded, daemon=True)
    thread.start()
    return thread


def main(arguments: list[str]) -> int:
    """The full size on both engines."""
    parser = argparse.ArgumentParser(prog="sh scripts/torture pull")
    parser.add_argument("--engine", choices=ENGINES, action="append")
    asked = parser.parse_args(arguments)
    failed = 0
    for engine in asked.engine or ENGINES:
        with site(engine) as place:
            verdict = run(place, Size())
        print(f"{engine}: {'bersih' if verdict.is_clean else 'TIDAK BERSIH'}; {verdict}")
        failed += not verdict.is_clean
    return 1 if failed else 0
