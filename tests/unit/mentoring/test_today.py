"""Why an enterprise stands on the list of the day, and in what order."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from app.core.ids import new_id
from app.health.rules.protocol import VisitFacts
from app.mentoring.rules import (
    CaseFacts,
    Reason,
    TodayLine,
    counts_of,
    group_by_hamlet,
    why_today,
)

TODAY = date(2026, 11, 22)


def case(**values: Any) -> CaseFacts:
    visit = {
        "life_cycle": "aktif",
        "health_class": "kurang_sehat",
        "assessed_on": TODAY - timedelta(days=20),
        "sick_since_on": None,
        "last_visit_on": TODAY - timedelta(days=10),
    }
    known: dict[str, Any] = {
        "next_visit_due_on": TODAY + timedelta(days=20),
        "health_valid_until": TODAY + timedelta(days=70),
    }
    visit.update({name: values.pop(name) for name in list(values) if name in visit})
    return CaseFacts(visit=VisitFacts(**visit), **{**known, **values})


def reasons(facts: CaseFacts) -> list[str]:
    return [reason.text for reason in why_today(facts, today=TODAY)]


def test_where_nothing_is_due_there_is_no_reason():
    assert reasons(case()) == []


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({"next_visit_due_on": TODAY}, "jadwal kunjungan hari ini"),
        ({"next_visit_due_on": TODAY - timedelta(days=3)}, "kunjungan terlambat 3 hari"),
        ({"promises_due_on": (TODAY,)}, "janji jatuh tempo hari ini"),
        ({"promises_due_on": (TODAY - timedelta(days=2),)}, "janji lewat 2 hari"),
        (
            {"promises_due_on": (TODAY, TODAY - timedelta(days=5))},
            "2 janji lewat 5 hari",
        ),
        ({"health_valid_until": TODAY - timedelta(days=1)}, "penilaian kedaluwarsa"),
        ({"assessed_on": None, "health_class": None}, "belum dinilai"),
        ({"therapies_due_on": (TODAY - timedelta(days=1),)}, "terapi lewat 1 hari"),
    ],
)
def test_each_reason_is_told(values, text):
    assert reasons(case(**values)) == [text]


def test_a_sick_enterprise_that_nobody_came_back_to_is_told_apart():
    found_on = TODAY - timedelta(days=2)
    facts = case(
        health_class="sakit",
        sick_since_on=found_on,
        assessed_on=found_on,
        last_visit_on=found_on,
        next_visit_due_on=found_on + timedelta(days=7),
    )

    assert reasons(facts) == ["sakit, kunjungan pertama"]


def test_the_most_pressing_reason_comes_first():
    facts = case(
        next_visit_due_on=TODAY - timedelta(days=1),
        health_valid_until=TODAY - timedelta(days=1),
        promises_due_on=(TODAY,),
    )

    assert reasons(facts) == [
        "kunjungan terlambat 1 hari",
        "janji jatuh tempo hari ini",
        "penilaian kedaluwarsa",
    ]


def test_a_day_that_has_not_come_yet_is_no_reason():
    tomorrow = TODAY + timedelta(days=1)

    assert reasons(case(promises_due_on=(tomorrow,), therapies_due_on=(tomorrow,))) == []


def line(name: str, hamlet: str, *, rank: int, calls_for: str = "kunjungan") -> TodayLine:
    return TodayLine(
        enterprise_id=new_id(),
        name=name,
        owner_name="Sari",
        phone=None,
        health_class=None,
        village_label="Losari",
        hamlet=hamlet,
        address=None,
        reasons=(Reason(text="x", calls_for=calls_for, rank=rank, is_late=rank == 0),),
    )


def test_the_walk_goes_hamlet_by_hamlet_and_begins_where_it_presses_most():
    lines = [
        line("Batik", "Krajan", rank=4),
        line("Tempe", "Sumber", rank=0),
        line("Gula", "Krajan", rank=2),
        line("Anyam", "Sumber", rank=5),
    ]

    groups = group_by_hamlet(lines)

    assert [group.hamlet for group in groups] == ["Sumber", "Krajan"]
    assert [one.name for one in groups[0].lines] == ["Tempe", "Anyam"]
    assert [one.name for one in groups[1].lines] == ["Gula", "Batik"]


def test_the_same_hamlet_name_in_two_villages_is_two_walks():
    here = line("Batik", "Krajan", rank=1)
    there = TodayLine(
        **{**{name: getattr(here, name) for name in here.__slots__}, "village_label": "Tipar"}
    )

    assert len(group_by_hamlet([here, there])) == 2


def test_enterprises_are_counted_by_what_they_want():
    counts = counts_of([line("a", "x", rank=0), line("b", "x", rank=4, calls_for="penilaian")])

    assert (counts.total, counts.late, counts.visits, counts.assessments) == (2, 1, 1, 1)
