"""What a report of a visit must say."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from app.core.errors import InvalidInput
from app.core.ids import new_id
from app.mentoring.rules import NewPromise, VisitReport, check_agreed_day, check_visit

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)

MEETING = VisitReport(
    id=new_id(),
    enterprise_id=new_id(),
    outcome="bertemu",
    visited_on=TODAY,
    started_at=NOW - timedelta(hours=1),
    place_kind="rumah",
    met_with="Bu Sari",
    findings="Penjualan mulai naik.",
)


def refused(**values: Any) -> InvalidInput:
    with pytest.raises(InvalidInput) as caught:
        check_visit(replace(MEETING, **values), today=TODAY, now=NOW)
    assert caught.value.message
    return caught.value


def test_a_whole_report_is_taken():
    check_visit(MEETING, today=TODAY, now=NOW)


def test_one_that_could_not_be_made_needs_a_reason_and_nothing_else():
    tried = VisitReport(
        id=new_id(),
        enterprise_id=new_id(),
        outcome="tidak_bisa_dikunjungi",
        visited_on=TODAY,
        reason="Jembatan putus",
    )

    check_visit(tried, today=TODAY, now=NOW)

    assert refused(outcome="tidak_bisa_dikunjungi", reason=None).field == "reason"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"visited_on": TODAY + timedelta(days=1)}, "visited_on"),
        ({"started_at": NOW + timedelta(minutes=1)}, "visited_on"),
        ({"started_at": NOW - timedelta(days=2)}, "visited_on"),
        ({"visited_on": date(2025, 1, 2), "started_at": None}, "visited_on"),
        ({"place_kind": None}, "place_kind"),
        ({"met_with": None}, "met_with"),
        ({"findings": None}, "findings"),
        ({"next_visit_on": TODAY}, "next_visit_on"),
        ({"promises": (NewPromise(text="x", due_on=date(2026, 11, 1), slot=2),)}, "promise_due_2"),
        ({"promises": (NewPromise(text="x", due_on=date(2028, 1, 1)),)}, "promise_due_0"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(values, field):
    assert refused(**values).field == field


def test_more_than_five_promises_are_too_many():
    promise = NewPromise(text="Catat penjualan", due_on=TODAY)

    assert refused(promises=(promise,) * 6).code == "promises_too_many"


def test_an_unknown_end_of_a_promise_is_refused():
    assert refused(settled={new_id(): "mungkin"}).code == "promise_state_unknown"


def test_the_agreed_day_may_be_sooner_than_the_protocol_but_not_later():
    check_agreed_day(TODAY, TODAY + timedelta(days=14))
    check_agreed_day(None, TODAY)
    check_agreed_day(TODAY, None)

    with pytest.raises(InvalidInput) as caught:
        check_agreed_day(date(2026, 12, 7), date(2026, 12, 6))

    assert "6/12/2026" in caught.value.message


def test_the_same_report_has_the_same_fingerprint_and_another_has_not():
    assert MEETING.fingerprint() == replace(MEETING).fingerprint()
    assert MEETING.fingerprint() != replace(MEETING, findings="Lain").fingerprint()


def test_everything_that_is_wrong_is_told_at_once():
    refusal = refused(place_kind=None, met_with=None, findings=None)

    fields = [refusal.field, *(other.field for other in refusal.values["also"])]
    assert fields == ["place_kind", "met_with", "findings"]
