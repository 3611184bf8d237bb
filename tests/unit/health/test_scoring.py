"""Scores agree with the shared cases and with a second, plain reading of the text."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.health.rules import Case, first_instrument, next_class_steps, score, way_up
from app.health.rules.case_line import read_case_line, result_of
from app.health.rules.evidence import EvidenceStrength, evidence_strength
from app.health.rules.scoring import rounded
from tests.unit.health.oracle import rate, smallest_steps

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[2] / "cases" / "health_cases.jsonl")
    .read_text("utf-8")
    .splitlines()
]
INSTRUMENT = first_instrument()
CODES = [indicator.code for indicator in INSTRUMENT.indicators]


def result_for(given_case: dict[str, Any]) -> dict[str, Any]:
    named = read_case_line(INSTRUMENT, json.dumps(given_case).encode())
    result = score(INSTRUMENT, named.case)
    steps = next_class_steps(INSTRUMENT, named.case, result)
    return json.loads(json.dumps(result_of(INSTRUMENT, named.id, result, steps)))


def contexts() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {
            "has_equipment": st.booleans(),
            "declared_non_halal": st.booleans(),
            "sold_outside_home": st.booleans(),
            "off_season": st.booleans(),
            "days_since_last_sale": st.sampled_from([None, 0, 60, 61, 300, 301]),
            "loss_months": st.sampled_from([None, 2, 3]),
            "book_coverage": st.sampled_from([None, 0.49, 0.5, 1]),
            "arrears_days": st.sampled_from([None, 0, 90, 91, 120, 121]),
            "debt_service_ratio": st.sampled_from([None, 0.2, 0.5, 0.51, 1, 1.01]),
            "installments_without_surplus": st.sampled_from([False, False, False, True]),
            "quick_ratio": st.sampled_from([None, 0.49, 0.5, 2]),
            "incident_open": st.sampled_from([None, False, False, True]),
            "started_on": st.sampled_from([None, "2026-05-21", "2026-05-22", "2020-01-01"]),
        }
    )


def cases(
    answers: st.SearchStrategy[Any], facts: st.SearchStrategy[dict[str, Any]]
) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {
            "id": st.just("x"),
            "sector": st.sampled_from("ABCDEF"),
            "assessed_on": st.sampled_from(["2026-10-17", "2026-10-18", "2026-11-21"]),
            "answers": answers,
            "context": facts,
        }
    )


ANY_ANSWERS = st.fixed_dictionaries(
    {code: st.sampled_from([None, 0, 1, 2, 3, 4, 4]) for code in CODES}
)


@st.composite
def nearly_settled_answers(draw: st.DrawFn) -> dict[str, int | None]:
    """All at their best or missing but a few, so that every way can be tried."""
    worse = draw(st.lists(st.sampled_from(CODES), min_size=1, max_size=5, unique=True))
    missing = draw(st.lists(st.sampled_from(CODES), max_size=12, unique=True))
    answers: dict[str, int | None] = dict.fromkeys(CODES, 4)
    answers.update(dict.fromkeys(missing))
    answers.update({code: draw(st.integers(0, 3)) for code in worse})
    return answers


FEW_KNOCKOUTS = contexts().map(
    lambda facts: {**facts, "installments_without_surplus": False, "incident_open": False}
)


@pytest.mark.parametrize("shared", CASES, ids=[shared["name"] for shared in CASES])
def test_a_shared_case_comes_out_as_written(shared: dict[str, Any]) -> None:
    assert result_for(shared["input"]) == shared["output"]


@given(case=cases(ANY_ANSWERS, contexts()))
@settings(max_examples=300, deadline=None)
def test_any_case_agrees_with_the_plain_reading(case: dict[str, Any]) -> None:
    result = result_for(case)
    result.pop("next_class_steps")

    assert result == rate(case)


@given(case=cases(nearly_settled_answers(), FEW_KNOCKOUTS))
@settings(max_examples=150, deadline=None)
def test_the_steps_are_the_smallest_there_are(case: dict[str, Any]) -> None:
    assert result_for(case)["next_class_steps"] == smallest_steps(case)


@given(case=cases(ANY_ANSWERS, contexts()))
@settings(max_examples=200, deadline=None)
def test_steps_that_are_given_reach_the_next_class_and_no_step_is_idle(
    case: dict[str, Any],
) -> None:
    before = result_for(case)
    steps = before["next_class_steps"]

    after = with_steps(case, steps)
    shorter = [with_steps(case, steps[:n] + steps[n + 1 :]) for n in range(len(steps))]

    order = ["sakit", "kurang_sehat", "sehat"]
    if steps:
        assert order.index(after["final_class"]) == order.index(before["final_class"]) + 1
        assert all(one["final_class"] == before["final_class"] for one in shorter)
    else:
        best = with_steps(case, [{"indicator": c, "to": 4} for c in answered(case)])
        assert best["final_class"] == before["final_class"]


def answered(case: dict[str, Any]) -> list[str]:
    return [code for code, points in case["answers"].items() if points is not None]


def with_steps(case: dict[str, Any], steps: list[dict[str, Any]]) -> dict[str, Any]:
    answers = {**case["answers"], **{step["indicator"]: step["to"] for step in steps}}
    return rate({**case, "answers": answers})


@given(case=cases(ANY_ANSWERS, contexts()), code=st.sampled_from(CODES))
@settings(max_examples=150, deadline=None)
def test_a_better_answer_never_makes_the_score_worse(case: dict[str, Any], code: str) -> None:
    points = case["answers"][code]
    better = {**case, "answers": {**case["answers"], code: 4 if points is None else points}}
    best = {**better, "answers": {**better["answers"], code: 4}}

    lower, higher = result_for(better), result_for(best)

    assert lower["low"] <= higher["low"]
    assert higher["coverage"] == lower["coverage"]
    assert (lower["score"] or 0) <= (higher["score"] or 0)


def test_a_half_is_rounded_up() -> None:
    assert [rounded(n, 20) for n in (9, 10, 11, 29, 30)] == [0, 1, 1, 1, 2]


def test_a_blocked_way_still_names_what_lifts_the_score() -> None:
    example = next(shared for shared in CASES if shared["input"]["id"] == "4")
    case = read_case_line(INSTRUMENT, json.dumps(example["input"]).encode()).case

    way = way_up(INSTRUMENT, case, score(INSTRUMENT, case))

    assert way.blocked_by == ("KO-3", "KO-4")
    assert [step.indicator for step in way.steps] == ["KEU1", "KEU2", "KEU3", "PSR1", "LGL1"]
    assert next_class_steps(INSTRUMENT, case, score(INSTRUMENT, case)) == ()


@pytest.mark.parametrize(
    ("founded", "strength"),
    [
        # Weights: KEU1 7 and KEU2 5 and KEU3 4 and KEU4 4, of 20 in all.
        (["KEU1", "KEU2", "KEU3"], EvidenceStrength.STRONG),
        (["KEU1", "KEU2"], EvidenceStrength.MEDIUM),
        (["KEU3", "KEU4"], EvidenceStrength.MEDIUM),
        (["KEU1"], EvidenceStrength.WEAK),
        ([], EvidenceStrength.WEAK),
    ],
)
def test_evidence_is_weighed_by_what_was_answered(
    founded: list[str], strength: EvidenceStrength
) -> None:
    points = tuple(2 if code.startswith("KEU") else None for code in CODES)
    case = Case(sector="C", assessed_on=date(2026, 11, 21), points=points)
    evidence = tuple("buku" if code in founded else "pengakuan" for code in CODES)

    assert evidence_strength(INSTRUMENT, case, evidence) is strength
