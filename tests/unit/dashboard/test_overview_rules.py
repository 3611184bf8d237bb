"""Periods, sums and the matrix, as plain values."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.core.errors import InvalidInput
from app.dashboard.rules import (
    CLASSES,
    COUNTED,
    DUE,
    ENDS,
    STARTS,
    TOTAL,
    VISITED,
    AreaLine,
    Period,
    Wanted,
    movement_of,
    overview_of,
    period_of,
    wanted_of,
)
from app.enterprises.rules.list_filter import filter_from

TODAY = date(2026, 11, 22)
PERIOD = Period(from_on=date(2026, 8, 1), until_on=date(2026, 10, 31))


def line(code: str, **counts: int) -> AreaLine:
    """An area with these counts, else zero."""
    keys = [counted.key for counted in COUNTED] + [VISITED, DUE]
    return AreaLine(code=code, name=code, counts={key: counts.get(key, 0) for key in keys})


def test_the_usual_period_is_the_quarter_until_today():
    period = period_of(None, None, today=TODAY)

    assert period.until_on == TODAY
    assert period.from_on == date(2026, 8, 23)


def test_a_period_may_be_one_day():
    assert period_of(TODAY, TODAY, today=TODAY) == Period(from_on=TODAY, until_on=TODAY)


@pytest.mark.parametrize(
    ("from_on", "until_on", "code"),
    [
        (TODAY, TODAY - timedelta(days=1), "period_reversed"),
        (date(2015, 1, 1), TODAY, "period_long"),
    ],
)
def test_a_period_that_cannot_be_is_refused(from_on, until_on, code):
    with pytest.raises(InvalidInput) as refusal:
        period_of(from_on, until_on, today=TODAY)

    assert refusal.value.code == code


def test_an_area_is_the_sum_of_its_parts():
    found = overview_of(
        code="33.02",
        name="Banyumas",
        period=PERIOD,
        lines=[line("33.02.04", total=3, sakit=1), line("33.02.15", total=2, sakit=2)],
    )

    assert found.whole.total.value == 5
    assert {one.key: one.value for one in found.whole.classes}["sakit"] == 3


def test_an_area_without_enterprises_counts_zero():
    found = overview_of(code="33.02", name="Banyumas", period=PERIOD, lines=[])

    assert found.whole.total.value == 0


@pytest.mark.parametrize("counted", COUNTED, ids=lambda counted: counted.key)
def test_the_address_of_a_number_is_read_back_as_the_filter_that_counted_it(counted):
    number = line("33.02.04", **{counted.key: 4}).number(counted)

    assert number.value == 4
    assert number.wanted.area == "33.02.04"
    assert filter_from(number.wanted.address()) == number.wanted


def test_no_two_classes_ask_for_the_same():
    addresses = [tuple(sorted(one.wanted.address().items())) for one in (*CLASSES, TOTAL)]

    assert len(set(addresses)) == len(addresses)


def test_rows_and_columns_of_the_matrix_sum_to_the_cohort():
    pairs = [("sakit", "kurang_sehat", 3), ("sakit", "sakit", 2), ("belum_terdaftar", "sehat", 4)]

    found = movement_of(PERIOD, pairs)

    assert found.total == 9
    assert sum(row.total for row in found.rows) == 9
    assert sum(cell.value for cell in found.ends) == 9
    assert {row.start: row.total for row in found.rows}["sakit"] == 5
    assert [row.start for row in found.rows] == list(STARTS)
    assert all([cell.end for cell in row.cells] == list(ENDS) for row in found.rows)


def test_only_moves_between_classes_are_better_or_worse():
    pairs = [
        ("sakit", "kurang_sehat", 3),
        ("kurang_sehat", "sehat", 1),
        ("sehat", "sakit", 2),
        ("kedaluwarsa", "sehat", 10),
        ("belum_dinilai", "sakit", 10),
        ("sakit", "kedaluwarsa", 10),
        ("sehat", "sehat", 10),
    ]

    found = movement_of(PERIOD, pairs)

    assert (found.better, found.worse) == (4, 2)


def test_the_address_of_a_list_is_read_back_as_what_it_asks_for():
    wanted = Wanted(area="33.02", period=PERIOD, start="sakit", end="kurang_sehat")

    assert wanted_of(wanted.address(), PERIOD) == wanted


def test_words_that_mean_nothing_ask_for_anything():
    found = wanted_of({"awal": "'; --", "akhir": "belum_terdaftar", "kunjungan": "x"}, PERIOD)

    assert (found.start, found.end, found.visits) == ("", "", "")
