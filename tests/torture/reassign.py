"""An enterprise goes to another mentor while the first is away: nothing of their days is lost.

Each old mentor sends visits of before; the office finds them in its inbox, the new mentor gets the
whole past with one pull, and the old phone is told to let go and ends empty.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from app.core.clock import local_today, utc_now
from app.core.permissions import Role
from app.db import db
from app.enterprises.models import Enterprise
from app.field.models import InboxItem
from app.mentoring.models import Visit
from tests.factories.accounts import account
from tests.factories.enterprises import enterprise
from tests.factories.field import device, visit_operation
from tests.factories.mentoring import assigned, mentor
from tests.torture.ground import ENGINES, Site, site
from tests.torture.lines import Copy, Line

VISITS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What became of the late visits and of both phones, over all pairs of mentors."""

    pairs: int
    visits_sent: int
    visits_kept: int
    in_inbox: int
    new_phones_whole: int
    old_phones_empty: int
    revokes: int
    seconds: float

    @property
    def is_clean(self) -> bool:
        """Whether nothing is lost and nothing stays where it may not."""
        return (
            self.visits_kept == self.in_inbox == self.visits_sent
            and self.new_phones_whole == self.old_phones_empty == self.revokes == self.pairs
        )


def run(place: Site, *, pairs: int) -> Verdict:
    """Lay the pairs, reassign, send late, pull, and compare."""
    application = place.application()
    with application.app_context():
        laid = [_lay(place) for _ in range(pairs)]
        place.start()
        begun = time.monotonic()
        for old, _, _, _ in laid:
            old.pull_all()
        for _, _, new_id, key in laid:
            assigned(new_id, db.session.get_one(Enterprise, key))
        for old, _, _, key in laid:
            told = old.line.push(_late(key))
            assert {one["status"] for one in told} == {"ok"}, told
        for old, new, _, _ in laid:
            new.pull_all()
            old.pull_all()
        seconds = time.monotonic() - begun
        db.session.rollback()
        verdict = Verdict(
            pairs=pairs,
            visits_sent=pairs * VISITS,
            visits_kept=_count(Visit.findings.like("Terlambat%")),
            in_inbox=db.session.scalar(
                select(func.count()).select_from(InboxItem).where(InboxItem.code == "former_mentor")
            )
            or 0,
            new_phones_whole=sum(_has_past(new, key) for _, new, _, key in laid),
            old_phones_empty=sum(not old.cards and old.is_whole for old, _, _, _ in laid),
            revokes=sum(old.kinds.count("revoke") for old, _, _, _ in laid),
            seconds=round(seconds, 1),
        )
        db.session.remove()
        db.engine.dispose()
    return verdict


def _lay(place: Site) -> tuple[Copy, Copy, UUID, UUID]:
    phones, ids = [], []
    for _ in range(2):
        person = account(role=Role.MENTOR)
        ids.append(person.id)
        mentor(person=person, capacity=200)
        row, token = device(ids[-1])
        phones.append(Copy(Line(place, row.id, token)))
    key = enterprise().id
    days_ago = local_today() - timedelta(days=30)
    assigned(ids[0], db.session.get_one(Enterprise, key), from_on=days_ago)
    return phones[0], phones[1], ids[1], key


def _late(key: UUID) -> list[dict[str, Any]]:
    """Visits of the days before, told only now."""
    found = []
    for n in range(VISITS):
        at = utc_now() - timedelta(days=VISITS - n)
        day = (local_today() - timedelta(days=VISITS - n)).isoformat()
        said = {"visited_on": day, "findings": f"Terlambat {n}"}
        found.append(visit_operation(key, said=said, occurred_at=at.isoformat()))
    return found


def _has_past(new: Copy, key: UUID) -> bool:
    card = new.cards.get(key)
    newest = [f"Terlambat {n}" for n in range(VISITS - 1, VISITS - 4, -1)]
    return bool(card) and new.is_whole and [one["findings"] for one in card["visits"]] == newest


def _count(wanted: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(Visit).where(wanted)) or 0


def main(arguments: list[str]) -> int:
    """The full size on both engines."""
    parser = argparse.ArgumentParser(prog="sh scripts/torture reassign")
    parser.add_argument("--engine", choices=ENGINES, action="append")
    parser.add_argument("--pairs", type=int, default=50)
    asked = parser.parse_args(arguments)
    failed = 0
    for engine in asked.engine or ENGINES:
        with site(engine) as place:
            verdict = run(place, pairs=asked.pairs)
        print(f"{engine}: {'bersih' if verdict.is_clean else 'TIDAK BERSIH'}; {verdict}")
        failed += not verdict.is_clean
    return 1 if failed else 0
