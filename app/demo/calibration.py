"""Figures of a simulated world that can be held against what is published and measured."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import cohen_kappa_score, roc_auc_score

from app.demo.arrays import Bools, Floats, Ints, SmallInts
from app.demo.scoring import HEALTHY, LESS_HEALTHY, NO_CLASS, SICK
from app.demo.simulator import World

# A year's change of sales within this share counts as "the same" [A].
SAME_SALES = 0.15


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Shares from 0 to 1, AUC and kappa as usual; triples are sick, less healthy, healthy."""

    class_shares: tuple[float, float, float]
    worse_next: tuple[float, float, float]
    persistence_qwk: float
    closing_by_year: float
    closing_by_quarter: float
    auc_class_and_score: float
    auc_history: float
    auc_closing_oracle: float
    sales_up_same_down: tuple[float, float, float]
    assessed_share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pairs:
    """An assessment and what was seen a quarter later."""

    enterprise: Ints
    quarter: Ints
    now: SmallInts
    score: Ints
    previous_score: Floats
    later: SmallInts
    is_ended: Bools

    @property
    def is_bad(self) -> Bools:
        """Sick or ended a quarter later."""
        bad: Bools = self.is_ended | (self.later == SICK)
        return bad


def figures(world: World) -> Figures:
    """Measure a world."""
    pairs = _pairs(world)
    both = ~pairs.is_ended
    there = sum(int(each.is_there.sum()) for each in world.rounds)
    ended = sum(int(((world.end_quarter == q) & (world.end > 0)).sum()) for q in _range(world))
    by_quarter = ended / there
    classes = np.concatenate([each.scores.final_class[each.is_assessed] for each in world.rounds])
    assessed = sum(int(each.is_assessed.sum()) for each in world.rounds)
    return Figures(
        class_shares=_triple(classes),
        worse_next=(
            float(pairs.is_bad[pairs.now == SICK].mean()),
            float(pairs.is_bad[pairs.now == LESS_HEALTHY].mean()),
            float(pairs.is_bad[pairs.now == HEALTHY].mean()),
        ),
        persistence_qwk=float(
            cohen_kappa_score(pairs.now[both], pairs.later[both], weights="quadratic")
        ),
        closing_by_year=1 - (1 - by_quarter) ** 4,
        closing_by_quarter=by_quarter,
        auc_class_and_score=_auc(pairs, [pairs.score]),
        auc_history=_auc(pairs, [pairs.score, pairs.previous_score]),
        auc_closing_oracle=_oracle(world),
        sales_up_same_down=_sales(world),
        assessed_share=assessed / there,
    )


def _range(world: World) -> range:
    return range(world.quarters)


def _triple(classes: SmallInts) -> tuple[float, float, float]:
    known = classes[classes != NO_CLASS]
    shares = [float((known == name).mean()) for name in (SICK, LESS_HEALTHY, HEALTHY)]
    return shares[0], shares[1], shares[2]


def _pairs(world: World) -> _Pairs:
    """All assessments whose next quarter is known; who was not seen again is left out."""
    parts: list[tuple[Ints, Ints, SmallInts, Ints, Floats, SmallInts, Bools]] = []
    previous = np.full(world.people.size, np.nan)
    for quarter in range(world.quarters - 1):
        now, later = world.rounds[quarter], world.rounds[quarter + 1]
        ends = (world.end_quarter == quarter) & (world.end > 0)
        seen = later.is_assessed & (later.scores.final_class != NO_CLASS)
        usable = now.is_assessed & (now.scores.final_class != NO_CLASS) & (ends | seen)
        rows = np.flatnonzero(usable)
        score = now.scores.score
        parts.append(
            (
                rows,
                np.full(len(rows), quarter),
                now.scores.final_class[rows],
                score[rows],
                previous[rows],
                later.scores.final_class[rows],
                ends[rows],
            )
        )
        previous = np.where(now.is_assessed, score, previous)
    enterprise, quarters, classes, scores, before, next_class, ended = (
        np.concatenate(part) for part in zip(*parts, strict=True)
    )
    return _Pairs(
        enterprise=enterprise,
        quarter=quarters,
        now=classes,
        score=scores,
        previous_score=before,
        later=next_class,
        is_ended=ended,
    )


def _auc(pairs: _Pairs, scores: list[Ints | Floats]) -> float:
    """AUC on every third enterprise of a logistic regression fitted on the others."""
    columns: list[Floats] = [(pairs.now == name).astype(np.float64) for name in (0, 1)]
    for each in scores:
        value = np.asarray(each, dtype=np.float64) / 1000
        columns += [np.nan_to_num(value, nan=0.6), np.isnan(value).astype(np.float64)]
    table = np.stack(columns, axis=1)
    is_test = pairs.enterprise % 3 == 0
    model = LogisticRegression(C=10.0, max_iter=500)
    model.fit(table[~is_test], pairs.is_bad[~is_test])
    chance = model.predict_proba(table[is_test])[:, 1]
    return float(roc_auc_score(pairs.is_bad[is_test], chance))


def _oracle(world: World) -> float:
    """AUC of the true hazard for ends in the same quarter: the most that a model can reach."""
    hazard = np.concatenate([each.hazard[each.is_there] for each in world.rounds])
    ended = np.concatenate(
        [
            ((world.end_quarter == quarter) & (world.end > 0))[each.is_there]
            for quarter, each in enumerate(world.rounds)
        ]
    )
    return float(roc_auc_score(ended, hazard))


def _sales(world: World) -> tuple[float, float, float]:
    """Shares of enterprises whose yearly sales rose, stayed and fell, over the last two years."""
    if world.quarters < 8:
        return 0.0, 1.0, 0.0
    sales = world.monthly_sales[:, -24:]
    whole = (sales > 0).all(axis=1)
    ratio = sales[whole, 12:].sum(axis=1) / sales[whole, :12].sum(axis=1) - 1
    up, down = float((ratio > SAME_SALES).mean()), float((ratio < -SAME_SALES).mean())
    return up, 1 - up - down, down
