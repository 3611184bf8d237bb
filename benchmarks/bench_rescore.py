"""Scoring 1,000,000 stored assessments by another version, against one matrix product."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np

from app.health.frames.rescoring import BLOCK, Answers, answers_of, rescore
from app.health.rules import Case, first_instrument, score
from app.health.rules.case import Context
from benchmarks.measure import Line, report

COUNT = 1_000_000
# One product earns nothing yet: quotients, rounding, coverage and nine rules come after it.
GOAL = 8
TIMES = 5
ONE_BY_ONE = 2_000
UNPACKED = 20_000
DAY = date(2026, 11, 22)


def main() -> int:
    """Measure in memory; no database is needed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT)
    options = parser.parse_args()
    instrument = replace(first_instrument(), healthy_tenths=720)
    answers = random_answers(options.count)
    weights = np.zeros((len(instrument.indicators), len(instrument.dimensions)), np.float32)
    for column, part in enumerate(instrument.dimensions):
        for one in part.indicators:
            weights[one.position, column] = one.weight

    def product() -> None:
        for start in range(0, len(answers), BLOCK):
            answers.points[start : start + BLOCK].astype(np.float32) @ weights

    floor = seconds(product)
    unpacking = unpacked() * options.count / UNPACKED
    single = one_by_one() * options.count / ONE_BY_ONE
    return report(
        f"Scoring {options.count:,} assessments anew",
        [
            Line(name="matrix product in blocks (floor)", ours=floor, floor=floor, unit="s"),
            Line(
                name="arrays",
                ours=seconds(lambda: rescore(instrument, answers)),
                floor=floor,
                goal=GOAL,
                unit="s",
            ),
            Line(name="unpacking stored rows (counted up)", ours=unpacking, floor=floor, unit="s"),
            Line(name="one case at a time (counted up)", ours=single, floor=floor, unit="s"),
        ],
    )


def seconds(work: Callable[[], object]) -> float:
    """Processor time of the quickest of some runs."""
    taken = []
    for _ in range(TIMES):
        begun = time.process_time()
        work()
        taken.append(time.process_time() - begun)
    return min(taken)


def random_answers(count: int) -> Answers:
    """Assessments of every kind, a sixth of the answers missing."""
    chance = np.random.default_rng(1)

    def often(share: float) -> np.ndarray:
        return chance.random(count) < share

    def one_of(*values: float) -> np.ndarray:
        return chance.choice(np.array(values), count)

    return Answers(
        points=chance.integers(-1, 5, (count, 32)).astype(np.int8),
        sector=chance.integers(0, 6, count).astype(np.uint8),
        has_equipment=often(0.5),
        declared_non_halal=often(0.1),
        sold_outside_home=often(0.5),
        off_season=often(0.2),
        installments_without_surplus=often(0.02),
        incident_open=often(0.02),
        assessed_on=np.full(count, DAY.toordinal()),
        started_on=chance.integers(DAY.toordinal() - 3000, DAY.toordinal(), count),
        days_since_last_sale=one_of(np.nan, 5, 70),
        loss_months=one_of(np.nan, 0, 3),
        book_coverage=one_of(np.nan, 0.3, 0.6),
        arrears_days=one_of(np.nan, 0, 100),
        debt_service_ratio=one_of(np.nan, 0.2, 0.6),
        quick_ratio=one_of(np.nan, 1, 0.3),
    )


def unpacked() -> float:
    """Seconds to make columns of rows as the database gives them."""
    instrument = first_instrument()
    points = json.dumps([3, None, *[2] * 30])
    context = json.dumps({"has_equipment": True, "quick_ratio": 1.2, "started_on": "2020-01-01"})
    return seconds(
        lambda: answers_of(
            instrument,
            points=[json.loads(points) for _ in range(UNPACKED)],
            places=np.arange(32),
            sectors=["A"] * UNPACKED,
            assessed_on=[DAY] * UNPACKED,
            contexts=[json.loads(context) for _ in range(UNPACKED)],
        )
    )


def one_by_one() -> float:
    """Seconds to score cases by the rules that decide a single assessment."""
    instrument = first_instrument()
    case = Case(sector="A", assessed_on=DAY, points=(3,) * 32, context=Context(quick_ratio=1))
    return seconds(lambda: [score(instrument, case) for _ in range(ONE_BY_ONE)])


if __name__ == "__main__":
    sys.exit(main())
