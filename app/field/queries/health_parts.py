"""The health of enterprises as their cards show it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from app.core.scope import everywhere
from app.db import db
from app.enterprises.models import Enterprise
from app.field.rules.reading import day_text
from app.health.models import HealthAssessment
from app.health.queries import reassessment_asked
from app.health.queries.instruments import instrument_numbered
from app.health.rules import score, way_up
from app.health.rules.case import Case
from app.health.rules.explain import caps, pulls, steps_in_words
from app.health.rules.instrument import Instrument
from app.health.rules.record import case_of_row

# What somebody owes, and what of their money, stays at the office.
_OF_DEBTS = frozenset(
    {"arrears_days", "debt_service_ratio", "installments_without_surplus", "quick_ratio"}
)


def health_parts(rows: Mapping[UUID, Enterprise]) -> dict[UUID, dict[str, Any]]:
    """The assessment that counts, by enterprise; two statements, and one for each later version
    of the instrument."""
    found = _current(rows)
    instruments = {
        number: instrument_numbered(number)
        for number in sorted({one.instrument_version for one in found})
    }
    asked_again = reassessment_asked(everywhere())
    return {
        one.enterprise_id: {
            **_part(instruments[one.instrument_version], one, rows[one.enterprise_id]),
            "asked_again": one.enterprise_id in asked_again,
        }
        for one in found
    }


def _current(ids: Iterable[UUID]) -> list[HealthAssessment]:
    """Of each enterprise the newest assessment that gave a class, else the newest of all."""
    place = (
        func.row_number()
        .over(
            partition_by=HealthAssessment.enterprise_id,
            order_by=(
                HealthAssessment.final_class.is_(None),
                HealthAssessment.assessed_on.desc(),
                HealthAssessment.received_at.desc(),
                HealthAssessment.id.desc(),
            ),
        )
        .label("place")
    )
    ranked = (
        select(HealthAssessment.id, place)
        .where(HealthAssessment.enterprise_id.in_(list(ids)))
        .subquery()
    )
    statement = (
        select(HealthAssessment)
        .join(ranked, ranked.c.id == HealthAssessment.id)
        .where(ranked.c.place == 1)
        .order_by(HealthAssessment.id)
    )
    return list(db.session.scalars(statement))


def _part(newest: Instrument, stored: HealthAssessment, row: Enterprise) -> dict[str, Any]:
    instrument, case = case_of_row(newest, stored)
    return {
        "class": stored.final_class,
        "status": stored.status,
        "tenths": stored.score,
        "low": stored.low,
        "high": stored.high,
        "assessed_on": stored.assessed_on.isoformat(),
        "valid_until": day_text(stored.valid_until),
        "sick_since_on": day_text(row.sick_since_on),
        "instrument_version": stored.instrument_version,
        "dimensions": [
            {"code": part.code, "name": part.name, "tenths": stored.dimension_values.get(part.code)}
            for part in instrument.dimensions
        ],
        "points": _points(instrument, stored),
        "context": {name: value for name, value in stored.context.items() if name not in _OF_DEBTS},
        **_reasons(instrument, case),
    }


def _points(instrument: Instrument, stored: HealthAssessment) -> dict[str, int]:
    known = zip(instrument.indicators, stored.points, strict=False)
    return {indicator.code: points for indicator, points in known if points is not None}


def _reasons(instrument: Instrument, case: Case) -> dict[str, list[str]]:
    judged = score(instrument, case)
    steps = way_up(instrument, case, judged).steps
    return {
        # The rule without its number: the facts of some are debts.
        "reasons": [
            *(f"{one.name}, {one.effect}" for one in caps(instrument, case, judged)),
            *(f"{one.name}: {one.answer}" for one in pulls(instrument, case, judged)),
        ],
        "steps": [
            f"{one.name}: dari “{one.before}” ke “{one.after}”"
            for one in steps_in_words(instrument, case, steps)
        ],
    }
