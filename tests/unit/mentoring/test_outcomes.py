"""What follows where nobody wanted to talk."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.mentoring.rules import ASKED_REWARD, NEXT_STEPS, REFUSED, due_after_refusal

DAY = date(2026, 11, 2)


def due(outcome: str, *, life_cycle: str = "aktif", health_class: str | None = "sakit"):
    return due_after_refusal(
        outcome, life_cycle=life_cycle, health_class=health_class, visited_on=DAY
    )


def test_who_refuses_is_left_in_peace_for_a_season():
    assert due(REFUSED) == DAY + timedelta(days=90)


def test_after_a_demand_an_officer_has_a_month():
    assert due(ASKED_REWARD) == DAY + timedelta(days=30)
    assert due(ASKED_REWARD, health_class="sehat") == DAY + timedelta(days=90)


@pytest.mark.parametrize("outcome", [REFUSED, ASKED_REWARD])
def test_nobody_goes_where_the_owner_is_registered_as_refusing(outcome):
    assert due(outcome, life_cycle="menolak_didata") is None


def test_only_a_refusal_suggests_another_state_of_the_enterprise():
    assert NEXT_STEPS[REFUSED].life_cycle == "menolak_didata"
    assert NEXT_STEPS[ASKED_REWARD].life_cycle is None
