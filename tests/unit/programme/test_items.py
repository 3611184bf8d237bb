"""The list of what the programme asks is whole, and every figure of it is counted somewhere."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from app.core.errors import InvalidInput
from app.core.period import Period
from app.programme.queries.answers import _ON_INDICATORS, _ON_PROFILE
from app.programme.rules import ACTIVITIES, INDICATORS, ITEMS, Asked, figures_of
from app.programme.rules.typed import check_figure

TODAY = date(2026, 11, 22)


def test_seven_are_computed_seven_in_part_and_ten_are_outside():
    assert Counter(item.coverage for item in INDICATORS) == {"penuh": 7, "sebagian": 7, "luar": 10}
    assert Counter(item.group for item in INDICATORS) == {"keluaran": 9, "hasil": 11, "manfaat": 4}
    assert len(ACTIVITIES) == 10
    assert len(ITEMS) == 34


def test_what_is_outside_has_no_figure_and_a_place_for_the_office():
    outside = [item for item in INDICATORS if item.coverage == "luar"]

    assert all(not item.lines and item.asks_office for item in outside)


def test_what_is_computed_in_part_says_what_is_missing_and_has_a_place_for_the_office():
    parts = [item for item in ITEMS.values() if item.coverage == "sebagian"]

    assert all(item.missing and item.asks_office for item in parts)


@pytest.mark.parametrize(
    ("items", "tables"), [(ACTIVITIES, _ON_PROFILE), (INDICATORS, _ON_INDICATORS)]
)
def test_every_figure_is_counted_by_a_table_of_its_page(items, tables):
    counted = {key for table in tables for key in (*table.facts, *table.amounts)}
    asked = {
        fact for item in items for line in item.lines for fact in (line.fact, line.out_of) if fact
    }

    assert asked <= counted


def test_a_figure_has_share_days_and_a_list_only_where_there_is_one():
    period = Period(from_on=date(2025, 11, 22), until_on=date(2026, 6, 1))
    lines = [
        Asked(label="Usaha baru", fact="baru", out_of="usaha", when="masa"),
        Asked(label="Alat", fact="alat", when="hari_ini"),
        Asked(label="Tidak ada", fact="baru", out_of="alat", when="awal"),
        Asked(label="Belum berdaftar", fact="lain", when="awal"),
    ]

    found = figures_of(
        lines,
        {"baru": 3, "usaha": 12, "alat": 0},
        frozenset({"baru", "usaha"}),
        frozenset({"alat"}),
        period=period,
        today=TODAY,
    )

    assert [one.share for one in found] == [0.25, None, None, None]
    assert [one.dated for one in found] == [
        "22 Nov 2025 sampai 1 Jun 2026",
        "22 Nov 2026",
        "22 Nov 2025",
        "22 Nov 2025",
    ]
    assert [one.number.fact for one in found] == ["baru", "alat", "baru", ""]
    assert [one.number.is_amount for one in found] == [False, True, False, False]


@pytest.mark.parametrize(
    ("value", "out_of", "day", "field"),
    [
        ("5", None, date(2026, 11, 23), "counted_on"),
        ("5", "0", TODAY, "out_of"),
        ("5", "4", TODAY, "out_of"),
    ],
)
def test_a_typed_figure_that_can_not_be_is_refused(value, out_of, day, field):
    with pytest.raises(InvalidInput) as refusal:
        check_figure(
            value=Decimal(value),
            out_of=None if out_of is None else Decimal(out_of),
            counted_on=day,
            today=TODAY,
        )

    assert refusal.value.field == field
