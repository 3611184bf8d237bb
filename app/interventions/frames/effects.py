"""Each therapy against enterprises with the same finding that did not have it.

Treated: the measure at the assessment that asked for the therapy, and at the first one on or after
the day on which it ended. Others: from an enterprise's first assessment with the same finding in
the same span of days, to the one whose distance in days is nearest to the median of the treated
(between half and twice of it), if it did not have this therapy until then. Asking for enterprises
that never had it would look into the future: those that recover by themselves are never given one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from app.interventions.frames.cohort import CLASS_MEASURE, MISSING, NEVER, Cohort, Course, Ints
from app.interventions.rules.catalogue import Catalogue
from app.interventions.rules.comparison import (
    difference_interval,
    unlike_in_kinds,
    unlike_in_means,
    verdict_of,
    warnings_of,
)

_USUAL_GAP = 90
_NEVER_HAD = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One enterprise in a group; `last` is MISSING until it was assessed again."""

    enterprise: int
    first: int
    last: int
    before: int
    after: int

    @property
    def is_measured(self) -> bool:
        """Whether there is something to compare."""
        return self.after != MISSING


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The cases of one side: measured, waiting for an assessment, and gone before one."""

    measured: tuple[Case, ...]
    waiting: tuple[Case, ...]
    gone: tuple[Case, ...]

    @property
    def improved(self) -> int:
        """How many stand higher than before."""
        return sum(case.after > case.before for case in self.measured)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One measure of one therapy, by one provider ("" is all of them)."""

    therapy: str
    provider: str
    measure: str
    treated: Group
    others: Group
    gap: int
    unlike: dict[str, float]
    interval: tuple[float, float]
    warnings: list[str]
    verdict: str
    # The share of the others that improved, had they begun in class and points as the treated.
    evened: float | None


def comparisons(cohort: Cohort, catalogue: Catalogue) -> Iterator[Comparison]:
    """All comparisons, in the order of therapies, each followed by those of its providers."""
    by_measure: defaultdict[tuple[str, str], list[Course]] = defaultdict(list)
    for course in cohort.courses:
        for measure in _measures(course, catalogue):
            by_measure[course.therapy, measure].append(course)
    ranks = catalogue.therapies
    for therapy, measure in sorted(
        by_measure, key=lambda key: (ranks[key[0]].rank, key[0], cohort.column(key[1]))
    ):
        yield from _compared(cohort, catalogue, therapy, measure, by_measure[therapy, measure])


def after_course(cohort: Cohort, course: Course) -> int:
    """The place of the first assessment on or after the end of a therapy, MISSING if none."""
    last = int(np.searchsorted(cohort.enterprise, course.enterprise, side="right"))
    for place in range(course.before + 1, last):
        if cohort.day[place] >= course.closed_day:
            return place
    return MISSING


def _measures(course: Course, catalogue: Catalogue) -> tuple[str, ...]:
    if course.before == MISSING:
        return ()
    if course.indicators:
        return course.indicators
    return (CLASS_MEASURE,) if course.therapy in catalogue.by_class.values() else ()


def _compared(
    cohort: Cohort, catalogue: Catalogue, therapy: str, measure: str, courses: list[Course]
) -> Iterator[Comparison]:
    cases = list(_treated(cohort, measure, courses))
    everybody = _group(cohort, (case for _, case in cases))
    gap = _median_gap(cohort, everybody)
    window = [int(cohort.day[case.first]) for _, case in cases]
    others = _others(cohort, catalogue, therapy, measure, gap, (min(window), max(window)))
    yield _comparison(cohort, therapy, "", measure, everybody, others, gap)
    for provider in sorted({course.provider for course, _ in cases if course.provider}):
        own = _group(cohort, (case for course, case in cases if course.provider == provider))
        yield _comparison(cohort, therapy, provider, measure, own, others, gap)


def _treated(
    cohort: Cohort, measure: str, courses: Iterable[Course]
) -> Iterator[tuple[Course, Case]]:
    """The first therapy of each enterprise: an enterprise counts once."""
    column, seen = cohort.column(measure), set()
    for course in courses:
        before = int(cohort.points[course.before, column])
        if course.enterprise in seen or before == MISSING:
            continue
        seen.add(course.enterprise)
        last = after_course(cohort, course)
        after = MISSING if last == MISSING else int(cohort.points[last, column])
        yield (
            course,
            Case(
                enterprise=course.enterprise,
                first=course.before,
                last=last,
                before=before,
                after=after,
            ),
        )


def _group(cohort: Cohort, cases: Iterable[Case]) -> Group:
    measured, waiting, gone = [], [], []
    for case in cases:
        if case.is_measured:
            measured.append(case)
        elif cohort.gone_day[case.enterprise] != NEVER:
            gone.append(case)
        else:
            waiting.append(case)
    return Group(measured=tuple(measured), waiting=tuple(waiting), gone=tuple(gone))


def _median_gap(cohort: Cohort, group: Group) -> int:
    gaps = [int(cohort.day[case.last] - cohort.day[case.first]) for case in group.measured]
    return max(1, round(float(np.median(gaps)))) if gaps else _USUAL_GAP


def _others(
    cohort: Cohort,
    catalogue: Catalogue,
    therapy: str,
    measure: str,
    gap: int,
    window: tuple[int, int],
) -> Group:
    since = np.full(len(cohort.keys), _NEVER_HAD, dtype=np.int64)
    for enterprise, day in cohort.had.get(therapy, {}).items():
        since[enterprise] = day
    found = np.flatnonzero(
        _has_finding(cohort, catalogue, therapy, measure)
        & (cohort.day >= window[0])
        & (cohort.day <= window[1])
        & (since[cohort.enterprise] > cohort.day)
    )
    who, where = np.unique(cohort.enterprise[found], return_index=True)
    firsts = found[where]
    lasts = _nearest(cohort, who, firsts, cohort.column(measure), gap)
    column = cohort.points[:, cohort.column(measure)]
    return _group(
        cohort,
        (
            Case(
                enterprise=int(enterprise),
                first=int(first),
                last=int(last),
                before=int(column[first]),
                after=MISSING if last == MISSING else int(column[last]),
            )
            for enterprise, first, last in zip(who, firsts, lasts, strict=True)
            if since[enterprise] > (cohort.today if last == MISSING else cohort.day[last])
        ),
    )


def _has_finding(
    cohort: Cohort, catalogue: Catalogue, therapy: str, measure: str
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Which assessments ask for this therapy by this measure."""
    column = cohort.points[:, cohort.column(measure)]
    if measure == CLASS_MEASURE:
        return np.asarray(column == 0, dtype=np.bool_)
    found = np.zeros(len(column), dtype=np.bool_)
    for option in catalogue.options.get(measure, ()):
        if option.therapy != therapy:
            continue
        fits = (column >= 0) & (column <= option.max_points)
        if option.sectors is not None:
            fits &= np.isin(cohort.sector, sorted(option.sectors))
        found |= fits
    return found


def _nearest(cohort: Cohort, who: Ints, firsts: Ints, column: int, gap: int) -> Ints:
    """For each enterprise the known assessment nearest to `gap` days after its first one."""
    start = np.full(len(cohort.keys), -1, dtype=np.int64)
    start[who] = cohort.day[firsts]
    distance = cohort.day - start[cohort.enterprise]
    fits = np.flatnonzero(
        (start[cohort.enterprise] >= 0)
        & (cohort.points[:, column] != MISSING)
        & (2 * distance >= gap)
        & (distance <= 2 * gap)
        & (distance > 0)
    )
    ordered = fits[np.lexsort((fits, np.abs(distance[fits] - gap), cohort.enterprise[fits]))]
    theirs, where = np.unique(cohort.enterprise[ordered], return_index=True)
    lasts = np.full(len(cohort.keys), MISSING, dtype=np.int64)
    lasts[theirs] = ordered[where]
    return lasts[who]


def _comparison(
    cohort: Cohort,
    therapy: str,
    provider: str,
    measure: str,
    treated: Group,
    others: Group,
    gap: int,
) -> Comparison:
    unlike = _unlike(cohort, treated.measured, others.measured)
    interval = difference_interval(
        treated.improved, len(treated.measured), others.improved, len(others.measured)
    )
    warnings = warnings_of(len(treated.measured), len(others.measured), unlike)
    return Comparison(
        therapy=therapy,
        provider=provider,
        measure=measure,
        treated=treated,
        others=others,
        gap=gap,
        unlike=unlike,
        interval=interval,
        warnings=warnings,
        verdict=verdict_of(*interval, warnings),
        evened=_evened(cohort, treated.measured, others.measured),
    )


def _evened(cohort: Cohort, treated: Sequence[Case], others: Sequence[Case]) -> float | None:
    """The others' share, each class and starting point weighing as it does among the treated.

    None when fewer than half of the treated have others that began alike.
    """
    counts, hits = Counter[tuple[int, int]](), Counter[tuple[int, int]]()
    for case in others:
        key = (int(cohort.rank[case.first]), case.before)
        counts[key] += 1
        hits[key] += case.after > case.before
    wanted = Counter((int(cohort.rank[case.first]), case.before) for case in treated)
    matched = {key: count for key, count in wanted.items() if counts[key]}
    weight = sum(matched.values())
    if not treated or 2 * weight < len(treated):
        return None
    return sum(count * hits[key] / counts[key] for key, count in matched.items()) / weight


def _unlike(cohort: Cohort, one: Sequence[Case], other: Sequence[Case]) -> dict[str, float]:
    """How unlike the two groups are at their beginning."""

    def kinds(values: Iterable[object]) -> Counter[str]:
        return Counter(str(value) for value in values)

    def both(kind_of: Callable[[Case], object]) -> float:
        return unlike_in_kinds(kinds(map(kind_of, one)), kinds(map(kind_of, other)))

    return {
        "kelas": both(lambda case: cohort.rank[case.first]),
        "sektor": both(lambda case: cohort.sector[case.first]),
        "ukuran": both(lambda case: cohort.size[case.enterprise]),
        "awal": unlike_in_means([case.before for case in one], [case.before for case in other]),
    }
