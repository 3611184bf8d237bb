"""Lines over months stop where nothing is known."""

from __future__ import annotations

from datetime import date

from app.web.month_lines import MoneySeries, month_chart

MONTHS = [date(2026, month, 1) for month in range(1, 7)]


def test_a_gap_breaks_the_line_and_is_said_in_words():
    chart = month_chart(
        chart_id="x",
        title="Penjualan",
        months=MONTHS,
        series=[MoneySeries(label="Penjualan", amounts=[5, 6, None, 7, 8, None])],
    )

    assert [len(line.dots) for line in chart.lines] == [2, 2]
    assert [line.label for line in chart.lines] == ["", "Penjualan"]
    assert [row[1] for row in chart.figures.rows][2] == "belum diisi"


def test_words_at_the_ends_do_not_lie_on_each_other_and_losses_stay_inside():
    chart = month_chart(
        chart_id="x",
        title="Penjualan",
        months=MONTHS,
        series=[
            MoneySeries(label="Penjualan", amounts=[100] * 6),
            MoneySeries(label="Surplus", amounts=[-50, 0, 50, 98, 99, 100]),
        ],
    )

    ends = [line.end_y for line in chart.lines]
    assert abs(ends[0] - ends[1]) >= 14
    assert all(0 <= dot.y <= chart.height for line in chart.lines for dot in line.dots)
    assert len(chart.marks) == 3


def test_where_nothing_is_known_there_is_no_line():
    chart = month_chart(
        chart_id="x",
        title="Penjualan",
        months=MONTHS,
        series=[MoneySeries(label="Penjualan", amounts=[None] * 6)],
    )

    assert chart.lines == []
