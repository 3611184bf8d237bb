"""500 phones after an outage, all within five seconds: each sends what waited and fetches.

Each brings five visits and its own cards home as the app would: who isn't answered waits a growing
time, drawn by chance. In the end every visit is there once, and the last is done within 5 minutes.
"""

from __future__ import annotations

import argparse
import http.client
import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.clock import local_today
from app.core.permissions import Role
from app.db import db
from app.enterprises.models import Enterprise
from app.field.rules import SAFE
from app.mentoring.models import Visit
from tests.factories.accounts import account
from tests.factories.enterprises import enterprise
from tests.factories.field import device, visit_operation
from tests.factories.mentoring import assigned, mentor
from tests.torture.ground import ENGINES, Site, site
from tests.torture.lines import Copy, Line

WITHIN_SECONDS = 5.0
LONGEST_SECONDS = 300.0
_VISITS, _ENTERPRISES = 5, 2
_WAITS = {429, 502, 503, 504}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How the outage ended."""

    phones: int
    sent: int
    lost: int
    doubled: int
    not_whole: int
    unfinished: int
    answers: dict[str, int]
    half_done: float
    p95_done: float
    last_done: float

    @property
    def is_clean(self) -> bool:
        """Whether everything is there once, and soon enough."""
        wrong = self.lost or self.doubled or self.not_whole or self.unfinished
        allowed = {"200", "no answer", *map(str, _WAITS)}
        return not wrong and set(self.answers) <= allowed and self.last_done <= LONGEST_SECONDS


@dataclass(slots=True)
class Tally:
    """What the phones saw."""

    answers: Counter[str] = field(default_factory=Counter)
    done: list[float] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


class Phone(threading.Thread):
    """One phone with work to bring home."""

    def __init__(self, copy: Copy, keys: list[UUID], tally: Tally, seed: int) -> None:
        super().__init__(daemon=True)
        self.copy, self.tally, self.chance = copy, tally, random.Random(seed)
        self.operations = [
            visit_operation(keys[n % len(keys)], said={"findings": f"Sesudah padam {seed}:{n}"})
            for n in range(_VISITS)
        ]
        self.begins, self.begun = self.chance.uniform(0, WITHIN_SECONDS), 0.0
        self.tries = 0

    def run(self) -> None:
        """Come back, send, fetch."""
        self.begun = time.monotonic()
        time.sleep(self.begins)
        while not self._fetch() and self._may_try():
            pass
        while not self._send() and self._may_try():
            pass
        while not self._fetch() and self._may_try():
            pass
        with self.tally.lock:
            self.tally.done.append(time.monotonic() - self.begun)

    def _may_try(self) -> bool:
        return time.monotonic() - self.begun < LONGEST_SECONDS

    def _send(self) -> bool:
        body = {"device_id": str(self.copy.line.device_id), "epoch": None, "ops": self.operations}
        said = self._ask("POST", "/api/v1/sync/push", body)
        if said is None:
            return False
        done = {one["op_id"] for one in said["results"] if one["status"] in SAFE}
        self.operations = [one for one in self.operations if one["op_id"] not in done]
        return not self.operations

    def _fetch(self) -> bool:
        said = self._ask("GET", f"/api/v1/sync/pull?limit=200&cursor={self.copy.cursor}")
        if said is None:
            return False
        self.copy.take(said)
        return not said["has_more"]

    def _ask(self, method: str, path: str, body: Any = None) -> Any:
        """The answer; after none the phone waits, as app/field/static/connection.js does."""
        try:
            status, said = self.copy.line.ask(method, path, body)
        except (OSError, http.client.HTTPException, ValueError):
            status, said = 0, None
        with self.tally.lock:
            self.tally.answers[str(status) if status else "no answer"] += 1
        if status == 200:
            self.tries = 0
            return said
        self.tries += 1
        asked = self.copy.line.retry_after if status in _WAITS else 0.0
        time.sleep(max(self.chance.random() * min(2**self.tries, 60), asked))
        return None


def run(place: Site, *, phones: int, seed: int = 1) -> Verdict:
    """Lay the phones, let them come, and look at what is there."""
    application, tally = place.application(), Tally()
    with application.app_context():
        herd = [_lay(place, tally, seed + n) for n in range(phones)]
        wanted = [one["data"]["findings"] for phone in herd for one in phone.operations]
        place.start()
        place.warm_up()
        for phone in herd:
            phone.start()
        for phone in herd:
            phone.join()
        db.session.rollback()
        stored = Counter(db.session.scalars(select(Visit.findings)))
        db.session.remove()
        db.engine.dispose()
    ends = sorted(tally.done)
    return Verdict(
        phones=phones,
        sent=len(wanted),
        lost=sum(one not in stored for one in wanted),
        doubled=sum(count - 1 for count in stored.values()),
        not_whole=sum(not phone.copy.is_whole for phone in herd),
        unfinished=sum(bool(phone.operations) for phone in herd),
        answers=dict(tally.answers),
        half_done=round(ends[len(ends) // 2], 1),
        p95_done=round(ends[int(len(ends) * 0.95)], 1),
        last_done=round(ends[-1], 1),
    )


def _lay(place: Site, tally: Tally, seed: int) -> Phone:
    person = account(role=Role.MENTOR)
    account_id = person.id
    mentor(person=person, capacity=200)
    keys = [enterprise().id for _ in range(_ENTERPRISES)]
    rows = [db.session.get_one(Enterprise, key) for key in keys]
    assigned(account_id, *rows, from_on=local_today() - timedelta(days=30))
    row, token = device(account_id)
    return Phone(Copy(Line(place, row.id, token)), keys, tally, seed)


def main(arguments: list[str]) -> int:
    """The full size on both engines."""
    parser = argparse.ArgumentParser(prog="sh scripts/torture herd")
    parser.add_argument("--engine", choices=ENGINES, action="append")
    parser.add_argument("--phones", type=int, default=500)
    asked = parser.parse_args(arguments)
    failed = 0
    for engine in asked.engine or ENGINES:
        with site(engine) as place:
            verdict = run(place, phones=asked.phones)
        print(f"{engine}: {'bersih' if verdict.is_clean else 'TIDAK BERSIH'}; {verdict}")
        failed += not verdict.is_clean
    return 1 if failed else 0
