"""What the phone is tested by is what the server says: the cases of the day and of visits."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from app.core.errors import InvalidInput
from app.core.text import search_text
from app.enterprises.rules.similar import name_nearness
from app.field.rules.phone_rules import phone_rules
from app.health.rules.protocol import VisitFacts, due_after_visit, latest_after_visit
from app.mentoring.rules import CaseFacts, NewPromise, VisitReport, check_visit, why_today
from app.mentoring.rules.outcomes import due_after_refusal
from app.mentoring.rules.visits import check_agreed_day
from app.mentoring.rules.words import HONEST_OUTCOMES, MET

CASES = Path(__file__).parents[2] / "cases"
DAY = json.loads((CASES / "today_cases.json").read_text("utf-8"))
VISITS = json.loads((CASES / "visit_cases.json").read_text("utf-8"))
ID = UUID(int=1)


def day_of(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def facts_of(card: dict[str, Any]) -> CaseFacts:
    health = card["health"] or {}
    return CaseFacts(
        visit=VisitFacts(
            life_cycle=card["life_cycle"],
            health_class=health.get("class"),
            assessed_on=day_of(health.get("assessed_on")),
            sick_since_on=day_of(health.get("sick_since_on")),
            last_visit_on=day_of(card["last_visit_on"]),
        ),
        next_visit_due_on=day_of(card["next_visit_due_on"]),
        health_valid_until=day_of(health.get("valid_until")),
        is_asked_again=health.get("asked_again", False),
        unpaid_since=day_of(card.get("unpaid_since")),
        promises_due_on=tuple(date.fromisoformat(one["due_on"]) for one in card["promises"]),
        therapies_due_on=tuple(
            date.fromisoformat(one["due_on"]) for one in card["therapies"] if one["due_on"]
        ),
    )


def problems_of(given: dict[str, Any], latest_on: str | None) -> list[dict[str, Any]]:
    said = dict(given)
    for name in ("visited_on", "next_visit_on"):
        said[name] = day_of(said[name])
    if said["started_at"]:
        said["started_at"] = datetime.fromisoformat(said["started_at"])
    said["promises"] = tuple(
        NewPromise(text=one["text"], due_on=date.fromisoformat(one["due_on"]), slot=slot)
        for slot, one in enumerate(said["promises"])
    )
    report = VisitReport(id=ID, enterprise_id=ID, **said)
    try:
        check_visit(
            report,
            today=date.fromisoformat(VISITS["today"]),
            now=datetime.fromisoformat(VISITS["now"]),
        )
        if report.outcome not in HONEST_OUTCOMES:
            check_agreed_day(report.next_visit_on, day_of(latest_on))
    except InvalidInput as error:
        found = [error, *error.values.get("also", ())]
        return [{"field": one.field, "message": one.message} for one in found]
    return []


@pytest.mark.parametrize("case", DAY["why"], ids=lambda case: case["name"])
def test_the_reasons_of_a_day(case):
    reasons = why_today(facts_of(case["card"]), today=date.fromisoformat(DAY["today"]))

    assert [asdict(reason) for reason in reasons] == case["reasons"]


@pytest.mark.parametrize("case", DAY["due"], ids=lambda case: case["name"])
def test_the_day_of_the_next_visit(case):
    facts, outcome = facts_of(case["card"]).visit, case["visit"]["outcome"]
    visited_on = date.fromisoformat(case["visit"]["visited_on"])
    is_met = outcome == MET

    latest_on = latest_after_visit(facts, visited_on=visited_on, was_met=is_met)
    due_on = due_after_visit(facts, visited_on=visited_on, was_met=is_met)
    if outcome in HONEST_OUTCOMES:
        due_on = due_after_refusal(
            outcome,
            life_cycle=facts.life_cycle,
            health_class=facts.health_class,
            visited_on=visited_on,
        )

    assert latest_on == day_of(case["latest_on"])
    assert due_on == day_of(case["due_on"])


@pytest.mark.parametrize("case", VISITS["visits"], ids=lambda case: case["name"])
def test_what_is_refused_of_a_visit(case):
    assert problems_of(case["report"], case["latest_on"]) == case["problems"]


def test_names_are_compared_as_in_the_shared_cases():
    found = [
        name_nearness(search_text(pair["one"]), search_text(pair["other"]))
        for pair in VISITS["names"]
    ]

    assert found == pytest.approx([pair["nearness"] for pair in VISITS["names"]], abs=0.001)


def test_the_phone_is_tested_with_the_rules_that_it_gets():
    assert VISITS["rules"] == json.loads(json.dumps(phone_rules((180, 90, 30, 7))))
