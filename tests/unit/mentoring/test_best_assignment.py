"""The solver: capacities, balance, skills, pairs that stay; compared with trying everything."""

from __future__ import annotations

from itertools import product
from random import Random
from uuid import UUID, uuid4

import numpy as np

from app.core.distance import Place, kilometres
from app.mentoring import frames
from app.mentoring.frames import NOBODY, best, fitting, present, ways
from app.mentoring.queries.proposal_inputs import Case, Hand
from app.mentoring.rules.proposal import (
    COST_FULL_LOAD,
    COST_MOVE,
    COST_MOVE_SICK,
    COST_NOBODY,
    COST_OTHER_SKILL,
)

VILLAGE = "33.02.04.2001"


def case(
    lat: float | None = -7.40,
    lng: float | None = 109.2,
    *,
    mentor: UUID | None = None,
    is_sick: bool = False,
    needed: frozenset[str] = frozenset(),
    village: str = VILLAGE,
) -> Case:
    return Case(
        id=uuid4(), village_code=village, lat=lat, lng=lng, mentor_id=mentor, is_sick=is_sick,
        needed=needed,
    )  # fmt: skip


def hand(
    lat: float | None = -7.40,
    lng: float | None = 109.2,
    *,
    room: int = 5,
    skills: frozenset[str] = frozenset(),
    village: str = VILLAGE,
) -> Hand:
    return Hand(id=uuid4(), village_code=village, lat=lat, lng=lng, skills=skills, room=room)


def solved(cases: list[Case], hands: list[Hand]) -> list[int]:
    return best(cases, hands, ways(cases, hands)).tolist()


def test_the_ways_are_those_over_the_ground():
    found = ways([case(-7.5, 109.3)], [hand(-7.4, 109.2)])

    assert round(float(found[0, 0]), 6) == round(
        kilometres(Place(lat=-7.5, lng=109.3), Place(lat=-7.4, lng=109.2)), 6
    )


def test_everybody_goes_to_the_nearest_when_there_is_room():
    west, east = hand(lng=109.0), hand(lng=110.0)

    assert solved([case(lng=109.05), case(lng=109.95)], [west, east]) == [0, 1]


def test_no_capacity_is_exceeded_while_there_is_another_place():
    near, far = hand(room=2), hand(lng=109.4, room=5)

    found = solved([case() for _ in range(5)], [near, far])

    assert sorted(found) == [0, 0, 1, 1, 1]


def test_only_who_finds_no_place_at_all_stays_without():
    found = solved([case() for _ in range(4)], [hand(room=3)])

    assert sorted(found) == [NOBODY, 0, 0, 0]


def test_equal_mentors_share_equally():
    found = solved([case() for _ in range(6)], [hand(room=6), hand(room=6), hand(room=6)])

    assert np.bincount(found).tolist() == [2, 2, 2]


def test_a_pair_stays_together_for_a_small_gain():
    old, new = hand(lng=109.21), hand(lng=109.20)

    assert solved([case(mentor=old.id)], [old, new]) == [0]


def test_a_pair_parts_for_a_large_gain():
    old, new = hand(lng=109.9), hand(lng=109.2)

    assert solved([case(mentor=old.id)], [old, new]) == [1]


def test_who_is_sick_parts_later():
    old, new = hand(lng=109.245), hand(lng=109.2)
    pair = [case(mentor=old.id, is_sick=is_sick) for is_sick in (False, True)]

    assert [solved([one], [old, new])[0] for one in pair] == [1, 0]


def test_a_fitting_skill_is_worth_a_short_way():
    plain, skilled = hand(), hand(lng=109.21, skills=frozenset({"kemasan"}))

    assert solved([case(needed=frozenset({"kemasan"}))], [plain, skilled]) == [1]


def test_who_carries_too_much_keeps_it_only_where_nobody_else_has_room():
    full = hand(room=1)
    held = [case(mentor=full.id) for _ in range(3)]

    alone = solved(held, [full])
    with_help = solved(held, [full, hand(lng=109.3, room=1)])

    assert alone == [0, 0, 0]
    assert sorted(with_help) == [0, 0, 1]


def test_a_place_that_is_not_known_is_guessed_by_the_code():
    cases = [case(None, None)]
    hands = [hand(village="52.03.01.2001"), hand(None, None, village="33.02.04.2009")]

    assert solved(cases, hands) == [1]


def test_more_candidates_are_looked_at_when_the_nearest_are_full(monkeypatch):
    monkeypatch.setattr(frames, "FIRST_CANDIDATES", 2)
    hands = [hand(lng=109.2 + number / 100, room=1) for number in range(6)]

    assert sorted(solved([case() for _ in range(6)], hands)) == [0, 1, 2, 3, 4, 5]


def test_nothing_to_assign_or_nobody_to_assign_to_is_no_error():
    assert solved([], [hand()]) == []
    assert best([case()], [], np.empty((1, 0))).tolist() == [NOBODY]


def cost_of(cases: list[Case], hands: list[Hand], chosen: tuple[int, ...]) -> float:
    """The objective, counted without any array."""
    total, loads = 0.0, [0] * len(hands)
    for one, place in zip(cases, chosen, strict=True):
        if place == NOBODY:
            total += COST_NOBODY - 1
            continue
        loads[place] += 1
        if loads[place] > hands[place].room:
            return float("inf")
        mine = hands[place]
        total += kilometres(Place(lat=one.lat, lng=one.lng), Place(lat=mine.lat, lng=mine.lng))
        total += 0 if not one.needed or one.needed & mine.skills else COST_OTHER_SKILL
        total += COST_FULL_LOAD * loads[place] / mine.room
        is_moved = one.mentor_id is not None and one.mentor_id != mine.id
        total += (COST_MOVE_SICK if one.is_sick else COST_MOVE) * is_moved
    return total


def test_nothing_is_cheaper_than_what_is_found():
    chance = Random(7)  # noqa: S311 - any repeatable numbers will do
    for _ in range(20):
        hands = [
            hand(
                -7.4 + chance.random() / 5,
                109.2 + chance.random() / 5,
                room=chance.choice((1, 2, 3)),
                skills=frozenset(chance.sample(("kemasan", "digital"), k=1)),
            )
            for _ in range(3)
        ]
        cases = [
            case(
                -7.4 + chance.random() / 5,
                109.2 + chance.random() / 5,
                needed=frozenset(chance.sample(("kemasan", "digital"), k=chance.choice((0, 1)))),
                is_sick=chance.random() < 0.5,
            )
            for _ in range(5)
        ]
        keepers = [chance.randrange(3) for _ in cases]
        # Nobody carries too much now: then no place beyond the capacity is offered.
        cases = [
            one if keepers[:number].count(keepers[number]) >= hands[keepers[number]].room
            else Case(**{
                **{name: getattr(one, name) for name in Case.__slots__},
                "mentor_id": hands[keepers[number]].id,
            })
            for number, one in enumerate(cases)
        ]  # fmt: skip

        found = tuple(solved(cases, hands))
        least = min(
            cost_of(cases, hands, chosen) for chosen in product((NOBODY, 0, 1, 2), repeat=5)
        )

        assert round(cost_of(cases, hands, found), 6) == round(least, 6)


def test_who_fits_is_the_same_by_arrays_and_by_sets():
    cases = [case(needed=frozenset({"kemasan"})), case()]
    hands = [hand(skills=frozenset({"kemasan", "digital"})), hand()]

    assert fitting(cases, hands).tolist() == [[True, False], [True, True]]
    assert present([case(mentor=hands[1].id)], hands).tolist() == [1]
