"""Many phones on bad lines, and a server that is killed: no visit lost, none counted twice.

50 clients send 10,000 visits; 30 % of the answers are dropped, 5 % of the bodies cut, 10 % sent
twice at the same moment, 20 % of the batches shuffled, clocks run up to two days wrong; then the
same with ten times kill -9. `--control` serves a build without the unique key, and must fail.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import socket
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, select

from app.core.clock import local_date, local_today, utc_now
from app.core.permissions import Role
from app.db import db
from app.enterprises.models import Enterprise
from app.field.models import SyncOperation
from app.field.rules import DUPLICATE, RETRY, SAFE
from app.history.models import HistoryEntry
from app.mentoring.models import Visit
from tests import factories as _factories
from tests.factories.accounts import account
from tests.factories.enterprises import enterprise
from tests.factories.field import device
from tests.factories.mentoring import assigned, mentor
from tests.torture.ground import ENGINES, Site, site

assert _factories
DROPPED, CUT, TWICE, SHUFFLED, CHAINED = 0.3, 0.05, 0.1, 0.2, 0.1
FORGETFUL = "tests.torture.forgetful:app"
_HEADERS = "X-Pulih-Lapangan: 1\r\nContent-Type: application/json\r\n"
_DEADLINE_SECONDS = 1500


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much is sent."""

    clients: int = 50
    visits: int = 10_000
    enterprises_each: int = 4
    kills: int = 0


@dataclass(slots=True)
class Tally:
    """What was seen from the outside."""

    answers: Counter[str] = field(default_factory=Counter)
    results: Counter[str] = field(default_factory=Counter)
    strange: list[str] = field(default_factory=list)
    acknowledged: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the database says afterwards, beside what was sent."""

    sent: int
    lost: int
    doubled: int
    wrong_totals: int
    held: int
    entries: int
    numbers_in_order: bool
    strange: tuple[str, ...]
    answers: dict[str, int]
    results: dict[str, int]
    kills: int
    seconds: float

    @property
    def is_clean(self) -> bool:
        """Whether every visit is there once, and nothing else."""
        problems = self.lost or self.doubled or self.wrong_totals or self.held or self.strange
        return not problems and self.entries == self.sent and self.numbers_in_order


class Client(threading.Thread):
    """One phone with visits to send, on a bad line."""

    def __init__(self, place: Site, phone: Phone, tally: Tally, seed: int) -> None:
        super().__init__(daemon=True)
        self.place, self.phone, self.tally = place, phone, tally
        self.chance = random.Random(seed)
        self.pending = list(phone.operations)
        self.end = time.monotonic() + _DEADLINE_SECONDS

    def run(self) -> None:
        """Send until everything is acknowledged."""
        while self.pending and time.monotonic() < self.end:
            answer = self._send(self._batch())
            if answer is None:
                time.sleep(self.chance.uniform(0.01, 0.3))

    def _batch(self) -> list[dict[str, Any]]:
        count = self.chance.randint(5, 50)
        if self.chance.random() < SHUFFLED:
            return self.chance.sample(self.pending, min(count, len(self.pending)))
        return self.pending[:count]

    def _send(self, operations: list[dict[str, Any]]) -> Any:
        body = json.dumps(
            {
                "device_id": str(self.phone.device_id),
                "epoch": None,
                "sent_at": (utc_now() + self.phone.clock).isoformat(),
                "ops": operations,
            }
        ).encode()
        luck = self.chance.random()
        if luck < CUT:
            self._exchange(body, cut=True)
            return None
        twin = None
        if self.chance.random() < TWICE:
            twin = threading.Thread(target=self._exchange, args=(body,), daemon=True)
            twin.start()
        answer = self._exchange(body, drop=luck < CUT + DROPPED)
        if twin is not None:
            twin.join()
        if answer is not None:
            self._heed(operations, answer)
        return answer

    def _exchange(self, body: bytes, *, cut: bool = False, drop: bool = False) -> Any:
        head = (
            f"POST /api/v1/sync/push HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            f"Cookie: pulih_ponsel={self.phone.token}\r\n{_HEADERS}"
            f"Content-Length: {len(body)}\r\n\r\n"
        ).encode()
        try:
            with socket.create_connection(("127.0.0.1", self.place.port), timeout=60) as line:
                line.sendall(head + (body[: len(body) // 2] if cut else body))
                if cut:
                    return self._count("cut")
                if drop:
                    line.recv(1)
                    return self._count("dropped")
                return self._read(line)
        except (OSError, http.client.HTTPException):
            return self._count("no line")

    def _read(self, line: socket.socket) -> Any:
        response = http.client.HTTPResponse(line)
        response.begin()
        text = response.read()
        self._count(str(response.status))
        if response.status == 503:
            return None
        if response.status != 200:
            self._strange(f"{response.status} {text[:200]!r}")
            return None
        return json.loads(text)

    def _heed(self, operations: list[dict[str, Any]], answer: Any) -> None:
        done = set()
        with self.tally.lock:
            for operation, result in zip(operations, answer["results"], strict=True):
                self.tally.results[result["status"]] += 1
                if result["status"] in SAFE:
                    done.add(operation["op_id"])
                elif result["status"] != RETRY:
                    self.tally.strange.append(f"{result['status']} {result['code']}")
            self.tally.acknowledged += len(done)
        self.pending = [one for one in self.pending if one["op_id"] not in done]

    def _count(self, what: str) -> None:
        with self.tally.lock:
            self.tally.answers[what] += 1

    def _strange(self, what: str) -> None:
        with self.tally.lock:
            self.tally.strange.append(what)


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """What one client holds before it begins."""

    device_id: UUID
    token: str
    clock: timedelta
    operations: tuple[dict[str, Any], ...]


def run(place: Site, size: Size, *, seed: int = 1, chained: bool = True) -> Verdict:
    """Lay the enterprises, serve, send everything, and look at what is there."""
    application = place.application()
    with application.app_context():
        phones = _phones(size, random.Random(seed), chained=chained)
    place.start()
    tally = Tally()
    begun = time.monotonic()
    clients = [Client(place, phone, tally, seed + n) for n, phone in enumerate(phones)]
    for client in clients:
        client.start()
    _kill_now_and_then(place, size, tally, clients)
    for client in clients:
        client.join()
    seconds = time.monotonic() - begun
    with application.app_context():
        verdict = _verdict(phones, tally, place.kills, seconds)
        db.session.remove()
        db.engine.dispose()
    return verdict


def _kill_now_and_then(place: Site, size: Size, tally: Tally, clients: list[Client]) -> None:
    marks = [size.visits * (n + 1) // (size.kills + 1) for n in range(size.kills)]
    for mark in marks:
        while tally.acknowledged < mark and any(client.is_alive() for client in clients):
            time.sleep(0.02)
        place.kill()
        place.start()


def _phones(size: Size, chance: random.Random, *, chained: bool) -> list[Phone]:
    each = size.visits // size.clients
    found = []
    for _ in range(size.clients):
        person = account(role=Role.MENTOR)
        account_id = person.id
        mentor(person=person, capacity=200)
        rows = [enterprise() for _ in range(size.enterprises_each)]
        keys = [row.id for row in rows]
        rows = [db.session.get_one(Enterprise, key) for key in keys]
        assigned(account_id, *rows, from_on=local_today() - timedelta(days=90))
        row, token = device(account_id)
        clock = timedelta(seconds=chance.randint(-172_800, 172_800))
        operations = _visits(keys, each, clock, chance, chained=chained)
        found.append(
            Phone(device_id=row.id, token=token, clock=clock, operations=tuple(operations))
        )
    return found


def _visits(
    keys: list[UUID], count: int, clock: timedelta, chance: random.Random, *, chained: bool
) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    last: dict[UUID, str] = {}
    for n in range(1, count + 1):
        key = keys[n % len(keys)]
        shown = utc_now() + clock - timedelta(minutes=5 * (count - n))
        waits = chained and key in last and chance.random() < CHAINED
        operation = {
            "op_id": str(uuid4()),
            "n": n,
            "type": "visit.create",
            "schema_version": 5,
            "record_id": str(uuid4()),
            "enterprise_id": str(key),
            "depends_on": [last[key]] if waits else [],
            "base_version": None,
            "occurred_at": shown.isoformat(),
            "data": {
                "outcome": "bertemu",
                "visited_on": local_date(shown).isoformat(),
                "place_kind": "tempat_usaha",
                "met_with": "Bu Sari",
                # Tells which delivery it came from, whatever id the server gave it.
                "findings": _mark(key, n),
            },
            "attachments": [],
        }
        last[key] = str(operation["op_id"])
        found.append(operation)
    return found


def _mark(enterprise_id: UUID, n: int) -> str:
    return f"Kunjungan ke-{n} di {enterprise_id}"


def _verdict(phones: list[Phone], tally: Tally, kills: int, seconds: float) -> Verdict:
    operations = [one for phone in phones for one in phone.operations]
    stored = Counter(db.session.scalars(select(Visit.findings)))
    here = dict(
        db.session.execute(
            select(Visit.enterprise_id, func.count()).group_by(Visit.enterprise_id)
        ).all()
    )
    wanted = Counter(UUID(one["enterprise_id"]) for one in operations)
    numbers = db.session.scalars(
        select(SyncOperation.server_n).order_by(SyncOperation.server_n)
    ).all()
    held = db.session.scalar(
        select(func.count()).select_from(SyncOperation).where(SyncOperation.status == "held")
    )
    entries = db.session.scalar(
        select(func.count())
        .select_from(HistoryEntry)
        .where(HistoryEntry.action == "visit.recorded")
    )
    return Verdict(
        sent=len(operations),
        lost=sum(one["data"]["findings"] not in stored for one in operations),
        doubled=sum(count - 1 for count in stored.values()),
        wrong_totals=sum(here.get(key) != count for key, count in wanted.items()),
        held=int(held or 0),
        entries=int(entries or 0),
        numbers_in_order=list(numbers) == list(range(1, len(numbers) + 1)),
        strange=tuple(tally.strange[:5]),
        answers=dict(tally.answers),
        results=dict(tally.results),
        kills=kills,
        seconds=round(seconds, 1),
    )


def main(arguments: list[str]) -> int:
    """The full size on both engines, without and with kills; or the control."""
    parser = argparse.ArgumentParser(prog="sh scripts/torture sync")
    parser.add_argument("--engine", choices=ENGINES, action="append")
    parser.add_argument("--visits", type=int, default=Size().visits)
    parser.add_argument("--clients", type=int, default=Size().clients)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--control", action="store_true", help="without the unique key")
    asked = parser.parse_args(arguments)
    failed = 0
    for engine in asked.engine or ENGINES:
        for kills in (0,) if asked.control else (0, asked.kills):
            size = Size(clients=asked.clients, visits=asked.visits, kills=kills)
            serves = FORGETFUL if asked.control else "wsgi:app"
            with site(engine, serves=serves) as place:
                verdict = run(place, size, chained=not asked.control)
            _say(engine, verdict)
            failed += verdict.is_clean == asked.control
    return 1 if failed else 0


def _say(engine: str, one: Verdict) -> None:
    judged = "bersih" if one.is_clean else "TIDAK BERSIH"
    print(
        f"{engine}: {judged}; sent {one.sent}, lost {one.lost}, doubled {one.doubled}, "
        f"wrong totals {one.wrong_totals}, held {one.held}, entries {one.entries}, "
        f"kills {one.kills}, {one.seconds} s"
    )
    print(f"  answers {one.answers}\n  results {one.results}")
    if one.results.get(DUPLICATE):
        print(f"  told again {one.results[DUPLICATE]}")
    for strange in one.strange:
        print(f"  strange: {strange}")
