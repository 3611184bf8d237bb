"""The numbers of the simulated world, each with where it comes from.

[P1]..[P9] are the published sources and [A] the assumptions listed in `docs/demo.md`; [C] was set
so that the calibration targets are met.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """One world's numbers; shares from 0 to 1, sizes in units of true health, time in quarters."""

    # True health: fixed effect, district, and what comes and goes.
    fixed_sd: float = 0.38
    district_sd: float = 0.15
    passing_memory: float = 0.78
    passing_sd: float = 0.36
    practices_sd: float = 0.9
    practices_effect: float = 0.12
    age_effect: float = 0.10

    # Noise of an assessment, in units of an indicator's latent.
    item_noise: float = 0.75
    # The part of the item noise (of its variance) that is a lasting habit of the enterprise [C].
    habit_share: float = 0.50
    occasion_noise: float = 0.50
    severity_sd: float = 0.35
    level_shift: float = -0.03
    spread_scale: float = 1.1

    # Ends: 8.2-8.3 % a year close [P1]; leaving again is [A]. Together 9.2 % a year.
    closing_base: float = 0.0138
    closing_slope: float = 0.85
    leaving_base: float = 0.008
    leaving_half_life: float = 8.0

    # Mentors [A]; effects split per visit from +20 % profit while mentored [P4].
    enterprises_per_mentor: int = 25
    visit_slots: float = 18.0
    round_share: float = 0.6
    substitute_share: float = 0.15
    assessed_share: float = 0.86
    visit_effect: float = 0.09
    young_visit_factor: float = 1.6
    support_memory: float = 0.6
    first_support: float = 0.15
    visit_practice: float = 0.01

    # Loans: about 20 % used or sought one in a year [P3]; length and burden [A].
    loan_entry: float = 0.06
    loan_exit: float = 0.14
    debt_mean: float = 0.22

    # Entry: how many are there from the first quarter on [A].
    present_share: float = 0.70

    # Sales: elasticity to health checked against 22 % up, 50 % same, 28 % down in a year [P3].
    sales_slope: float = 0.41
    sales_trend: float = -0.015
    sales_noise: float = 0.06
    sales_log_sd: float = 0.75


DEFAULT = Parameters()
