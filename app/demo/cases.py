"""Simulated answers as the cases that the register's own rules score."""

from __future__ import annotations

from datetime import date

import numpy as np

from app.demo.questionnaire import SECTORS
from app.demo.readings import NONE
from app.demo.simulator import Round, World
from app.health.rules import Case, Context


def case_of(world: World, quarter: int, row: int) -> Case:
    """The case of one enterprise in one quarter."""
    each = world.rounds[quarter]
    points = each.points[row].tolist()
    return Case(
        sector=SECTORS[int(world.people.sector[row])],
        assessed_on=date.fromordinal(int(each.assessed_days[row])),
        points=tuple(value if value >= 0 else None for value in points),
        context=_context(world, each, row),
    )


def _context(world: World, each: Round, row: int) -> Context:
    people, raw = world.people, each.readings
    is_food = people.sector[row] <= 1
    return Context(
        has_equipment=bool(people.has_equipment[row]),
        declared_non_halal=bool(people.is_non_halal[row]),
        sold_outside_home=bool(people.is_sold_outside[row]),
        off_season=bool(raw.is_off_season[row]),
        days_since_last_sale=_known(raw.days_since_last_sale[row]),
        loss_months=_known(raw.loss_months[row]),
        book_coverage=float(raw.book_coverage[row]),
        arrears_days=_known(raw.arrears_days[row]),
        debt_service_ratio=_ratio(raw.debt_service_ratio[row]),
        installments_without_surplus=bool(raw.has_installments_without_surplus[row]),
        quick_ratio=_ratio(raw.quick_ratio[row]),
        incident_open=bool(raw.has_incident[row]) if is_food else None,
        started_on=date.fromordinal(int(world.start_days[row])),
    )


def _known(value: np.int64) -> int | None:
    return None if value == NONE else int(value)


def _ratio(value: np.float64) -> float | None:
    return None if np.isnan(value) else float(value)
