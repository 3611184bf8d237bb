"""The order of an aid's steps: what may follow, who may not approve, which check a day is."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest

from app.aid.rules.steps import (
    CHECKED_180,
    ENDED,
    STATES,
    STEPS,
    check_approver,
    check_day,
    check_due,
    check_reached,
    check_version,
    may_take,
    next_state,
)
from app.core.errors import Conflict, InvalidInput, NotAllowed, WrongState

WAY = (
    "assess",
    "verify",
    "approve",
    "hand_over",
    "install",
    "use",
    "check_30",
    "check_90",
    "check_180",
    "finish",
)
HANDED = date(2026, 1, 10)


def test_the_whole_way_leads_from_request_to_end():
    state = "usul"
    for step in WAY:
        state = next_state(step, state)

    assert state == "selesai"


@pytest.mark.parametrize(("step", "state"), sorted(product(STEPS, STATES)))
def test_a_step_is_taken_from_its_own_states_only(step, state):
    if state in STEPS[step][0]:
        assert next_state(step, state) == STEPS[step][1]
        assert may_take(step, state)
    else:
        with pytest.raises(WrongState):
            next_state(step, state)
        assert not may_take(step, state)


@pytest.mark.parametrize("state", ENDED)
def test_nothing_follows_an_end(state):
    assert not any(may_take(step, state) for step in STEPS)


def test_no_step_of_the_way_can_be_left_out():
    for before, after in zip(WAY, WAY[2:], strict=False):
        if after.startswith("check"):
            continue
        with pytest.raises(WrongState):
            next_state(after, STEPS[before][1])


def test_who_asks_does_not_approve():
    with pytest.raises(NotAllowed):
        check_approver(requested_by="a", approved_by="a")

    check_approver(requested_by="a", approved_by="b")


def test_an_old_page_is_refused():
    with pytest.raises(Conflict):
        check_version(1, 2)


@pytest.mark.parametrize("day", [date(2026, 1, 9), date(2026, 2, 1)])
def test_a_step_is_neither_before_the_last_one_nor_in_the_future(day):
    with pytest.raises(InvalidInput):
        check_day(day, not_before=HANDED, today=date(2026, 1, 31), field="x")


@pytest.mark.parametrize(
    ("state", "due"),
    [
        ("disetujui", None),
        ("diserahkan", (30, date(2026, 2, 9))),
        ("dipakai", (30, date(2026, 2, 9))),
        ("evaluasi_30", (90, date(2026, 4, 10))),
        ("evaluasi_90", (180, date(2026, 7, 9))),
        (CHECKED_180, None),
        ("realokasi", None),
    ],
)
def test_the_next_check_is_counted_from_the_handover(state, due):
    assert check_due(HANDED, state) == due


@pytest.mark.parametrize(
    ("state", "age", "reached"),
    [
        ("diserahkan", 40, None),
        ("terpasang", 40, None),
        ("dipakai", 26, None),
        ("dipakai", 27, 30),
        ("dipakai", 30, 30),
        ("dipakai", 86, 30),
        ("dipakai", 95, 90),
        ("evaluasi_30", 60, None),
        ("evaluasi_30", 90, 90),
        ("evaluasi_30", 200, 180),
        ("evaluasi_90", 177, 180),
        ("evaluasi_180", 300, None),
    ],
)
def test_a_check_is_the_one_whose_day_has_come(state, age, reached):
    assert check_reached(HANDED, state, HANDED + timedelta(days=age)) == reached
