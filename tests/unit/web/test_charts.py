"""Charts are numbers before they are pictures."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from app.web.charts import Series, bar_chart, line_chart

DAYS = [date(2025, 1, 1), date(2025, 4, 1), date(2025, 7, 1), date(2025, 10, 1)]


def test_bars_are_as_long_as_their_values():
    chart = bar_chart(
        chart_id="kelas", title="Kelas", values=[("Sehat", 100, "good"), ("Sakit", 50, "bad")]
    )

    assert chart.bars[0].width == 2 * chart.bars[1].width
    assert chart.left + chart.bars[0].width < chart.width


def test_bars_of_nothing_have_no_length():
    chart = bar_chart(chart_id="kelas", title="Kelas", values=[("Sehat", 0, "good")])

    assert chart.bars[0].width == 0
    assert bar_chart(chart_id="x", title="Kosong", values=[]).bars == []


def test_higher_values_stand_higher_and_later_days_further_right():
    chart = line_chart(
        chart_id="tren",
        title="Tren",
        days=DAYS,
        series=[Series(label="Skor", values=[40, 50, 60, 70])],
    )
    dots = chart.lines[0].dots

    assert [dot.y for dot in dots] == sorted((dot.y for dot in dots), reverse=True)
    assert [dot.x for dot in dots] == sorted(dot.x for dot in dots)
    assert all(chart.left <= dot.x <= chart.width and 0 <= dot.y <= chart.height for dot in dots)


def test_a_missing_value_has_no_dot_but_stands_in_the_table_as_a_dash():
    chart = line_chart(
        chart_id="tren",
        title="Tren",
        days=DAYS,
        series=[Series(label="Skor", values=[40, None, 60, 70])],
    )

    assert len(chart.lines[0].dots) == 3
    assert chart.figures.rows[1] == ("1 Apr 2025", "–")


def test_one_day_alone_is_drawn_in_the_middle():
    chart = line_chart(
        chart_id="tren", title="Tren", days=DAYS[:1], series=[Series(label="Skor", values=[40])]
    )

    assert chart.left < chart.lines[0].dots[0].x < chart.width
    assert [tick.label for tick in chart.ticks] == ["1 Jan 2025"]


def test_a_line_without_days_is_an_empty_chart():
    chart = line_chart(
        chart_id="tren", title="Tren", days=[], series=[Series(label="Skor", values=[])]
    )

    assert chart.ticks == []
    assert chart.lines[0].points == ""


def test_names_of_days_never_touch_and_the_last_is_always_there():
    days = [date(2025, 1, day) for day in range(1, 29)]
    chart = line_chart(
        chart_id="tren", title="Tren", days=days, series=[Series(label="Skor", values=[50.0] * 28)]
    )
    places = [tick.x for tick in chart.ticks]

    assert chart.ticks[-1].label == "28 Jan 2025"
    assert all(after - before >= 100 for before, after in pairwise(places))
