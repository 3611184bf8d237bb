"""Scores of whole arrays are the scores of one case at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

import numpy as np
import pytest

from app.health.frames.rescoring import CLASS_OF_CODE, MISSING, answers_of, rescore
from app.health.rules import Case, first_instrument, score
from app.health.rules.instrument import Instrument
from app.health.rules.instrument_draft import instrument_of, source_of_text, with_numbers
from app.health.rules.instrument_file import first_text
from app.health.rules.record import case_of_row, context_as_json

FIRST = first_instrument()
MANY = 4000
DAYS = (date(2026, 10, 17), date(2026, 10, 18), date(2026, 8, 31))


class Row:
    """What is stored of one assessment."""

    instrument, instrument_version = "iku-dm", 1

    def __init__(self, chance: Random) -> None:
        self.sector = chance.choice("ABCDEF")
        self.assessed_on = chance.choice(
            [date(2026, 10, 17), date(2026, 10, 18), date(2026, 8, 31)]
        )
        few = chance.random() < 0.3
        self.points = [
            None if few and chance.random() < 0.4 else chance.randrange(5) for _ in FIRST.indicators
        ]
        if chance.random() < 0.5:
            # Clear of the rule about low dimensions, so that other bounds decide.
            self.points = [None if one is None else max(one, 2) for one in self.points]
        self.context = facts(chance)


def facts(chance: Random) -> dict[str, Any]:
    return {
        "has_equipment": chance.random() < 0.5,
        "declared_non_halal": chance.random() < 0.2,
        "sold_outside_home": chance.random() < 0.5,
        "off_season": chance.random() < 0.3,
        "days_since_last_sale": chance.choice([None, 0, 60, 61, 300, 301]),
        "loss_months": chance.choice([None, None, 2, 3]),
        "book_coverage": chance.choice([None, 0.49, 0.5, 1]),
        "arrears_days": chance.choice([None, None, 0, 90, 91, 120, 121]),
        "debt_service_ratio": chance.choice([None, None, 0.5, 0.51, 1.0, 1.01]),
        "installments_without_surplus": chance.random() < 0.05,
        "quick_ratio": chance.choice([None, 0.49, 0.5]),
        "incident_open": chance.choice([None, False, False, False, True]),
        "started_on": chance.choice([None, "2026-02-28", "2026-04-18", "2026-03-01", "2020-01-01"]),
        "halal_required_from": "2026-10-18",
    }


def other_weights() -> Instrument:
    source = source_of_text(first_text())
    weights = {one.code: one.weight for one in FIRST.indicators}
    weights |= {"KEU1": 3, "SDM1": 5, "SDM2": 3, "LGL2": 5, "PSR1": 4}
    return instrument_of(with_numbers(source, weights=weights, healthy="66.5", less_healthy="48.2"))


def one_by_one(instrument: Instrument, row: Row) -> tuple[int, str | None]:
    _, case = case_of_row(instrument, row)
    judged = score(instrument, Case(**fields(case)))
    return (MISSING if judged.tenths is None else judged.tenths, judged.final_class)


def fields(case: Case) -> dict[str, Any]:
    return {
        "sector": case.sector,
        "assessed_on": case.assessed_on,
        "points": case.points,
        "context": case.context,
    }


@pytest.mark.parametrize("instrument", [FIRST, other_weights()], ids=["first", "other"])
def test_arrays_say_what_single_cases_say(instrument: Instrument) -> None:
    chance = Random(20261122)  # noqa: S311
    rows = [Row(chance) for _ in range(MANY)]

    whole = rescore(
        instrument,
        answers_of(
            instrument,
            points=[row.points for row in rows],
            places=np.arange(len(FIRST.indicators)),
            sectors=[row.sector for row in rows],
            assessed_on=[row.assessed_on for row in rows],
            contexts=[row.context for row in rows],
        ),
    )

    for place, row in enumerate(rows):
        said = (int(whole.tenths[place]), CLASS_OF_CODE[int(whole.final_class[place])])
        assert said == one_by_one(instrument, row), (row.sector, row.points, row.context)
    # All classes and none at all occur, or the comparison would say little.
    assert set(np.unique(whole.final_class)) == {-1, 0, 1, 2}


def test_a_tie_is_rounded_up_and_decides_the_class() -> None:
    # 69.95 is printed as 70.0, and 70.0 is sehat.
    chance = Random(3)  # noqa: S311
    ties = []
    while len(ties) < 5:
        row = Row(chance)
        _, case = case_of_row(FIRST, row)
        judged = score(FIRST, case)
        if judged.tenths is None:
            continue
        kept = [part for part in judged.dimensions if part.tenths is not None]
        exact = sum(part.weight * part.earned / (4 * part.answered_weight) for part in kept)
        tail = exact * 1000 / sum(part.weight for part in kept) % 1
        if abs(tail - 0.5) < 1e-9:
            ties.append(row)

    whole = rescore(
        FIRST,
        answers_of(
            FIRST,
            points=[row.points for row in ties],
            places=np.arange(len(FIRST.indicators)),
            sectors=[row.sector for row in ties],
            assessed_on=[row.assessed_on for row in ties],
            contexts=[row.context for row in ties],
        ),
    )

    assert [int(one) for one in whole.tenths] == [one_by_one(FIRST, row)[0] for row in ties]


def test_a_question_that_an_old_assessment_did_not_ask_is_missing() -> None:
    row = Row(Random(1))  # noqa: S311
    row.points = [4] * len(FIRST.indicators)
    places = np.arange(len(FIRST.indicators))
    places[FIRST.indicator("KEU1").position] = -1

    whole = rescore(
        FIRST,
        answers_of(
            FIRST,
            points=[row.points],
            places=places,
            sectors=["D"],
            assessed_on=[date(2026, 8, 31)],
            contexts=[context_as_json(FIRST, replace(case_of_row(FIRST, row)[1].context))],
        ),
    )

    assert whole.tenths[0] == 1000


def test_nothing_to_score_gives_nothing() -> None:
    nobody = answers_of(
        FIRST,
        points=[],
        places=np.arange(len(FIRST.indicators)),
        sectors=[],
        assessed_on=[],
        contexts=[],
    )

    assert len(rescore(FIRST, nobody).tenths) == 0
