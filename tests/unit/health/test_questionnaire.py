"""The form knows its pages, what is left, and where a number decides."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from app.health.rules import first_instrument
from app.health.rules.questionnaire import (
    needs_number,
    place_of,
    points_for,
    progress,
    reading,
    step_after,
    step_before,
    unanswered,
)
from app.health.rules.standing import class_spans, standing

INSTRUMENT = first_instrument()
DAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("code", "value", "points"),
    [
        ("PSR2", 7, 4),
        ("PSR2", 8, 3),
        ("PSR2", 60, 1),
        ("PSR2", 61, 0),
        ("MDL1", Decimal("0.2"), 4),
        ("MDL1", Decimal("0.201"), 3),
        ("MDL1", Decimal("0.7"), 1),
        ("MDL1", Decimal("0.71"), 0),
        ("MDL2", 0, 4),
        ("MDL2", 1, 3),
        ("MDL2", 91, 0),
        ("KEU2", Decimal("0.49"), 0),
        ("KEU2", Decimal("0.5"), 1),
        ("KEU2", Decimal(2), 4),
    ],
)
def test_a_number_has_its_points(code, value, points):
    scale = INSTRUMENT.indicator(code).raw

    assert scale is not None
    assert points_for(scale, value) == points


@pytest.mark.parametrize(
    ("code", "asked_at"),
    [("PSR2", {0}), ("MDL2", {0}), ("MDL1", {0, 1}), ("KEU2", {0}), ("KEU1", set())],
)
def test_the_number_is_asked_where_a_rule_hangs_on_it(code, asked_at):
    indicator = INSTRUMENT.indicator(code)

    assert {
        points for points in range(5) if needs_number(INSTRUMENT, indicator, points)
    } == asked_at


def test_pages_without_a_question_are_left_out():
    tailor = progress(INSTRUMENT, "D", {})
    packed_food = progress(INSTRUMENT, "A", {"has_equipment": True, "PRD5": "2", "PRD1": "belum"})

    assert [one.step for one in tailor] == ["keu", "psr", "prd", "lgl", "mnj", "mdl", "sdm"]
    assert (packed_food[2].answered, packed_food[2].total) == (1, 5)
    assert sum(one.total for one in packed_food) == 32


def test_the_way_through_the_pages_leads_over_what_applies():
    steps = progress(INSTRUMENT, "D", {})

    assert step_after(steps, "awal") == "keu"
    assert step_after(steps, "prd") == "lgl"
    assert step_after(steps, "sdm") == "periksa"
    assert step_before(steps, "lgl") == "prd"
    assert step_before(steps, "awal") == "awal"
    assert place_of(steps, "periksa") == 9


def test_what_is_left_is_named_by_page():
    answered = dict.fromkeys(("SDM1", "SDM2", "SDM3"), "4")

    left = dict(unanswered(INSTRUMENT, "D", answered))

    assert left["sdm"] == ("Rencana pemilik",)


def test_a_draft_is_read_with_its_facts():
    said = reading(
        INSTRUMENT,
        "A",
        {
            "KEU1": "3",
            "KEU1_bukti": "buku",
            "KEU2": "tidak_tahu",
            "MDL1_angka": "24",
            "MDL1": "3",
            "MDL2_angka": 5,
            "book_coverage": "62.5",
            "incident": "selesai",
            "started_on": "2025-01-31",
        },
        assessed_on=DAY,
    )

    assert (said.answers["KEU1"], said.answers["KEU2"]) == (3, None)
    assert said.evidence == {"KEU1": "buku", "MDL1": "pengakuan"}
    assert said.not_known == {"KEU2"}
    assert said.context.debt_service_ratio == Decimal("0.24")
    assert said.context.book_coverage == Decimal("0.625")
    assert (said.context.arrears_days, said.context.incident_open) == (5, False)
    assert said.context.started_on == date(2025, 1, 31)


def test_a_fact_about_food_does_not_reach_other_sectors():
    said = reading(INSTRUMENT, "D", {"incident": "ya", "declared_non_halal": True}, assessed_on=DAY)

    assert (said.context.incident_open, said.context.declared_non_halal) == (None, False)


def test_without_assessments_there_is_no_standing():
    assert class_spans([]) == []
    assert standing([]).health_status is None
