"""Dashboard and matrix of a province with 2 million assessments: the cost follows enterprises."""

from __future__ import annotations

import argparse
import sys

from app.core.scope import Scope
from benchmarks.bench_dashboard import measured
from benchmarks.measure import report
from benchmarks.stage import ENGINES, stage
from benchmarks.world import PROVINCE, fill

COUNT = 100_000
ROUNDS = 20


def main() -> int:
    """Measure on the engines that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--engine", choices=ENGINES, action="append")
    options = parser.parse_args()
    worst = 0
    for engine in options.engine or ENGINES:
        with stage(engine):
            officer = fill(options.count, rounds=options.rounds)
            lines = measured(Scope(account_id=officer, areas=(PROVINCE,)))
            total = options.count * options.rounds
            title = f"Dashboard over {options.count:,} enterprises, {total:,} assessments, {engine}"
            worst = max(worst, report(title, lines))
    return worst


if __name__ == "__main__":
    sys.exit(main())
