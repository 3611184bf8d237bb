"""Therapies in the simulated world: which are chosen, how they end, what they change.

Training moves practices, certificates are obtained, debts are eased, and the treated indicator
gets a bonus that fades; nothing works when it is not carried out. Sizes are assumptions within
the published range (training +5-10 % of profit, WPS 9408).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.random import Generator

from app.demo.arrays import AnyArray, Bools, Floats, Ints, SmallInts
from app.demo.mentors import Mentors
from app.demo.population import Population
from app.demo.questionnaire import CODES, COUNT, WEIGHTS, position
from app.demo.state import CERTIFICATES, State

# The default therapy of each indicator that needs no gate (catalogue of the instrument).
DEFAULTS: dict[str, int] = {
    "KEU1": 4, "KEU2": 5, "KEU3": 3, "KEU4": 2, "PSR1": 7, "PSR2": 7, "PSR3": 7, "PSR4": 5,
    "PRD1": 9, "PRD2": 9, "PRD3": 10, "PRD4": 9, "PRD5": 19, "KMS1": 11, "KMS2": 12, "KMS3": 12,
    "LGL1": 13, "LGL2": 14, "LGL3": 15, "MNJ1": 1, "MNJ2": 4, "MNJ3": 29, "MNJ4": 8,
    "MDL1": 20, "MDL2": 20, "MDL4": 6, "SDM1": 29, "SDM2": 24, "SDM3": 23, "SDM4": 24,
}  # fmt: skip
INTENSIVE, HYGIENE = 25, 10
# The sick take on no new channel: they build a reserve instead.
RESERVE = 23
TRAINING = (1, 2, 3, 4, 8, 9, 29)
EASING = (20,)
TWO_QUARTERS = (3, 7, 14, 15, 23, 11)
CERTIFIES = {13: "LGL1", 14: "LGL2", 15: "LGL3"}
LIMIT_SICK, LIMIT_OTHERS = 2, 3
# The less healthy get at most two new ones a round, so that owners can carry them.
NEW_PER_ROUND = 2
APPROVED_SHARE = 0.78
# Ended well, partly, without effect, not measurable; a less diligent mentor moves the first [A].
OUTCOMES = ("berhasil", "sebagian", "tidak", "belum_terukur")
OUTCOME_SHARES = (0.46, 0.26, 0.18, 0.10)
STRENGTH = np.array([1.0, 0.5, 0.0, 0.4])
ITEM_BONUS, PRACTICE_GAIN, DEBT_LEFT, SUPPORT_GAIN = 0.6, 0.15, 0.5, 0.06

_THERAPY_OF: Ints = np.array([DEFAULTS.get(code, 0) for code in CODES], dtype=np.int64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Therapies proposed in one quarter, one value each."""

    quarter: int
    enterprise: Ints
    therapy: Ints
    indicator: Ints
    points_before: Ints
    is_approved: Bools
    end_quarter: Ints
    outcome: Ints


@dataclass(slots=True)
class TherapyBook:
    """All therapies so far."""

    batches: list[Batch] = field(default_factory=list)

    def active(self, quarter: int, size: int) -> Ints:
        """How many therapies each enterprise has running in `quarter`."""
        counts = np.zeros(size, dtype=np.int64)
        for batch in self.batches:
            if batch.quarter > quarter:
                continue
            runs = batch.is_approved & (batch.end_quarter > quarter)
            counts += np.bincount(batch.enterprise[runs], minlength=size)
        return counts

    def recent(self, quarter: int, size: int) -> Bools:
        """Which therapies (columns 0 to 29) were proposed within the last three quarters."""
        seen = np.zeros((size, 30), dtype=np.bool_)
        for batch in self.batches[max(0, quarter - 3) :]:
            seen[batch.enterprise, batch.therapy] = True
        return seen


def propose(
    rng: Generator,
    book: TherapyBook,
    *,
    people: Population,
    mentors: Mentors,
    points: SmallInts,
    final_class: SmallInts,
    quarter: int,
) -> None:
    """Choose therapies for the sick and less healthy who were assessed, and write them down."""
    size = people.size
    limit = np.where(final_class == 0, LIMIT_SICK, LIMIT_OTHERS)
    room = np.where(
        (final_class == 0) | (final_class == 1),
        np.clip(limit - book.active(quarter, size), 0, NEW_PER_ROUND),
        0,
    )
    taken = book.recent(quarter, size)
    taken[:, 0] = True
    wish = _wishes(rng, points)
    chosen = []
    for round_number in range(NEW_PER_ROUND):
        therapy, indicator = _next_choice(people, final_class, wish, taken)
        if round_number == 0:
            needs_much = (final_class == 0) & ~taken[:, INTENSIVE]
            therapy = np.where(needs_much, INTENSIVE, therapy)
            indicator = np.where(needs_much, position("PSR2"), indicator)
        takes = (room > round_number) & (therapy > 0)
        taken[np.flatnonzero(takes), therapy[takes]] = True
        chosen.append((np.flatnonzero(takes), therapy[takes], indicator[takes]))
    who, what, target = (np.concatenate(part) for part in zip(*chosen, strict=True))
    book.batches.append(_batch(rng, people, mentors, points, quarter, who, what, target))


def _wishes(rng: Generator, points: SmallInts) -> Floats:
    """How much each indicator asks for help: what it would add, with the mentor's own judgement."""
    gain = np.where((points >= 0) & (points <= 2), (4 - points) * WEIGHTS, 0.0)
    # Equipment that is used at least weekly is left alone.
    gain[points[:, position("PRD5")] == 2, position("PRD5")] = 0.0
    return np.asarray(gain * rng.uniform(0.5, 1.5, points.shape), dtype=np.float64)


def _next_choice(
    people: Population, final_class: SmallInts, wish: Floats, taken: Bools
) -> tuple[Ints, Ints]:
    therapies = np.broadcast_to(_THERAPY_OF, wish.shape).copy()
    therapies[people.sector == 1, position("LGL2")] = HYGIENE
    therapies[final_class == 0, position("MDL4")] = RESERVE
    is_free = ~np.take_along_axis(taken, therapies, axis=1)
    score = np.where(is_free, wish, 0.0)
    best = score.argmax(axis=1)
    rows = np.arange(len(wish))
    return np.where(score[rows, best] > 0, therapies[rows, best], 0), best


def _batch(
    rng: Generator,
    people: Population,
    mentors: Mentors,
    points: SmallInts,
    quarter: int,
    who: Ints,
    what: Ints,
    target: Ints,
) -> Batch:
    count = len(who)
    diligence = mentors.diligence[people.mentor[who]]
    shares = np.cumsum(OUTCOME_SHARES)
    draw = np.clip(rng.random(count) + 0.25 * (1 - diligence), 0.0, 0.999)
    return Batch(
        quarter=quarter,
        enterprise=who,
        therapy=what,
        indicator=target,
        points_before=points[who, target].astype(np.int64),
        is_approved=rng.random(count) < APPROVED_SHARE,
        end_quarter=quarter + np.where(np.isin(what, TWO_QUARTERS), 2, 1),
        outcome=np.searchsorted(shares, draw).astype(np.int64).clip(0, 3),
    )


def deliver(book: TherapyBook, state: State, quarter: int) -> None:
    """Let therapies that end as `quarter` begins do what they do, in place."""
    for batch in book.batches:
        ends = batch.is_approved & (batch.end_quarter == quarter)
        ends &= state.is_open[batch.enterprise]
        if ends.any():
            _apply(state, batch, ends)


def _apply(state: State, batch: Batch, ends: Bools) -> None:
    who, what = batch.enterprise[ends], batch.therapy[ends]
    strength = STRENGTH[batch.outcome[ends]]
    bonus: AnyArray = np.zeros((len(state.debt), COUNT))
    np.add.at(bonus, (who, batch.indicator[ends]), ITEM_BONUS * strength)
    state.item_bonus += bonus
    is_training = np.isin(what, TRAINING)
    np.add.at(state.practices, who[is_training], PRACTICE_GAIN * strength[is_training])
    np.add.at(state.support, who, SUPPORT_GAIN * strength)
    eased = np.isin(what, EASING)
    np.multiply.at(state.debt, who[eased], 1 - (1 - DEBT_LEFT) * strength[eased])
    for therapy, code in CERTIFIES.items():
        column = CERTIFICATES.index(code)
        done = (what == therapy) & (strength > 0.5)
        partly = (what == therapy) & (strength == 0.5)
        state.certificates[who[done], column] = 4
        half = 2 if code == "LGL1" else 1
        state.certificates[who[partly], column] = np.maximum(
            state.certificates[who[partly], column], half
        )
