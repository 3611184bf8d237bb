"""Proposing who looks after whom: 10,000 enterprises and 500 mentors, against their distances."""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable
from uuid import UUID

import numpy as np
from sqlalchemy import func, select, update

from app.accounts.models import Account, Membership
from app.core.clock import local_today, utc_now
from app.core.ids import new_id
from app.core.permissions import Role
from app.core.scope import Scope
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from app.mentoring.frames import best, fitting, ways
from app.mentoring.jobs import propose
from app.mentoring.models import AssignmentProposal, Mentor
from app.mentoring.queries.proposal_inputs import cases, hands
from app.mentoring.rules.words import SKILLS
from app.mentoring.services import ask_proposal
from benchmarks.measure import Line, report
from benchmarks.stage import ENGINES, stage
from benchmarks.world import PROVINCE, fill

COUNT, MENTORS = 10_000, 500
# The distances are one array; the matching looks at millions of places beside it.
GOAL = 20.0
# Degrees: about the width of a large regency.
_WIDTH = 1.2


def main() -> int:
    """Measure on the engines that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--mentors", type=int, default=MENTORS)
    parser.add_argument("--engine", choices=ENGINES, action="append")
    options = parser.parse_args()
    worst = 0
    for engine in options.engine or ENGINES:
        with stage(engine):
            officer = fill(options.count)
            settle(options.mentors)
            title = f"{options.count:,} enterprises, {options.mentors} mentors, {engine}"
            worst = max(worst, report(title, measured(officer)))
    return worst


def settle(count: int) -> None:
    """Give every village a place on the map, and each enterprise a mentor not too far away."""
    chance = random.Random(3)
    rows = db.session.execute(select(Enterprise.id, Enterprise.village_code)).all()
    points = {
        row.village_code: (-7.4 + chance.uniform(0, _WIDTH), 109 + chance.uniform(0, _WIDTH))
        for row in rows
    }
    villages = sorted(points)
    mentors = [(new_id(), chance.choice(villages)) for _ in range(count)]
    room = len(rows) // count
    with transaction():
        _hire(mentors, chance, room)
        starts = np.array([points[village] for _, village in mentors])
        for enterprise_id, village in rows:
            far = ((starts - np.array(points[village])) ** 2).sum(axis=1)
            # One of the ten nearest: as it grew over years, not as a computer would do it.
            near = np.argpartition(far, 10)[:10]
            mentor = mentors[int(chance.choice(near.tolist()))][0]
            lat, lng = (degrees + chance.gauss(0, 0.01) for degrees in points[village])
            db.session.execute(
                update(Enterprise)
                .where(Enterprise.id == enterprise_id)
                .values(lat=lat, lng=lng, mentor_id=mentor)
            )


def _hire(mentors: list[tuple[UUID, str]], chance: random.Random, room: int) -> None:
    now = utc_now()
    for key, village in mentors:
        person = Account(
            id=key, name=str(key), email=f"{key}@contoh.test", password_hash="-", created_at=now
        )
        role = Membership(
            id=new_id(), account_id=key, role=Role.MENTOR, area_code=PROVINCE, from_on=local_today()
        )
        db.session.add_all([person, role])
        db.session.flush()
        db.session.add(
            Mentor(
                account_id=key,
                village_code=village,
                skills=chance.sample(sorted(SKILLS), k=3),
                capacity=room + chance.randrange(1, 8),
                created_at=now,
                updated_at=now,
            )
        )


def measured(officer: UUID) -> list[Line]:
    """The computing alone, the whole job, and how good what it finds is."""
    scope = Scope(account_id=officer, areas=(PROVINCE,))
    served, workers = cases(scope, PROVINCE), hands(scope, PROVINCE)
    floor, km = spent(lambda: ways(served, workers))
    ours, chosen = spent(lambda: best(served, workers, km))
    with transaction():
        proposal_id = ask_proposal(scope=scope, area_code=PROVINCE, by=officer)
    whole, _ = spent(lambda: propose({"proposal_id": str(proposal_id)}, Silent()))
    lines = [
        Line(name="all distances (floor)", ours=floor, floor=floor, unit="s"),
        Line(name="best assignment", ours=ours, floor=floor, goal=GOAL, unit="s"),
        Line(name="whole job, reading and storing", ours=whole, floor=floor, unit="s"),
    ]
    cost = km + 3.0 * ~fitting(served, workers)
    found = float(cost[np.arange(len(served)), chosen].mean())
    # Everybody at the mentor who would be cheapest if nobody were ever full: no plan beats that.
    nearest = float(cost.min(axis=1).mean())
    lines.append(Line(name="km and skill, mean", ours=found, floor=nearest, unit="km"))
    db.session.rollback()
    made = db.session.get_one(AssignmentProposal, proposal_id).figures
    print(f"\nmoved {made['moved']}\nbefore {made['before']}\nafter  {made['after']}")
    print("proposals stored:", db.session.scalar(select(func.count(AssignmentProposal.id))))
    return lines


class Silent:
    """Progress that nobody watches."""

    def step(self, *_: object) -> None:
        """Nothing is shown."""


def spent(work: Callable[[], object]) -> tuple[float, object]:
    """Processor seconds of a piece of work, and what it gave."""
    begun = time.process_time()
    result = work()
    return time.process_time() - begun, result


if __name__ == "__main__":
    sys.exit(main())
