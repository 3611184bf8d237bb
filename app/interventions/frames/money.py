"""What it costs that an enterprise moves up a class, by therapy and by who delivered it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from app.interventions.frames.cohort import MISSING, Cohort, Course
from app.interventions.frames.effects import after_course
from app.interventions.rules.catalogue import Catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Mover:
    """One enterprise with its class before and after a therapy, MISSING if unknown."""

    enterprise: int
    before: int
    after: int

    @property
    def has_moved_up(self) -> bool:
        """Whether its class is better than before."""
        return self.before != MISSING and self.after > self.before


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """The money of the ended therapies of one kind. `therapy` "" is all, `provider` "" everybody.

    `unstated` counts therapies whose spent sum nobody wrote: their budget stands in for it.
    """

    therapy: str
    provider: str
    count: int
    money: int
    unstated: int
    members: tuple[Mover, ...]

    @property
    def moved(self) -> int:
        """How many enterprises moved up."""
        return sum(one.has_moved_up for one in self.members)

    @property
    def per_mover(self) -> int | None:
        """Whole rupiah for each enterprise that moved up; None when none did."""
        return round(self.money / self.moved) if self.moved else None


def costs(cohort: Cohort, catalogue: Catalogue) -> Iterator[Cost]:
    """All therapies together, then each, followed by each of its providers."""
    yield _cost(cohort, "", "", cohort.courses)
    by_therapy: defaultdict[str, list[Course]] = defaultdict(list)
    for course in cohort.courses:
        by_therapy[course.therapy].append(course)
    for therapy in sorted(by_therapy, key=lambda code: (catalogue.therapies[code].rank, code)):
        courses = by_therapy[therapy]
        yield _cost(cohort, therapy, "", courses)
        for provider in sorted({course.provider for course in courses if course.provider}):
            own = [course for course in courses if course.provider == provider]
            yield _cost(cohort, therapy, provider, own)


def _cost(
    cohort: Cohort, therapy: str, provider: str, courses: tuple[Course, ...] | list[Course]
) -> Cost:
    return Cost(
        therapy=therapy,
        provider=provider,
        count=len(courses),
        money=sum(course.money for course in courses),
        unstated=sum(not course.is_money_stated for course in courses),
        members=tuple(_movers(cohort, courses)),
    )


def _movers(cohort: Cohort, courses: tuple[Course, ...] | list[Course]) -> Iterator[Mover]:
    """Each enterprise once: from the class before its first therapy to that after its last."""
    first: dict[int, Course] = {}
    last: dict[int, Course] = {}
    for course in courses:
        first.setdefault(course.enterprise, course)
        last[course.enterprise] = course
    for enterprise in sorted(first):
        before = first[enterprise].before
        after = after_course(cohort, last[enterprise])
        yield Mover(
            enterprise=enterprise,
            before=MISSING if before == MISSING else int(cohort.rank[before]),
            after=MISSING if after == MISSING else int(cohort.rank[after]),
        )
