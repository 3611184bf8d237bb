"""Looking through the data of 100,000 enterprises: what contradicts, what is far from the usual."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable

from sqlalchemy import func, select

from app.core.scope import everywhere
from app.db import db
from app.enterprises.models import Enterprise
from app.quality.jobs import check_data
from app.quality.models import Finding
from app.quality.queries.facts import crowded_phones, facts_of, regencies
from benchmarks.measure import MEGABYTE, Line, peak_of_this_process, report
from benchmarks.stage import ENGINES, stage
from benchmarks.world import fill

COUNT = 100_000


class Silence:
    """Progress that nobody follows."""

    def step(self, done: int, total: int, message: str = "") -> None:
        """Go on."""


def main() -> int:
    """Measure on the engines that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--engine", choices=ENGINES, action="append")
    options = parser.parse_args()
    worst = 0
    for engine in options.engine or ENGINES:
        with stage(engine):
            fill(options.count)
            lines = measured()
            found = db.session.scalar(select(func.count()).select_from(Finding))
            peak = peak_of_this_process() / MEGABYTE
            title = f"{options.count:,} enterprises, {found:,} doubts, {peak:.0f} MB, {engine}"
            worst = max(worst, report(title, lines))
    return worst


def measured() -> list[Line]:
    """The whole look, a look where nothing changed, and where one enterprise did."""
    floor = _seconds(_read_alone)
    lines = [
        Line(name="reading alone (floor)", ours=floor, floor=floor, unit="s"),
        Line(name="the first look", ours=_seconds(_look), floor=floor, unit="s"),
        Line(name="nothing has changed", ours=_seconds(_look), floor=floor, unit="s"),
    ]
    _touch_one()
    lines.append(Line(name="one regency has changed", ours=_seconds(_look), floor=floor, unit="s"))
    return lines


def _read_alone() -> None:
    phones = crowded_phones()
    for regency in regencies(everywhere()):
        facts_of(regency, phones=phones)
    db.session.remove()


def _look() -> None:
    check_data({}, Silence())  # type: ignore[arg-type]
    db.session.remove()


def _touch_one() -> None:
    row = db.session.scalars(select(Enterprise).order_by(Enterprise.id).limit(1)).one()
    row.version += 1
    db.session.commit()


def _seconds(work: Callable[[], None]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


if __name__ == "__main__":
    sys.exit(main())
