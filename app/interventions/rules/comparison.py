"""How far two groups differ: shares with their intervals, likeness of the groups, and the verdict.

Sources: Wilson (1927) for one share; Newcombe (1998), method 10, for the difference of two;
standardised differences as Austin (2009), where more than 0.25 is not alike (Stuart 2010).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import inf, sqrt

_Z95 = 1.959963984540054
FEW = 30
UNLIKE = 0.25

# What the groups are compared in, as officers call it.
COVARIATES = {
    "kelas": "kelas kesehatan",
    "sektor": "sektor usaha",
    "ukuran": "ukuran usaha",
    "awal": "poin awal",
}
FEW_TREATED, FEW_OTHERS, GROUPS_DIFFER = "sedikit_terapi", "sedikit_pembanding", "tidak_setara"
BETTER, WORSE, SAME, UNKNOWN = "lebih_sering", "lebih_jarang", "sama", "belum_tahu"


def share_interval(hits: int, count: int) -> tuple[float, float]:
    """The 95 % interval of a share after Wilson; (0, 1) of nothing."""
    if count == 0:
        return 0.0, 1.0
    share, square = hits / count, _Z95 * _Z95
    middle = (share + square / (2 * count)) / (1 + square / count)
    width = sqrt(share * (1 - share) / count + square / (4 * count * count))
    half = _Z95 * width / (1 + square / count)
    return max(0.0, middle - half), min(1.0, middle + half)


def difference_interval(
    hits: int, count: int, other_hits: int, other_count: int
) -> tuple[float, float]:
    """The 95 % interval of the first share less the second, after Newcombe."""
    if count == 0 or other_count == 0:
        return -1.0, 1.0
    share, other = hits / count, other_hits / other_count
    low, high = share_interval(hits, count)
    other_low, other_high = share_interval(other_hits, other_count)
    difference = share - other
    return (
        difference - sqrt((share - low) ** 2 + (other_high - other) ** 2),
        difference + sqrt((high - share) ** 2 + (other - other_low) ** 2),
    )


def unlike_in_means(one: Sequence[float], other: Sequence[float]) -> float:
    """The standardised difference of two means; 0 when either group is empty."""
    if not one or not other:
        return 0.0
    mean, other_mean = sum(one) / len(one), sum(other) / len(other)
    spread = sqrt((_variance(one, mean) + _variance(other, other_mean)) / 2)
    if spread == 0:
        return 0.0 if mean == other_mean else inf
    return abs(mean - other_mean) / spread


def unlike_in_kinds(one: Mapping[str, int], other: Mapping[str, int]) -> float:
    """The largest standardised difference of the shares of any kind in two groups."""
    count, other_count = sum(one.values()), sum(other.values())
    if count == 0 or other_count == 0:
        return 0.0
    kinds = sorted({*one, *other})
    return max(
        _unlike_in_share(one.get(kind, 0) / count, other.get(kind, 0) / other_count)
        for kind in kinds
    )


def warnings_of(count: int, other_count: int, unlike: Mapping[str, float]) -> list[str]:
    """Why a comparison is to be read with care."""
    found = []
    if count < FEW:
        found.append(FEW_TREATED)
    if other_count < FEW:
        found.append(FEW_OTHERS)
    if any(value > UNLIKE for value in unlike.values()):
        found.append(GROUPS_DIFFER)
    return found


def verdict_of(low: float, high: float, warnings: Sequence[str]) -> str:
    """What may be said: nothing of few, else by the interval of the difference."""
    if FEW_TREATED in warnings or FEW_OTHERS in warnings:
        return UNKNOWN
    if low > 0:
        return BETTER
    return WORSE if high < 0 else SAME


def _variance(values: Sequence[float], mean: float) -> float:
    return sum((value - mean) ** 2 for value in values) / (len(values) - 1) if values[1:] else 0.0


def _unlike_in_share(share: float, other: float) -> float:
    spread = sqrt((share * (1 - share) + other * (1 - other)) / 2)
    if spread == 0:
        return 0.0 if share == other else inf
    return abs(share - other) / spread
