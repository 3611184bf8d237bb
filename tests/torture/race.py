"""Two phones at the same moment: one operation twice, and two changes of one enterprise.

50 rounds each. Of an operation that arrives twice at once, one is done and one told again; of two
changes at once, other fields merge, the same field goes to the inbox, and none is lost.
"""

from __future__ import annotations

import argparse
import threading
import time
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from app.core.clock import local_today
from app.core.permissions import Role
from app.db import db
from app.enterprises.models import Enterprise
from app.field.models import InboxItem
from app.field.rules import CONFLICT, DUPLICATE, MERGED, OK
from app.field.services.deciding import values_in
from app.mentoring.models import Visit
from tests.factories.accounts import account
from tests.factories.enterprises import enterprise
from tests.factories.field import device, edit_operation, visit_operation
from tests.factories.mentoring import assigned, mentor
from tests.torture.ground import ENGINES, Site, site
from tests.torture.lines import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What became of both kinds of rounds."""

    rounds: int
    twice: dict[str, int]
    visits: int
    edits: dict[str, int]
    version_steps: int
    kept_apart: bool
    lost: int
    statuses: dict[int, int]
    seconds: float

    @property
    def is_clean(self) -> bool:
        """Whether every round ended as it must, and nothing was answered with a fault."""
        accepted = sum(self.edits.get(one, 0) for one in (OK, MERGED, CONFLICT))
        return (
            self.twice == {OK: self.rounds, DUPLICATE: self.rounds}
            and self.visits == self.rounds
            and accepted == self.version_steps == 2 * self.rounds
            and self.kept_apart
            and not self.lost
            and set(self.statuses) <= {200, 503}
        )


class _CountingLine(Line):
    """A line that counts what the server answered."""

    def __init__(self, place: Site, device_id: UUID, token: str) -> None:
        super().__init__(place, device_id, token)
        self.statuses: Counter[int] = Counter()

    def ask(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        status, said = super().ask(method, path, body)
        self.statuses[status] += 1
        return status, said


def run(place: Site, *, rounds: int = 50) -> Verdict:
    """Lay two phones of one mentor and one enterprise, race, and look at what is there."""
    application = place.application()
    with application.app_context():
        key, lines = _lay(place)
        version = db.session.get_one(Enterprise, key).version
        db.session.rollback()
        place.start()
        place.warm_up()
        begun = time.monotonic()
        twice: Counter[str] = Counter()
        for _ in range(rounds):
            one = visit_operation(key)
            twice.update(_at_once(lines, [one, one]))
        edits: Counter[str] = Counter()
        for n in range(rounds):
            edits.update(_at_once(lines, _edits(key, n)))
        seconds = time.monotonic() - begun
        verdict = Verdict(
            rounds=rounds,
            twice=dict(twice),
            visits=db.session.query(Visit).count(),
            edits=dict(edits),
            version_steps=db.session.get_one(Enterprise, key).version - version,
            kept_apart=_kept_apart(key, rounds),
            lost=_lost(key, rounds),
            statuses=dict(lines[0].statuses + lines[1].statuses),
            seconds=round(seconds, 1),
        )
        db.session.remove()
        db.engine.dispose()
    return verdict


def _lay(place: Site) -> tuple[UUID, list[_CountingLine]]:
    person = account(role=Role.MENTOR)
    account_id = person.id
    mentor(person=person, capacity=200)
    key = enterprise().id
    row = db.session.get_one(Enterprise, key)
    assigned(account_id, row, from_on=local_today() - timedelta(days=30))
    lines: list[_CountingLine] = []
    for _ in range(2):
        phone, token = device(account_id)
        lines.append(_CountingLine(place, phone.id, token))
    return key, lines


def _at_once(lines: list[_CountingLine], operations: list[dict[str, Any]]) -> list[str]:
    """The statuses that both were told, who sent at the same moment."""
    start, told = threading.Barrier(len(lines)), [""] * len(lines)

    def send(place: int) -> None:
        start.wait()
        told[place] = lines[place].push([operations[place]])[0]["status"]

    threads = [threading.Thread(target=send, args=(place,)) for place in range(len(lines))]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return told


def _edits(key: UUID, n: int) -> list[dict[str, Any]]:
    """Both change the number of workers; one of them the village's part, the other the product."""
    told = {"workers_paid_male": 10 + 2 * n, "address": f"Jalan {n}"}
    other = {"workers_paid_male": 11 + 2 * n, "product_line": f"Produk {n}"}
    return [
        edit_operation(key, told, {"address": _before("Jalan", n)}),
        edit_operation(key, other, {"product_line": _before("Produk", n)}),
    ]


def _before(word: str, n: int) -> str | None:
    return f"{word} {n - 1}" if n else None


def _kept_apart(key: UUID, rounds: int) -> bool:
    """Whether the fields that only one of them wrote have their last value."""
    row, last = db.session.get_one(Enterprise, key), rounds - 1
    return (row.address, row.product_line) == (f"Jalan {last}", f"Produk {last}")


def _lost(key: UUID, rounds: int) -> int:
    """How many of both their numbers stand neither in the field nor in the inbox."""
    kept = {db.session.get_one(Enterprise, key).workers_paid_male}
    for item in db.session.query(InboxItem).filter_by(field="workers_paid_male"):
        values = values_in(item)
        kept |= {values.get("server"), values.get("incoming")}
    return len(set(range(10, 10 + 2 * rounds)) - kept)


def main(arguments: list[str]) -> int:
    """The full size on both engines."""
    parser = argparse.ArgumentParser(prog="sh scripts/torture race")
    parser.add_argument("--engine", choices=ENGINES, action="append")
    parser.add_argument("--rounds", type=int, default=50)
    asked = parser.parse_args(arguments)
    failed = 0
    for engine in asked.engine or ENGINES:
        with site(engine) as place:
            verdict = run(place, rounds=asked.rounds)
        print(f"{engine}: {'bersih' if verdict.is_clean else 'TIDAK BERSIH'}; {verdict}")
        failed += not verdict.is_clean
    return 1 if failed else 0
