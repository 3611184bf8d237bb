"""Months and quarters, whose letterhead, numbers of civil servants, pictures that stand alone."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree as ET

import pytest

from app.core.errors import InvalidInput, WrongState
from app.reports.rules.limits import PER_DAY, check_day
from app.reports.rules.office import checked_nip, letterhead_for, shown_nip
from app.reports.rules.period import span_named, spans_until, usual_span
from app.web.charts import bar_chart
from app.web.drawings import bar_drawing

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("code", "first", "last", "label"),
    [
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28), "Februari 2026"),
        (
            "2026-T1",
            date(2026, 1, 1),
            date(2026, 3, 31),
            "Triwulan I 2026 (Januari sampai Maret)",
        ),
        (
            "2025-T4",
            date(2025, 10, 1),
            date(2025, 12, 31),
            "Triwulan IV 2025 (Oktober sampai Desember)",
        ),
    ],
)
def test_a_span_knows_its_days(code, first, last, label):
    span = span_named(code, today=TODAY)

    assert (span.first, span.last, span.label) == (first, last, label)
    assert span.is_over(TODAY)


def test_a_running_month_is_counted_until_today():
    span = span_named("2026-11", today=TODAY)

    assert span.days(TODAY).until_on == TODAY
    assert not span.is_over(TODAY)


@pytest.mark.parametrize("code", ["2026-00", "2026-T0", "2026-T5", "2026", "26-11", "2026-11x"])
def test_what_is_no_span_is_refused(code):
    with pytest.raises(InvalidInput, match="span_unknown"):
        span_named(code, today=TODAY)


@pytest.mark.parametrize("code", ["2026-12", "2027-T1"])
def test_what_has_not_begun_is_refused(code):
    with pytest.raises(InvalidInput, match="span_ahead"):
        span_named(code, today=TODAY)


def test_every_span_that_is_offered_can_be_asked_for():
    offered = spans_until(TODAY)

    assert [span_named(one.code, today=TODAY) for one in offered] == offered
    assert usual_span(TODAY) in offered
    assert usual_span(TODAY).label == "Oktober 2026"
    assert [one.code for one in offered if one.is_quarter] == [
        "2026-T4",
        "2026-T3",
        "2026-T2",
        "2026-T1",
        "2025-T4",
    ]


@pytest.mark.parametrize(
    ("area", "own", "kept", "expected"),
    [
        ("33.02.14.2005", ["33.02"], ["33.02", "33.02.14.2005"], "33.02"),
        ("33.02.14", [""], ["33", "33.02"], "33.02"),
        ("33.02.14", [""], ["", "33.02"], ""),
        ("33.02.14.2005", ["33.02.14.2005"], ["33.02"], None),
        ("33.02", ["33.02"], ["35.07"], None),
        ("33.021", [""], ["33.02"], None),
    ],
)
def test_a_report_bears_the_letterhead_of_who_makes_it(area, own, kept, expected):
    assert letterhead_for(area, own, kept) == expected


def test_the_number_of_a_civil_servant_has_eighteen_digits():
    assert checked_nip(" 19800101 200501 2 001 ") == "198001012005012001"
    assert shown_nip("198001012005012001") == "19800101 200501 2 001"
    assert checked_nip(None) == shown_nip("") == ""
    for wrong in ("1980", "1" * 19, "١" * 18, "19800101200501200x"):
        with pytest.raises(InvalidInput):
            checked_nip(wrong)


def test_a_day_bears_so_many_reports():
    check_day(PER_DAY - 1)

    with pytest.raises(WrongState):
        check_day(PER_DAY)


def test_a_drawing_stands_alone_and_words_stay_words():
    chart = bar_chart(
        chart_id="x", title="<b>&", values=[("<script>", 3, "good"), ("Dana", 1.5, "main")]
    )

    root = ET.fromstring(bar_drawing(chart))  # noqa: S314 - our own picture

    texts = [one.text for one in root.iter() if one.text]
    assert texts == ["<b>&", "<script>", "3", "Dana", "1,5"]
    widths = [int(one.attrib["width"]) for one in root if one.tag.endswith("rect")]
    assert widths[0] == 2 * widths[1]
    assert "class" not in bar_drawing(chart).decode()
