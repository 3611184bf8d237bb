"""Two mentors change the same enterprises for days without signal: nothing accepted is lost.

2,000 updates each, sent in batches that cross; every accepted value is current, in the history,
or in the inbox of the office.
"""

from __future__ import annotations

import argparse
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.clock import local_today
from app.core.permissions import Role
from app.db import db
from app.enterprises.models import Enterprise
from app.field.models import InboxItem
from app.field.rules import CONFLICT, DUPLICATE, MERGED, OK
from app.field.services.deciding import values_in
from app.history.models import HistoryEntry
from tests.factories.accounts import account
from tests.factories.enterprises import enterprise
from tests.factories.field import device, edit_operation
from tests.factories.mentoring import assigned, mentor
from tests.torture.ground import ENGINES, Site, site
from tests.torture.lines import Line

_BATCH = 20
# Numbers, which the history keeps whole; of places and names it keeps only that they changed, so
# that people can be forgotten.
FIELDS = (
    "capital",
    "workers_paid_male",
    "workers_paid_female",
    "workers_family_male",
    "workers_family_female",
)
_ACCEPTED = {OK, MERGED, CONFLICT, DUPLICATE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How many updates were accepted, and how many of them can't be found."""

    sent: int
    statuses: dict[str, int]
    lost: int
    open_items: int
    seconds: float

    @property
    def is_clean(self) -> bool:
        """Whether all of them were accepted and can be found."""
        accepted = sum(self.statuses.get(one, 0) for one in _ACCEPTED)
        return accepted == self.sent and not self.lost


def run(place: Site, *, updates: int, enterprises: int = 20, seed: int = 1) -> Verdict:
    """Lay the enterprises, let both send, and look for every value."""
    application = place.application()
    with application.app_context():
        ids, lines = _lay(place, enterprises)
        sent = [_updates(ids, updates, n, random.Random(seed + n)) for n in range(len(lines))]
        place.start()
        begun = time.monotonic()
        statuses: Counter[str] = Counter()
        threads = [
            threading.Thread(target=_send, args=(line, own, statuses), daemon=True)
            for line, own in zip(lines, sent, strict=True)
        ]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        seconds = time.monotonic() - begun
        db.session.rollback()
        verdict = Verdict(
            sent=sum(len(own) for own in sent),
            statuses=dict(statuses),
            lost=_lost(sent),
            open_items=db.session.query(InboxItem).count(),
            seconds=round(seconds, 1),
        )
        db.session.remove()
        db.engine.dispose()
    return verdict


def _lay(place: Site, count: int) -> tuple[list[UUID], list[Line]]:
    people = [account(role=Role.MENTOR).id for _ in range(2)]
    for key in people:
        mentor(person=_Person(key), capacity=200)
    ids = [enterprise(capital=1_000_000).id for _ in range(count)]
    # The first had them until yesterday, so both may write what they did out there.
    for key, day in zip(people, (30, 0), strict=True):
        rows = [db.session.get_one(Enterprise, one) for one in ids]
        assigned(key, *rows, from_on=local_today() - timedelta(days=day))
    lines = []
    for key in people:
        row, token = device(key)
        lines.append(Line(place, row.id, token))
    return ids, lines


@dataclass
class _Person:
    id: UUID


def _updates(ids: list[UUID], count: int, who: int, chance: random.Random) -> list[dict[str, Any]]:
    """Each phone knows its own writes, and nothing of the other's."""
    known: dict[tuple[UUID, str], int] = {}
    turns: Counter[tuple[UUID, str]] = Counter()
    found = []
    for _ in range(count):
        key, field = chance.choice(ids), chance.choice(FIELDS)
        # Odd for one, even for the other, and never twice.
        value = turns[key, field] * 2 + who + 1 + (2_000_000 if field == "capital" else 0)
        turns[key, field] += 1
        base = known.get((key, field), 1_000_000 if field == "capital" else None)
        found.append(edit_operation(key, {field: value}, {field: base}, base_version=1))
        known[key, field] = value
    return found


def _send(line: Line, own: list[dict[str, Any]], statuses: Counter[str]) -> None:
    for start in range(0, len(own), _BATCH):
        for told in line.push(own[start : start + _BATCH]):
            statuses[told["status"]] += 1


def _lost(sent: list[list[dict[str, Any]]]) -> int:
    kept = set(_kept())
    return sum(
        (UUID(one["enterprise_id"]), field, value) not in kept
        for own in sent
        for one in own
        for field, value in one["data"]["changes"].items()
    )


def _kept() -> Iterator[tuple[UUID, str, Any]]:
    for row in db.session.scalars(select(Enterprise)):
        yield from ((row.id, field, getattr(row, field)) for field in FIELDS)
    entries = select(HistoryEntry).where(HistoryEntry.enterprise_id.is_not(None))
    for entry in db.session.scalars(entries):
        changes = entry.changes or {}
        for field in set(changes) & set(FIELDS):
            yield from ((entry.enterprise_id, field, value) for value in changes[field])
    for item in db.session.scalars(select(InboxItem)):
        kept = values_in(item)
        # What a phone believed is no proof: it names its own write before, also were that lost.
        for side in ("server", "incoming"):
            yield item.enterprise_id, item.field, kept.get(side)


def main(arguments: list[str]) -> int:
    """The full size on both engines."""
    parser = argparse.ArgumentParser(prog="sh scripts/torture edits")
    parser.add_argument("--engine", choices=ENGINES, action="append")
    parser.add_argument("--updates", type=int, default=2000, help="of each of the two")
    asked = parser.parse_args(arguments)
    failed = 0
    for engine in asked.engine or ENGINES:
        with site(engine) as place:
            verdict = run(place, updates=asked.updates)
        print(f"{engine}: {'bersih' if verdict.is_clean else 'TIDAK BERSIH'}; {verdict}")
        failed += not verdict.is_clean
    return 1 if failed else 0
