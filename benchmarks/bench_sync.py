"""What phones send and fetch, on both engines, against the same rows inserted without protocol."""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import Flask

from app.core.clock import local_today
from app.core.permissions import Role
from app.db import db
from app.enterprises.models import Enterprise
from benchmarks.measure import Line, report
from benchmarks.stage import ENGINES
from tests.factories.accounts import account
from tests.factories.enterprises import enterprise
from tests.factories.field import device, visit_operation
from tests.factories.health import assessment, findings
from tests.factories.mentoring import assigned, mentor
from tests.torture import lines as phones
from tests.torture.ground import Site, site

VISITS, ENTERPRISES, BATCH = 200, 60, 50
CROWD, OF_EACH, CARED = 50, 50, 10
GOAL_MS = 1.0
PACK_GOAL = 2_000_000
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What a piece of work took, of the server's processes and of the clock."""

    cpu: float
    wall: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """A phone and the enterprises that its mentor has in care."""

    line: phones.Line
    keys: tuple[UUID, ...]

    def visits(self, count: int) -> list[dict[str, Any]]:
        """So many visits, over all of them in turn."""
        return [
            visit_operation(
                self.keys[n % len(self.keys)],
                said={"findings": f"Produksi berjalan, pesanan ke-{n} sudah diantar ke warung."},
            )
            for n in range(count)
        ]


def main() -> int:
    """Measure on the engines that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", choices=ENGINES, action="append")
    parser.add_argument("--count", type=int, default=CROWD * OF_EACH, help="visits of the crowd")
    options = parser.parse_args()
    worst, crowd = 0, options.count // OF_EACH
    for engine in options.engine or ENGINES:
        with site(engine) as place:
            application = place.application()
            with application.app_context():
                worst = max(worst, report(f"Sync, {engine}", measured(place, application, crowd)))
                db.session.remove()
                db.engine.dispose()
    return worst


def measured(place: Site, application: Flask, count: int) -> list[Line]:
    """One phone with much, many phones at once, and the first pack."""
    one, crowd = _phone(place, ENTERPRISES), [_phone(place, CARED) for _ in range(count)]
    place.start()
    place.warm_up()
    _send(one, one.visits(BATCH))
    before = _counts()
    own = _taken(place, lambda: _send(one, one.visits(VISITS)))
    floor = _floor(application, before, VISITS)
    before = _counts()
    sent = [phone.visits(OF_EACH) for phone in crowd]
    all_at_once = _taken(place, lambda: _together(crowd, sent))
    crowd_floor = _floor(application, before, count * OF_EACH)
    pack, packed, plain = _pack(place)
    return [
        *_both("one phone, a visit", own, VISITS, floor),
        *_both(f"{count} phones at once, a visit", all_at_once, count * OF_EACH, crowd_floor),
        Line(name="first pack, 60 × 3 visits", ours=packed / 1000, floor=PACK_GOAL / 1000, goal=1.0,
             unit="kB"),
        Line(name="the same, not compressed", ours=plain / 1000, floor=PACK_GOAL / 1000, unit="kB"),
        Line(name="the same, processor", ours=pack.cpu * 1000, floor=1000.0),
        Line(name="the same, wall", ours=pack.wall * 1000, floor=1000.0),
    ]  # fmt: skip


def _both(name: str, taken: Taken, count: int, floor: float) -> list[Line]:
    """Against the same rows, and against what was wanted."""
    each = taken.cpu / count * 1000
    return [
        Line(name=f"{name}, same rows alone", ours=each, floor=floor),
        Line(name=f"{name}, the goal", ours=each, floor=GOAL_MS, goal=1.0),
        Line(name=f"{name}, wall", ours=taken.wall / count * 1000, floor=floor),
    ]


def _phone(place: Site, cared: int) -> Phone:
    person = account(role=Role.MENTOR)
    account_id = person.id
    mentor(person=person, capacity=200)
    keys = tuple(enterprise().id for _ in range(cared))
    rows = [db.session.get_one(Enterprise, key) for key in keys]
    assigned(account_id, *rows, from_on=local_today() - timedelta(days=90))
    row, token = device(account_id)
    made = Phone(line=phones.Line(place, row.id, token), keys=keys)
    db.session.rollback()
    return made


def _send(phone: Phone, operations: list[dict[str, Any]]) -> None:
    for start in range(0, len(operations), BATCH):
        told = phone.line.push(operations[start : start + BATCH])
        strange = {one["status"] for one in told} - {"ok", "duplicate"}
        if strange:
            raise RuntimeError(f"{strange}")


def _together(crowd: list[Phone], sent: list[list[dict[str, Any]]]) -> None:
    threads = [
        threading.Thread(target=_send, args=(phone, own))
        for phone, own in zip(crowd, sent, strict=True)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()


def _pack(place: Site) -> tuple[Taken, int, int]:
    """Fetching all of 60 enterprises with three visits each: bytes compressed, and plain."""
    phone, chance = _phone(place, ENTERPRISES), random.Random(1)
    _send(phone, [_talkative(one, chance) for one in phone.visits(3 * ENTERPRISES)])
    for key in phone.keys:
        found = findings(**{code: chance.randint(0, 4) for code in findings().answers})
        assessment(enterprise=db.session.get_one(Enterprise, key), found=found)
    db.session.rollback()
    copy, bodies = phones.Copy(phone.line), []

    def fetch() -> None:
        status, page = phone.line.ask("GET", "/api/v1/sync/pull?limit=200")
        if status != 200 or page["has_more"]:
            raise RuntimeError(f"{status}")
        copy.take(page)
        bodies.append(page)
        bodies.append(phone.line.ask("GET", "/api/v1/sync/reference")[1])

    taken = _taken(place, fetch)
    if len(copy.cards) != ENTERPRISES or any(
        len(one["visits"]) != 3 for one in copy.cards.values()
    ):
        raise RuntimeError("the pack isn't whole")
    texts = [json.dumps(one, separators=(",", ":")).encode() for one in bodies]
    return taken, sum(len(gzip.compress(one, 6)) for one in texts), sum(len(one) for one in texts)


def _talkative(operation: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """A visit with forty words that don't repeat themselves, as no compression likes them."""
    words = ("".join(chance.choices("aiueonrtkms", k=chance.randint(3, 9))) for _ in range(40))
    return {**operation, "data": {**operation["data"], "findings": " ".join(words)}}


# --- the same rows without protocol


def _counts() -> dict[str, int]:
    """How many rows each table has, so that what came can be told apart."""
    db.session.rollback()
    found = {
        name: db.session.scalar(sa.select(sa.func.count()).select_from(table)) or 0
        for name, table in db.metadata.tables.items()
    }
    db.session.rollback()
    return found


def _floor(application: Flask, before: dict[str, int], visits: int) -> float:
    """Milliseconds a visit to insert what came since, in batches, with keys and indexes only."""
    grown = {name: n - before[name] for name, n in _counts().items() if n > before[name]}
    rows = {name: _newest(db.metadata.tables[name], count) for name, count in grown.items()}
    with _bare(application, list(rows)) as (engine, tables), engine.connect() as connection:
        spent = _used_by(_backend(connection))
        begun = time.process_time()
        steps = -(-visits // BATCH)
        for step in range(steps):
            with connection.begin():
                for name, found in rows.items():
                    part = found[len(found) * step // steps : len(found) * (step + 1) // steps]
                    if part:
                        connection.execute(sa.insert(tables[name]), part)
        used = time.process_time() - begun + _used_by(_backend(connection)) - spent
    return used / visits * 1000


def _newest(table: sa.Table, count: int) -> list[dict[str, Any]]:
    """The rows that came last, by the column that tells: a number, an instant or a key in order."""
    for name in ("n", "server_n", "received_at", "id"):
        if name in table.c:
            column = table.c[name]
            break
    else:
        column = next(iter(table.primary_key.columns))
    found = db.session.execute(sa.select(table).order_by(column.desc()).limit(count))
    rows = [dict(row) for row in found.mappings()]
    db.session.rollback()
    return rows[::-1]


@contextmanager
def _bare(application: Flask, names: list[str]) -> Iterator[tuple[sa.Engine, dict[str, sa.Table]]]:
    """The same tables with their keys and indexes in a place of their own, without triggers."""
    url = application.config["SQLALCHEMY_DATABASE_URI"]
    is_sqlite = url.startswith("sqlite")
    schema = None if is_sqlite else "bare"
    engine = sa.create_engine(f"{url}.bare" if is_sqlite else url)
    metadata = sa.MetaData()
    tables = {}
    for name in names:
        table = db.metadata.tables[name].to_metadata(metadata, schema=schema)
        for link in list(table.foreign_key_constraints):
            table.constraints.discard(link)
        tables[name] = table
    with engine.begin() as connection:
        if is_sqlite:
            connection.exec_driver_sql("PRAGMA journal_mode=WAL")
        else:
            connection.execute(sa.text("DROP SCHEMA IF EXISTS bare CASCADE"))
            connection.execute(sa.text("CREATE SCHEMA bare"))
        for table in tables.values():
            table.drop(connection, checkfirst=True)
            table.create(connection)
    try:
        yield engine, tables
    finally:
        engine.dispose()


def _backend(connection: sa.Connection) -> int | None:
    if connection.dialect.name != "postgresql":
        return None
    pid: int | None = connection.scalar(sa.text("SELECT pg_backend_pid()"))
    connection.rollback()
    return pid


def _used_by(pid: int | None) -> float:
    return 0.0 if pid is None else sum(_stat(pid)[1:3])


# --- processor time of the server and of its database


def _taken(place: Site, work: Callable[[], None]) -> Taken:
    begun, used = time.perf_counter(), _used_there(place)
    work()
    # A database's process adds up what it did when it sleeps.
    wall = time.perf_counter() - begun
    return Taken(cpu=_used_there(place) - used, wall=wall)


def _used_there(place: Site) -> float:
    """Processor seconds of gunicorn, of PostgreSQL if it is there, and of all below them."""
    if place.process is None:
        raise RuntimeError("it doesn't serve")
    roots = {place.process.pid, *_postgres(place.folder)}
    stats = {int(one.name): _stat(int(one.name)) for one in Path("/proc").glob("[0-9]*")}
    total = 0.0
    for pid, (_, own, waited) in stats.items():
        above = pid
        while above and above not in roots:
            above = stats[above][0] if above in stats else 0
        total += own + waited if above else 0.0
    return total


def _postgres(folder: Path) -> list[int]:
    found = []
    for line in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = line.read_bytes()
        except OSError:
            continue
        if b"postgres" in words.split(b"\0")[0] and str(folder).encode() in words:
            found.append(int(line.parent.name))
    return found


def _stat(pid: int) -> tuple[int, float, float]:
    """Its parent, what it used, and what its children used that have ended."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return 0, 0.0, 0.0
    fields = text.rpartition(")")[2].split()
    used = [int(one) / _TICK for one in fields[11:15]]
    return int(fields[1]), used[0] + used[1], used[2] + used[3]


if __name__ == "__main__":
    sys.exit(main())
