"""The dashboard of a province, on both engines, against counting classes on the enterprise rows."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import text

from app.core.clock import local_today
from app.core.scope import Scope, range_of
from app.dashboard.queries import movement, overview, work_lists
from app.dashboard.queries.maps import village_map
from app.dashboard.rules import SICK, period_of
from app.dashboard.rules.maps import VISITS
from app.db import db
from app.programme.queries import Around, area_lines, indicators, profile
from app.programme.rules import USUAL_DAYS
from benchmarks.measure import Line, milliseconds, report
from benchmarks.stage import ENGINES, stage
from benchmarks.world import PROVINCE, fill

COUNT = 100_000
REGENCY = "33.02"
GOAL = 3.0
FLOOR = (
    "SELECT health_class, count(*) FROM enterprise "
    "WHERE village_code >= :low AND village_code < :high GROUP BY health_class"
)


def main() -> int:
    """Measure on the engines that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--engine", choices=ENGINES, action="append")
    options = parser.parse_args()
    worst = 0
    for engine in options.engine or ENGINES:
        with stage(engine):
            officer = fill(options.count)
            lines = measured(Scope(account_id=officer, areas=(PROVINCE,)))
            title = f"Dashboard over {options.count:,} enterprises, {engine}"
            worst = max(worst, report(title, lines))
    return worst


def measured(scope: Scope) -> list[Line]:
    """Every page against the count in the same area."""
    today = local_today()
    period = period_of(today - timedelta(days=90), today, today=today)
    lines = []
    for name, area in (("province", PROVINCE), ("regency", REGENCY)):
        floor = spent(lambda area=area: list(db.session.execute(text(FLOOR), bounds(area))))
        lines += [
            Line(name=f"{name}: count by class (floor)", ours=floor, floor=floor),
            Line(
                name=f"{name}: overview",
                ours=spent(lambda area=area: overview(scope, area, period)),
                floor=floor,
                goal=GOAL,
            ),
            Line(
                name=f"{name}: movement",
                ours=spent(lambda area=area: movement(scope, area, period)),
                floor=floor,
            ),
        ]
        lines += further(scope, area, floor, name)
    lines.append(
        Line(name="work lists", ours=spent(lambda: work_lists(scope)), floor=lines[0].ours)
    )
    return lines


def further(scope: Scope, area: str, floor: float, name: str) -> list[Line]:
    """The map and the programme of an area, which have no goal of their own."""
    today = local_today()
    around = Around(
        scope=scope,
        area=area,
        period=period_of(today - timedelta(days=USUAL_DAYS), today, today=today),
        today=today,
    )
    works: dict[str, Callable[[], object]] = {
        "map, share of sakit": lambda: village_map(scope, area, SICK, today=today),
        "map, visits late": lambda: village_map(scope, area, VISITS, today=today),
        "profile of the programme": lambda: profile(around),
        "indicators of the programme": lambda: indicators(around),
        "the programme by area": lambda: area_lines(around),
    }
    return [
        Line(name=f"{name}: {what}", ours=spent(work, times=3), floor=floor)
        for what, work in works.items()
    ]


def bounds(area: str) -> dict[str, str]:
    """The codes below an area."""
    low, high = range_of(area)
    return {"low": low, "high": high}


def spent(work: Callable[[], object], times: int = 10) -> float:
    """Milliseconds, with nothing remembered in the session."""

    def once() -> None:
        work()
        db.session.remove()

    return milliseconds(once, times=times)


if __name__ == "__main__":
    sys.exit(main())
