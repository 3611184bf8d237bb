"""Who should look after whom: the cheapest assignment, exactly, over the likely pairs.

Every mentor has as many places as their capacity; the n-th place costs more than the one before,
so that the load evens out. Each enterprise may go to a place of one of the mentors who would cost
least, or to nobody at a price that nothing else reaches. What is cheapest in all is a matching of
least weight in a sparse two-sided graph (SciPy, LAPJVsp), which is solved exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from app.core.distance import EARTH_RADIUS_KM
from app.mentoring.queries.proposal_inputs import Case, Hand
from app.mentoring.rules.proposal import (
    COST_FULL_LOAD,
    COST_MOVE,
    COST_MOVE_SICK,
    COST_NOBODY,
    COST_OTHER_SKILL,
    COST_OVER_CAPACITY,
    GUESSED_KM,
)

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Report = Callable[[str], None]
NOBODY = -1
# Pairs looked at for each enterprise; more where those don't suffice.
FIRST_CANDIDATES = 12
# A weight of nothing would be no edge at all.
_EDGE = 1.0


def ways(cases: Sequence[Case], hands: Sequence[Hand]) -> Floats:
    """Kilometres from every mentor to every enterprise; NaN where a point is missing."""
    ends, starts = _points(cases), _points(hands)
    rise = np.sin((ends[:, None, 0] - starts[None, :, 0]) / 2) ** 2
    run = np.sin((ends[:, None, 1] - starts[None, :, 1]) / 2) ** 2
    inside = rise + np.cos(ends[:, None, 0]) * np.cos(starts[None, :, 0]) * run
    found: Floats = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(1.0, inside)))
    return found


def fitting(cases: Sequence[Case], hands: Sequence[Hand]) -> Bools:
    """Whether a mentor knows something of what an enterprise needs, for every pair."""
    words = sorted({skill for hand in hands for skill in hand.skills})
    has = _known([hand.skills for hand in hands], words)
    needs = _known([case.needed for case in cases], words)
    needs_nothing = np.array([not case.needed for case in cases], dtype=bool)
    found: Bools = (needs @ has.T > 0) | needs_nothing[:, None]
    return found


def _known(sets: Sequence[frozenset[str]], words: Sequence[str]) -> Floats:
    """One row a set, one column a word: 1 where the set holds the word."""
    rows = [[float(word in one) for word in words] for one in sets]
    return np.array(rows, dtype=np.float64).reshape(len(sets), len(words))


def present(cases: Sequence[Case], hands: Sequence[Hand]) -> Ints:
    """The place among the mentors of each enterprise's own, -1 where that is none of them."""
    place = {hand.id: number for number, hand in enumerate(hands)}
    return np.array([place.get(case.mentor_id, NOBODY) for case in cases], dtype=np.int64)  # type: ignore[arg-type]


def best(
    cases: Sequence[Case], hands: Sequence[Hand], km: Floats, *, report: Report = lambda _: None
) -> Ints:
    """The place of the mentor for each enterprise, -1 for nobody."""
    if not cases or not hands:
        return np.full(len(cases), NOBODY, dtype=np.int64)
    own = present(cases, hands)
    cost = _cost(cases, hands, km, own)
    room = np.array([hand.room for hand in hands], dtype=np.int64)
    # Who carries more than they should may keep it where there is no other place.
    held = np.bincount(own[own != NOBODY], minlength=len(hands))
    places = np.maximum(room, held)
    count = FIRST_CANDIDATES
    while True:
        report(f"Mencari pasangan terbaik di antara {min(count, len(hands))} pendamping terdekat")
        chosen = _matched(cost, own, room, places, min(count, len(hands)))
        is_complete = bool((chosen != NOBODY).all()) or int(places.sum()) <= int(
            (chosen != NOBODY).sum()
        )
        if is_complete or count >= len(hands):
            return chosen
        count *= 4


def _points(things: Sequence[Case] | Sequence[Hand]) -> Floats:
    degrees = [
        (np.nan, np.nan) if one.lat is None or one.lng is None else (one.lat, one.lng)
        for one in things
    ]
    return np.radians(np.array(degrees, dtype=np.float64).reshape(-1, 2))


def _cost(cases: Sequence[Case], hands: Sequence[Hand], km: Floats, own: Ints) -> Floats:
    cost = np.where(np.isnan(km), _guessed(cases, hands), km)
    cost += COST_OTHER_SKILL * ~fitting(cases, hands)
    is_held = own != NOBODY
    move = np.where([case.is_sick for case in cases], COST_MOVE_SICK, COST_MOVE)
    cost += np.where(is_held, move, 0.0)[:, None]
    rows = np.flatnonzero(is_held)
    cost[rows, own[rows]] -= move[rows]
    return cost


def _guessed(cases: Sequence[Case], hands: Sequence[Hand]) -> Floats:
    """A rough way where no point is known, by how much of the area codes agrees."""
    guess = np.full((len(cases), len(hands)), GUESSED_KM[0])
    for length, km in sorted(GUESSED_KM.items()):
        if length:
            ends = np.array([case.village_code[:length] for case in cases])
            starts = np.array([hand.village_code[:length] for hand in hands])
            _, codes = np.unique(np.concatenate([ends, starts]), return_inverse=True)
            same = codes[: len(ends), None] == codes[None, len(ends) :]
            guess[same] = km
    return guess


def _matched(cost: Floats, own: Ints, room: Ints, places: Ints, count: int) -> Ints:
    """The exact best over `count` candidates each, and the mentor of before."""
    size, mentors = cost.shape
    near = np.argpartition(cost, count - 1, axis=1)[:, :count] if count < mentors else None
    near = np.tile(np.arange(mentors), (size, 1)) if near is None else near
    pair_row = np.repeat(np.arange(size), near.shape[1])
    pair_mentor = near.ravel()
    kept = np.flatnonzero(own != NOBODY)
    kept = kept[~(near[kept] == own[kept, None]).any(axis=1)]
    pair_row = np.concatenate([pair_row, kept])
    pair_mentor = np.concatenate([pair_mentor, own[kept]])
    graph = _graph(cost, pair_row, pair_mentor, room, places)
    rows, columns = min_weight_full_bipartite_matching(graph)
    starts = np.concatenate([[0], np.cumsum(places)])
    chosen = np.full(size, NOBODY, dtype=np.int64)
    is_placed = columns < starts[-1]
    chosen[rows[is_placed]] = np.searchsorted(starts, columns[is_placed], side="right") - 1
    return chosen


def _graph(cost: Floats, rows: Ints, mentors: Ints, room: Ints, places: Ints) -> Any:
    """One row an enterprise, one column a place of a mentor, and one column "nobody" for each."""
    size, starts = cost.shape[0], np.concatenate([[0], np.cumsum(places)])
    times = places[mentors]
    row = np.repeat(rows, times)
    mentor = np.repeat(mentors, times)
    number = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
    fullness = np.minimum(1.0, (number + 1) / np.maximum(1, room[mentor]))
    weight = cost[row, mentor] + COST_FULL_LOAD * fullness + _EDGE
    weight += COST_OVER_CAPACITY * (number >= room[mentor])
    nobody = np.arange(size)
    return csr_matrix(
        (
            np.concatenate([weight, np.full(size, COST_NOBODY)]),
            (
                np.concatenate([row, nobody]),
                np.concatenate([starts[mentor] + number, starts[-1] + nobody]),
            ),
        ),
        shape=(size, int(starts[-1]) + size),
    )
