"""Who is in the world: enterprises with their owners, villages and mentors, before time starts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from app.demo.arrays import Bools, Floats, Ints
from app.demo.parameters import Parameters
from app.demo.villages import DEMO_VILLAGES

# Trade 42, food 24, services 12, production 10, farm 12 % (CFI MAP2 2024, shifted to villages);
# food is split between packed (A) and ready to eat (B).
SECTOR_SHARES = {"A": 0.14, "B": 0.10, "C": 0.10, "D": 0.12, "E": 0.42, "F": 0.12}
WOMEN_SHARE = 0.70
ALONE_SHARE = 0.46
# Up to 1, 2-5, 6-10, 11-20, more than 20 years (CFI MAP2 2024: 11, 46, 22, 13, 6 %; ours younger).
EXPERIENCE_SHARES = (0.20, 0.50, 0.18, 0.09, 0.03)
EXPERIENCE_YEARS = ((0.1, 1.0), (1.0, 5.0), (5.0, 10.0), (10.0, 20.0), (20.0, 32.0))
# Age groups of 1,260 trainees in Jawa Timur (UPT Pelatihan Koperasi dan UKM, 2024), 20 and over.
AGE_SHARES = (0.10, 0.24, 0.33, 0.24, 0.09)
AGE_YEARS = ((21, 25), (25, 35), (35, 45), (45, 55), (55, 66))
# Years: one may work abroad from 18 on (UU 18/2017, article 5), and a contract lasts a year.
YOUNGEST_FOUNDER, YOUNGEST_LEAVER, YOUNGEST_BACK = 17, 18, 19.2
EQUIPMENT_SHARES = {"A": 0.6, "B": 0.7, "C": 0.8, "D": 0.7, "E": 0.2, "F": 0.5}
# Median sales a month, alone and with others (CFI MAP2 2024: USD 123 and 246).
MONTHLY_SALES_ALONE, MONTHLY_SALES_TOGETHER = 2_000_000, 4_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """Arrays of one value per enterprise; ages and times in quarters from the world's first day."""

    sector: Ints
    village: Ints
    is_woman: Bools
    owner_age: Floats
    works_alone: Bools
    age_at_start: Floats
    entry_quarter: Ints
    return_age: Floats
    mentor: Ints
    mentor_count: int
    mentor_regency: Ints
    has_equipment: Bools
    is_non_halal: Bools
    is_sold_outside: Bools
    is_seasonal: Bools
    base_sales: Floats
    assessment_day: Ints

    @property
    def size(self) -> int:
        """The number of enterprises."""
        return len(self.sector)


def draw_population(
    rng: Generator, *, size: int, quarters: int, parameters: Parameters
) -> Population:
    """Invent `size` enterprises; those that enter later start at most a year before entering."""
    sector = rng.choice(6, size=size, p=list(SECTOR_SHARES.values()))
    village = _villages(rng, size)
    entry = np.where(
        rng.random(size) < parameters.present_share, 0, rng.integers(1, max(2, quarters), size)
    )
    entry = np.minimum(entry, quarters - 1)
    age = 4.0 * _within_groups(rng, size, EXPERIENCE_SHARES, EXPERIENCE_YEARS)
    # Half of those who enter later are new enterprises, not old ones newly found.
    is_new = (entry > 0) & (rng.random(size) < 0.5)
    age = np.where(is_new, rng.uniform(0.2, 3.0, size), age) - entry
    alone = rng.random(size) < ALONE_SHARE
    mentor, regency = _mentors(village, parameters)
    median = np.where(alone, MONTHLY_SALES_ALONE, MONTHLY_SALES_TOGETHER)
    food = sector <= 1
    christian = np.array([place.code.startswith("53") for place in DEMO_VILLAGES])[village]
    is_woman, owner_age, return_age = _owners(rng, age + quarters, entry, quarters)
    return Population(
        sector=sector,
        village=village,
        is_woman=is_woman,
        owner_age=owner_age,
        works_alone=alone,
        age_at_start=age,
        entry_quarter=entry,
        return_age=return_age,
        mentor=mentor,
        mentor_count=len(regency),
        mentor_regency=regency,
        has_equipment=rng.random(size) < np.array(list(EQUIPMENT_SHARES.values()))[sector],
        is_non_halal=food & (rng.random(size) < np.where(christian, 0.15, 0.01)),
        is_sold_outside=(sector == 0) & (rng.random(size) < 0.6),
        is_seasonal=rng.random(size) < np.where(sector == 5, 0.45, 0.06),
        base_sales=median * np.exp(rng.normal(0.0, parameters.sales_log_sd, size)),
        assessment_day=rng.integers(2, 87, size),
    )


def _owners(
    rng: Generator, until_now: Floats, entry: Ints, quarters: int
) -> tuple[Bools, Floats, Floats]:
    """Sex, age today and quarters since the return; `until_now` is the age of the enterprise."""
    size = len(entry)
    is_woman = rng.random(size) < WOMEN_SHARE
    # Nobody began an enterprise as a child: who has an old one is older.
    owner_age = np.maximum(
        _within_groups(rng, size, AGE_SHARES, AGE_YEARS), YOUNGEST_FOUNDER + 0.1 + until_now / 4.0
    )
    back = np.clip(rng.exponential(7.0, size) + 1.0, 0.5, 40.0) - entry
    # Nor did anybody come back who had been too young to leave.
    return_age = np.minimum(back, 4.0 * (owner_age - YOUNGEST_BACK) - quarters)
    return is_woman, owner_age, return_age


def _villages(rng: Generator, size: int) -> Ints:
    weights = np.array([place.weight for place in DEMO_VILLAGES])
    return np.sort(rng.choice(len(DEMO_VILLAGES), size=size, p=weights / weights.sum()))


def _within_groups(
    rng: Generator,
    size: int,
    shares: tuple[float, ...],
    bounds: tuple[tuple[float, float], ...],
) -> Floats:
    group = rng.choice(len(shares), size=size, p=np.array(shares) / sum(shares))
    low, high = np.array(bounds).T
    return np.asarray(rng.uniform(low[group], high[group]), dtype=np.float64)


def _mentors(village: Ints, parameters: Parameters) -> tuple[Ints, Ints]:
    """A mentor per enterprise and the regency of each mentor; mentors stay within a regency."""
    regencies = [place.code[:5] for place in DEMO_VILLAGES]
    names = sorted(set(regencies))
    regency = np.array([names.index(code) for code in regencies])[village]
    mentor = np.zeros(len(village), dtype=np.int64)
    mentor_regency: list[int] = []
    for index in range(len(names)):
        members = np.flatnonzero(regency == index)
        count = max(1, round(len(members) / parameters.enterprises_per_mentor))
        # Sorted by village, so that a mentor's enterprises lie near each other.
        mentor[members] = len(mentor_regency) + (np.arange(len(members)) * count) // max(
            1, len(members)
        )
        mentor_regency.extend([index] * count)
    return mentor, np.array(mentor_regency, dtype=np.int64)
