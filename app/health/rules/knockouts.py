"""The knock-out rules KO-1 to KO-9: what caps a class whatever the score.

KO-1 to KO-4, KO-6 and KO-7 read raw facts of the context, never points: points band the facts too
coarsely (KO-3 and KO-4 part at bounds that no option knows) and may be the owner's estimate. A rule
whose fact is missing does not fire, even where the points hint at it; the form therefore asks for
the number wherever the worst answer is chosen. KO-5 and KO-8 read points, KO-9 rounded values.

Source: domain reference 2.4 "Knock-out rules"; docs/decisions/health-scoring.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.core.months import add_months
from app.health.rules.case import Case
from app.health.rules.instrument import Code, HealthClass, Instrument, Points

# These read facts of the context, so no better answer alone can lift them.
FACT_KNOCKOUTS = frozenset({"KO-1", "KO-2", "KO-3", "KO-4", "KO-6", "KO-7"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Knockout:
    """A rule that fired, and the best class it leaves."""

    code: Code
    cap: HealthClass


def fired(
    instrument: Instrument, case: Case, values: Mapping[Code, int | None]
) -> tuple[Knockout, ...]:
    """Every rule that fires, in the order of the rules.

    `values` are the dimensions' values in tenths; None is left out or not applicable.
    """
    caps = [(code, rule(instrument, case)) for code, rule in _RULES.items()]
    caps.append(("KO-9", _low_dimension(instrument, values)))
    return tuple(Knockout(code=code, cap=cap) for code, cap in caps if cap is not None)


def is_startup(instrument: Instrument, case: Case) -> bool:
    """Whether the enterprise is younger than six months on the day of the assessment."""
    started_on = case.context.started_on
    if started_on is None:
        return False
    return add_months(started_on, instrument.startup_months) > case.assessed_on


def is_food_permit_missing(instrument: Instrument, case: Case) -> bool:
    """Whether packed food leaves the house without a permit (first half of KO-5)."""
    return (
        case.sector == "A"
        and case.context.sold_outside_home
        and _points(instrument, case, "LGL2") == 0
    )


def is_halal_missing(instrument: Instrument, case: Case) -> bool:
    """Whether food that must be halal by now is not even in process (second half of KO-5)."""
    return (
        case.sector in ("A", "B")
        and not case.context.declared_non_halal
        and case.assessed_on >= instrument.halal_required_from
        and _points(instrument, case, "LGL3") == 0
    )


def _points(instrument: Instrument, case: Case, code: Code) -> Points:
    return case.points[instrument.indicator(code).position]


def _no_sale(instrument: Instrument, case: Case) -> HealthClass | None:
    days, limits = case.context.days_since_last_sale, instrument.limits
    if days is None or days <= limits.no_sale_days:
        return None
    if case.context.off_season and days <= limits.off_season_days:
        return None
    return instrument.knockouts["KO-1"].effect


def _lasting_loss(instrument: Instrument, case: Case) -> HealthClass | None:
    months, coverage = case.context.loss_months, case.context.book_coverage
    if months is None or coverage is None:
        return None
    if months < instrument.limits.loss_months or coverage < instrument.limits.book_coverage:
        return None
    rule = instrument.knockouts["KO-2"]
    return rule.startup_effect if is_startup(instrument, case) else rule.effect


def _arrears(instrument: Instrument, case: Case) -> HealthClass | None:
    days, limits = case.context.arrears_days, instrument.limits
    if days is None or days <= limits.arrears_cap_days:
        return None
    return HealthClass.SICK if days > limits.arrears_sick_days else HealthClass.LESS_HEALTHY


def _debt_service(instrument: Instrument, case: Case) -> HealthClass | None:
    ratio, limits = case.context.debt_service_ratio, instrument.limits
    if case.context.installments_without_surplus:
        return HealthClass.SICK
    if ratio is None or ratio <= limits.debt_service_cap:
        return None
    return HealthClass.SICK if ratio > limits.debt_service_sick else HealthClass.LESS_HEALTHY


def _permits(instrument: Instrument, case: Case) -> HealthClass | None:
    if is_food_permit_missing(instrument, case) or is_halal_missing(instrument, case):
        return instrument.knockouts["KO-5"].effect
    return None


def _incident(instrument: Instrument, case: Case) -> HealthClass | None:
    # The question is put to food makers, but an open incident counts wherever it is known.
    return instrument.knockouts["KO-6"].effect if case.context.incident_open else None


def _liquidity(instrument: Instrument, case: Case) -> HealthClass | None:
    ratio = case.context.quick_ratio
    if ratio is None or ratio >= instrument.limits.quick_ratio:
        return None
    return instrument.knockouts["KO-7"].effect


def _no_records(instrument: Instrument, case: Case) -> HealthClass | None:
    return instrument.knockouts["KO-8"].effect if _points(instrument, case, "MNJ1") == 0 else None


def _low_dimension(instrument: Instrument, values: Mapping[Code, int | None]) -> HealthClass | None:
    floor = instrument.limits.floor_tenths
    known = [values.get(code) for code in instrument.limits.floor_dimensions]
    is_low = any(value is not None and value < floor for value in known)
    return instrument.knockouts["KO-9"].effect if is_low else None


_RULES: dict[Code, Callable[[Instrument, Case], HealthClass | None]] = {
    "KO-1": _no_sale,
    "KO-2": _lasting_loss,
    "KO-3": _arrears,
    "KO-4": _debt_service,
    "KO-5": _permits,
    "KO-6": _incident,
    "KO-7": _liquidity,
    "KO-8": _no_records,
}
