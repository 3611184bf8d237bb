"""What an assessment and the plan so far say, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

SICK = "sakit"
HEALTHY = "sehat"


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """One assessment: the points of answers that apply (None: missing), the rules that fired.

    `debt_service_ratio` is instalments over surplus in a month; None is unknown.
    `unassessed` are dimensions with too few answers to count.
    """

    sector: str
    health_class: str | None
    points: Mapping[str, int | None]
    knockouts: tuple[str, ...] = ()
    unassessed: frozenset[str] = frozenset()
    debt_service_ratio: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFacts:
    """What else decides about therapies.

    `sick_in_a_row` counts the latest assessments, this one included, that said sakit.
    `open_codes` are therapies proposed, approved or running; `active_count` those approved or
    running. `halal_self_declare` says whether the criteria for the owner's declaration are met,
    None when nobody looked.
    """

    sick_in_a_row: int = 0
    open_codes: frozenset[str] = field(default=frozenset())
    active_count: int = 0
    halal_self_declare: bool | None = None
    has_needs_analysis: bool = False
    willing_owner_count: int | None = None
