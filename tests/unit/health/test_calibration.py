"""What became of enterprises half a year after their class was told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.health.rules.calibration import (
    FEW,
    FOLLOW_UP_DAYS,
    STOPPED,
    TRADING,
    UNKNOWN,
    FollowedUp,
    outcome_of,
    outcomes,
    window,
)

THEN = date(2026, 1, 10)
END = THEN + timedelta(days=FOLLOW_UP_DAYS)


def followed(**facts: object) -> FollowedUp:
    given = {
        "health_class": "sakit",
        "assessed_on": THEN,
        "life_cycle": "aktif",
        "life_cycle_on": None,
        "last_seen_on": None,
        **facts,
    }
    return FollowedUp(**given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("facts", "outcome"),
    [
        ({"last_seen_on": END}, TRADING),
        ({"last_seen_on": END - timedelta(days=1)}, UNKNOWN),
        ({}, UNKNOWN),
        ({"life_cycle": "tutup", "life_cycle_on": END}, STOPPED),
        ({"life_cycle": "berangkat_lagi", "life_cycle_on": THEN}, STOPPED),
        ({"life_cycle": "tidak_aktif", "life_cycle_on": END + timedelta(days=1)}, TRADING),
        ({"life_cycle": "tutup"}, UNKNOWN),
        ({"life_cycle": "menolak_didata"}, UNKNOWN),
    ],
)
def test_what_is_not_known_is_not_guessed(facts, outcome):
    assert outcome_of(followed(**facts)) == outcome


def test_the_share_is_of_those_of_whom_it_is_known_and_few_are_called_few():
    found = [followed(last_seen_on=END)] * 3 + [followed(life_cycle="tutup", life_cycle_on=END)]
    found += [followed()] * 5

    sick, less, healthy = outcomes(found)

    assert (sick.total, sick.trading, sick.stopped, sick.unknown) == (9, 3, 1, 5)
    assert sick.share == 0.75
    assert sick.is_thin
    assert less.share is None
    assert healthy.total == 0
    many = outcomes([followed(last_seen_on=END)] * FEW)[0]
    assert not many.is_thin


def test_the_window_ends_where_the_follow_up_is_whole():
    assert window(date(2026, 11, 22)) == (date(2025, 5, 27), date(2026, 5, 26))
