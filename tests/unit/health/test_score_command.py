"""`flask health score` reads strictly and prints one result a line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from app.health.commands import group

CASES = Path(__file__).parents[2] / "cases" / "health_cases.jsonl"
GOOD: dict[str, Any] = {
    "id": "a",
    "sector": "C",
    "assessed_on": "2026-11-21",
    "answers": {"KEU1": 3},
    "context": {},
}
LINE = json.dumps(GOOD)


def run(text: str | bytes) -> Result:
    return CliRunner().invoke(group, ["score"], input=text)


def changed(**fields: Any) -> str:
    return json.dumps({**GOOD, **fields})


def with_fact(name: str, value: Any) -> str:
    return changed(context={name: value})


def test_every_line_has_its_result_in_order() -> None:
    shared = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]
    text = "".join(json.dumps(one["input"]) + "\n" for one in shared)

    result = run(text)

    assert result.exit_code == 0
    assert [json.loads(line) for line in result.stdout.splitlines()] == [
        one["output"] for one in shared
    ]


def test_nothing_in_gives_nothing_out() -> None:
    result = run("")

    assert (result.exit_code, result.stdout) == (0, "")


def test_blank_lines_and_a_mark_at_the_beginning_are_passed_over() -> None:
    result = run(b"\xef\xbb\xbf" + f"{LINE}\r\n\n{LINE}".encode())

    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 2


def test_results_before_a_bad_line_are_printed_and_the_line_is_named() -> None:
    result = run(f"{LINE}\n\n{LINE}\n{{\n{LINE}\n")

    assert result.exit_code == 2
    assert result.stderr == "Baris 4: baris: bukan JSON yang benar\n"
    assert len(result.stdout.splitlines()) == 2


def test_what_is_absent_is_missing() -> None:
    result = run(json.dumps({key: GOOD[key] for key in GOOD if key != "context"}))

    assert json.loads(result.stdout)["status"] == "belum_dapat_dinilai"


def test_the_name_of_a_case_comes_back_as_it_was() -> None:
    result = run(changed(id=7) + "\n" + changed(id="Bu Nur’aini \ud83c"))

    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == [
        7,
        "Bu Nur’aini \ud83c",
    ]


def test_a_tiny_excess_over_a_bound_is_seen() -> None:
    line = LINE.replace(
        '"context": {}', '"context": {"debt_service_ratio": 0.50000000000000000001}'
    )

    result = run(line)

    assert json.loads(result.stdout)["knockouts"] == ["KO-4"]


@pytest.mark.parametrize(
    "line",
    [
        "[]",
        "null",
        "x",
        '"teks"',
        LINE[:-1],
        LINE + LINE,
        LINE.replace('"id": "a"', '"id": "a", "id": "b"'),
        LINE.replace('"KEU1": 3', '"KEU1": 3, "KEU1": 3'),
        LINE.replace('"KEU1": 3', '"KEU1": NaN'),
        LINE.replace('"KEU1": 3', '"KEU1": 3.0'),
        LINE.replace('"context": {}', '"context": {"quick_ratio": Infinity}'),
        LINE.replace('"context": {}', '"context": {"quick_ratio": 1e9999999999999999999}'),
        LINE.replace('"context": {}', '"context": {"arrears_days": ' + "9" * 5000 + "}"),
        "[" * 100_000,
        *(
            json.dumps({k: v for k, v in GOOD.items() if k != key})
            for key in GOOD
            if key != "context"
        ),
        changed(catatan="x"),
        changed(id=None),
        changed(id=True),
        changed(id=1.5),
        changed(sector="G"),
        changed(sector="a"),
        changed(sector=None),
        changed(sector=["A"]),
        changed(assessed_on="2026-02-30"),
        changed(assessed_on="20261121"),
        changed(assessed_on="21-11-2026"),
        changed(assessed_on="2026-11-21T00:00:00"),
        changed(assessed_on="9999-12-31"),
        changed(assessed_on=None),
        changed(assessed_on=20261121),
        changed(answers=None),
        changed(answers=[3]),
        changed(answers={"KEU9": 3}),
        changed(answers={"keu1": 3}),
        changed(answers={"KEU1": 5}),
        changed(answers={"KEU1": -1}),
        changed(answers={"KEU1": "3"}),
        changed(answers={"KEU1": True}),
        changed(context=None),
        changed(context=[]),
        with_fact("arears_days", 3),
        with_fact("has_equipment", None),
        with_fact("has_equipment", 1),
        with_fact("off_season", "false"),
        with_fact("installments_without_surplus", None),
        with_fact("incident_open", 0),
        with_fact("days_since_last_sale", -1),
        with_fact("days_since_last_sale", 1.5),
        with_fact("days_since_last_sale", "3"),
        with_fact("days_since_last_sale", True),
        with_fact("arrears_days", -1),
        with_fact("loss_months", 4),
        with_fact("loss_months", 2.5),
        with_fact("book_coverage", 1.01),
        with_fact("book_coverage", -0.1),
        with_fact("book_coverage", "50%"),
        with_fact("debt_service_ratio", -0.1),
        with_fact("debt_service_ratio", False),
        with_fact("quick_ratio", "0,5"),
        with_fact("started_on", "2026"),
        with_fact("started_on", 2026),
        b'{"id": "\xff"}',
    ],
)
def test_a_line_that_can_not_be_meant_is_refused_with_its_number(line: str | bytes) -> None:
    bad = line if isinstance(line, bytes) else line.encode()

    result = run(LINE.encode() + b"\n" + bad + b"\n")

    assert result.exit_code == 2
    assert result.stderr.startswith("Baris 2: ")
    assert len(result.stdout.splitlines()) == 1


def test_a_line_without_an_end_is_refused_in_bounded_memory() -> None:
    result = run(LINE.encode() + b"\n" + b'{"id": "' + b"x" * 1_500_000)

    assert result.exit_code == 2
    assert result.stderr.startswith("Baris 2: ")
