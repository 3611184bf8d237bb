"""The figures of a report as plain values to store, and the enterprises behind each of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from statistics import fmean
from typing import Any
from uuid import UUID

from app.interventions.frames.cohort import MISSING, Cohort
from app.interventions.frames.effects import Comparison, Group, comparisons
from app.interventions.frames.money import Cost, costs
from app.interventions.frames.recovery import Curve, Spell, curve, spells
from app.interventions.rules import current_catalogue
from app.interventions.rules import effect_lists as lists

# A difference without any overlap is infinite, which JSON can't hold.
_UTTERLY = 99.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Everything that was counted over a cohort."""

    cohort: Cohort
    lines: tuple[Comparison, ...]
    costs: tuple[Cost, ...]
    spells: tuple[Spell, ...]


def count_all(cohort: Cohort) -> Counted:
    """Count effects, costs and sick times."""
    catalogue = current_catalogue()
    return Counted(
        cohort=cohort,
        lines=tuple(comparisons(cohort, catalogue)),
        costs=tuple(costs(cohort, catalogue)),
        spells=tuple(spells(cohort)),
    )


def figures_of(counted: Counted) -> dict[str, Any]:
    """The figures as JSON holds them."""
    whole, others_line = [], 0
    for number, line in enumerate(counted.lines):
        # Lines of a provider follow that of all and share its others.
        others_line = number if line.provider == "" else others_line
        whole.append(_line(line, number, others_line))
    found = counted.spells
    return {
        "enterprise_count": len(counted.cohort.keys),
        "assessment_count": len(counted.cohort.enterprise),
        "course_count": len(counted.cohort.courses),
        "lines": whole,
        "costs": [_cost(cost, number) for number, cost in enumerate(counted.costs)],
        "sick": {
            lists.OUT: sum(one.is_out for one in found),
            lists.STILL_SICK: sum(not one.is_out and not one.is_gone for one in found),
            lists.SICK_GONE: sum(one.is_gone for one in found),
            "curve": _curve(curve(found)),
            "cautious": _curve(curve(found, gone_never_recover=True)),
        },
    }


def case_rows(report_id: UUID, counted: Counted) -> Iterator[dict[str, Any]]:
    """One row for each enterprise behind each figure."""
    keys = counted.cohort.keys
    for number, (line, part, enterprise, before, after) in enumerate(_members(counted)):
        yield {
            "report_id": report_id,
            "number": number,
            "line": line,
            "part": part,
            "enterprise_id": keys[enterprise],
            "before": before,
            "after": after,
        }


_Member = tuple[int, str, int, int | None, int | None]


def _members(counted: Counted) -> Iterator[_Member]:
    for number, line in enumerate(counted.lines):
        yield from _side(
            number,
            line.treated,
            (lists.TREATED, lists.TREATED_WAITING, lists.TREATED_GONE),
        )
        if line.provider == "":
            yield from _side(
                number, line.others, (lists.OTHERS, lists.OTHERS_WAITING, lists.OTHERS_GONE)
            )
    for number, cost in enumerate(counted.costs):
        for one in cost.members:
            line_number = lists.COST_LINES + number
            yield line_number, lists.COST, one.enterprise, _known(one.before), _known(one.after)
    for spell in counted.spells:
        yield lists.SICK_LINE, _sick_part(spell), spell.enterprise, spell.days, None


def _side(number: int, group: Group, parts: tuple[str, str, str]) -> Iterator[_Member]:
    for part, cases in zip(parts, (group.measured, group.waiting, group.gone), strict=True):
        for case in cases:
            yield number, part, case.enterprise, _known(case.before), _known(case.after)


def _sick_part(spell: Spell) -> str:
    if spell.is_out:
        return lists.OUT
    return lists.SICK_GONE if spell.is_gone else lists.STILL_SICK


def _line(line: Comparison, number: int, others_line: int) -> dict[str, Any]:
    return {
        "number": number,
        "others_line": others_line,
        "therapy": line.therapy,
        "provider": line.provider,
        "measure": line.measure,
        "gap": line.gap,
        "treated": _group(line.treated),
        "others": _group(line.others),
        "evened": None if line.evened is None else round(line.evened, 4),
        "unlike": {name: round(min(value, _UTTERLY), 2) for name, value in line.unlike.items()},
        "low": round(line.interval[0], 4),
        "high": round(line.interval[1], 4),
        "warnings": line.warnings,
        "verdict": line.verdict,
    }


def _group(group: Group) -> dict[str, Any]:
    return {
        "count": len(group.measured),
        "improved": group.improved,
        "waiting": len(group.waiting),
        "gone": len(group.gone),
        "before": _mean([case.before for case in group.measured]),
        "after": _mean([case.after for case in group.measured]),
    }


def _cost(cost: Cost, number: int) -> dict[str, Any]:
    return {
        "number": lists.COST_LINES + number,
        "therapy": cost.therapy,
        "provider": cost.provider,
        "count": cost.count,
        "money": cost.money,
        "unstated": cost.unstated,
        "enterprises": len(cost.members),
        "moved": cost.moved,
        "per_mover": cost.per_mover,
    }


def _curve(made: Curve) -> dict[str, Any]:
    return {
        "median": made.median,
        "median_low": made.median_low,
        "median_high": made.median_high,
        "points": [asdict(point) for point in made.points],
    }


def _mean(values: Sequence[int]) -> float | None:
    return round(fmean(values), 2) if values else None


def _known(value: int) -> int | None:
    return None if value == MISSING else value
