"""Search by words among 1,000,000 names, on both engines: a page of hits, and their number."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator

from app.core.scope import Scope
from app.db import db
from app.enterprises.queries import count, page
from app.enterprises.rules.list_filter import ListFilter
from benchmarks.bench_list import SEARCH_GOAL_MS, fresh
from benchmarks.measure import MEGABYTE, Line, milliseconds, peak_of_this_process, report
from benchmarks.names_world import fill_names
from benchmarks.stage import ENGINES, stage
from benchmarks.world import PROVINCE

COUNT = 1_000_000
TEXTS = {
    "begins many names": "warung",
    "part of such a word": "kerip",
    "held by many": "rahayu",
    "two words": "keripik rahayu",
    "one number": "rahayu 4711",
    "nobody's name": "xylofon",
}
REGENCY = "33.02"


def main() -> int:
    """Measure on the engines that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--engine", choices=ENGINES, action="append")
    options = parser.parse_args()
    worst = 0
    for engine in options.engine or ENGINES:
        with stage(engine):
            begun = time.process_time()
            officer = fill_names(options.count)
            spent, peak = time.process_time() - begun, peak_of_this_process() / MEGABYTE
            print(f"{engine}: set up in {spent:.0f} s of ours, at most {peak:.0f} MB", flush=True)
            lines = list(measured(Scope(account_id=officer, areas=(PROVINCE,))))
            worst = max(worst, report(f"Search among {options.count:,} names, {engine}", lines))
    return worst


def measured(scope: Scope) -> Iterator[Line]:
    """Each text in the province, and one in a regency, against the goal."""
    db.session.remove()
    asked = {name: ListFilter(text=text) for name, text in TEXTS.items()}
    asked["held by many, in a regency"] = ListFilter(text="rahayu", area=REGENCY)
    for name, wanted in asked.items():
        spent = milliseconds(lambda wanted=wanted: fresh(lambda: page(scope, wanted)))
        yield Line(name=f"{name}: page", ours=spent, floor=SEARCH_GOAL_MS, goal=1.0)
        spent = milliseconds(lambda wanted=wanted: fresh(lambda: count(scope, wanted)))
        yield Line(name=f"{name}: count", ours=spent, floor=SEARCH_GOAL_MS, goal=1.0)


if __name__ == "__main__":
    sys.exit(main())
