"""The phone and the server diagnose alike: numbers, classes, rules, steps and every word."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import playwright

from app.health.rules import evidence_strength, first_instrument, score, way_up
from app.health.rules.answers import evidence_in_order
from app.health.rules.case import Case
from app.health.rules.case_line import read_case_line
from app.health.rules.explain import (
    blocks_in_words,
    caps,
    pulls,
    range_words,
    steps_in_words,
    to_ask,
    unchecked_rules,
)
from app.health.rules.instrument_json import instrument_as_json
from tests.cases.health_answer_sets import answer_sets

ROOT = Path(__file__).parents[3]
NODE = Path(playwright.__file__).parent / "driver" / "node"
INSTRUMENT = first_instrument()


class Phone:
    """The phone's code at work in a process of its own, beside this one."""

    def __init__(self, cases: list[dict[str, Any]], folder: Path) -> None:
        instrument, lines = folder / "instrument.json", folder / "cases.jsonl"
        instrument.write_text(json.dumps(instrument_as_json(INSTRUMENT)), "utf-8")
        lines.write_text("".join(f"{json.dumps(one)}\n" for one in cases), "utf-8")
        self._answers = folder / "answers.jsonl"
        with self._answers.open("wb") as out:
            self._process = subprocess.Popen(
                [NODE, ROOT / "tests" / "client" / "score_lines.mjs", instrument, lines], stdout=out
            )

    def results(self) -> list[dict[str, Any]]:
        assert self._process.wait() == 0
        return [json.loads(line) for line in self._answers.read_text("utf-8").splitlines()]


def on_the_server(given: dict[str, Any]) -> dict[str, Any]:
    line = {key: value for key, value in given.items() if key != "evidence"}
    case: Case = read_case_line(INSTRUMENT, json.dumps(line).encode()).case
    result = score(INSTRUMENT, case)
    way = way_up(INSTRUMENT, case, result)
    evidence = evidence_in_order(INSTRUMENT, given.get("evidence", {}))
    found = {
        "id": given["id"],
        "dimensions": [(part.code, part.tenths) for part in result.dimensions],
        "tenths": result.tenths,
        "coverage": result.coverage_thousandths,
        "low": result.low_tenths,
        "high": result.high_tenths,
        "classes": (result.score_class, result.final_class, result.low_class, result.high_class),
        "status": result.status,
        "knockouts": [(one.code, one.cap) for one in result.knockouts],
        "missing": result.missing_required,
        "valid_days": result.valid_days,
        "target": way.target,
        "steps": [(step.indicator, step.from_points, step.to_points) for step in way.steps],
        "blocked_by": way.blocked_by,
        "pulls": [
            (one.code, one.name, one.answer, one.lost_tenths)
            for one in pulls(INSTRUMENT, case, result)
        ],
        "caps": [
            (one.name, one.fact, one.effect, one.way_out, one.is_decisive)
            for one in caps(INSTRUMENT, case, result)
        ],
        "step_words": [
            (one.name, one.before, one.after) for one in steps_in_words(INSTRUMENT, case, way.steps)
        ],
        "blocks": blocks_in_words(INSTRUMENT, way),
        "to_ask": [(one.code, one.name, one.text) for one in to_ask(INSTRUMENT, case, result)],
        "unchecked": unchecked_rules(INSTRUMENT, case),
        "range": range_words(result),
        "strength": evidence_strength(INSTRUMENT, case, evidence),
    }
    return json.loads(json.dumps(found))


def test_phone_and_server_agree_on_the_shared_cases(tmp_path):
    path = ROOT / "tests" / "cases" / "health_cases.jsonl"
    cases = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    phone = Phone([one["input"] for one in cases], tmp_path)

    server = [on_the_server(one["input"]) for one in cases]

    assert phone.results() == server
    for case, seen in zip(cases, server, strict=True):
        wanted = case["output"]
        assert seen["classes"][1] == wanted["final_class"], case["name"]
        assert seen["tenths"] == (None if wanted["score"] is None else round(wanted["score"] * 10))


def test_phone_and_server_agree_on_ten_thousand_generated_answer_sets(tmp_path):
    cases = list(answer_sets(10_000))
    phone = Phone(cases, tmp_path)

    server = [on_the_server(one) for one in cases]

    pairs = zip(cases, phone.results(), server, strict=True)
    assert [pair for pair in pairs if pair[1] != pair[2]][:1] == []
    assert_every_kind_is_met(server)


def assert_every_kind_is_met(results: list[dict[str, Any]]) -> None:
    """Sets that miss a class, a rule, a status or a length of way would show nothing."""
    caps_of_rules: dict[str, set[str]] = {}
    for one in results:
        for code, cap in one["knockouts"]:
            caps_of_rules.setdefault(code, set()).add(cap)
    assert set(caps_of_rules) == set(INSTRUMENT.knockouts)
    assert all(len(caps_of_rules[code]) == 2 for code in ("KO-2", "KO-3", "KO-4"))
    assert {one["classes"][1] for one in results} == {"sakit", "kurang_sehat", "sehat", None}
    assert {one["status"] for one in results} == {"final", "sementara", "belum_dapat_dinilai"}
    assert {one["strength"] for one in results} == {"kuat", "sedang", "lemah"}
    assert {len(one["steps"]) for one in results} >= set(range(8))
    assert {one["tenths"] for one in results} >= {449, 450, 699, 700}
    assert any(one["range"] for one in results)
