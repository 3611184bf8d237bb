"""One assessment as the row that is stored: the same for a form, a phone and made-up data."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol
from uuid import UUID

from app.health.rules.answers import answer_states
from app.health.rules.case import Case, Context
from app.health.rules.evidence import evidence_strength
from app.health.rules.instrument import Code, Instrument
from app.health.rules.scoring import Score, score
from app.health.rules.standing import valid_until

_HALAL = "halal_required_from"
_RATIOS = ("book_coverage", "debt_service_ratio", "quick_ratio")


class StoredAssessment(Protocol):
    """What is read of a stored assessment to tell its reasons."""

    instrument: str
    instrument_version: int
    sector: str
    assessed_on: date
    points: list[int | None]
    context: dict[str, Any]


def assessment_row(
    instrument: Instrument,
    case: Case,
    *,
    assessment_id: UUID,
    enterprise_id: UUID,
    assessed_by: UUID | None,
    evidence: tuple[str | None, ...],
    not_known: frozenset[Code] = frozenset(),
    main_problem: str = "",
    created_at: datetime,
    received_at: datetime,
    result: Score | None = None,
) -> dict[str, Any]:
    """The columns of `health_assessment`; scored here unless the `result` is given."""
    states = answer_states(instrument, case, not_known)
    return {
        "id": assessment_id,
        "enterprise_id": enterprise_id,
        "assessed_on": case.assessed_on,
        "assessed_by": assessed_by,
        "instrument": instrument.name,
        "instrument_version": instrument.version,
        "sector": case.sector,
        "points": list(case.points),
        "answer_states": list(states),
        "evidence": list(evidence),
        "context": context_as_json(instrument, case.context),
        "main_problem": main_problem,
        "evidence_strength": str(evidence_strength(instrument, case, evidence)),
        "created_at": created_at,
        "received_at": received_at,
        **_result_columns(case.assessed_on, result or score(instrument, case)),
    }


def context_as_json(instrument: Instrument, context: Context) -> dict[str, Any]:
    """The facts as they are stored: days as ISO text, ratios as numbers.

    The dated rule that was in force is kept with them, so that the reasons can always be told.
    """
    # Not `asdict`: it copies every value deeply, which is a third of the cost of a row.
    facts: dict[str, Any] = {part.name: getattr(context, part.name) for part in fields(context)}
    if context.started_on is not None:
        facts["started_on"] = context.started_on.isoformat()
    for name in _RATIOS:
        if facts[name] is not None:
            facts[name] = float(facts[name])
    return {**facts, _HALAL: instrument.halal_required_from.isoformat()}


def case_of_row(instrument: Instrument, row: StoredAssessment) -> tuple[Instrument, Case]:
    """A stored assessment as it was judged, by the version that it names.

    Gives the instrument with the dated rules of that day, and the case.
    """
    facts = dict(row.context)
    halal = date.fromisoformat(facts.pop(_HALAL))
    if halal != instrument.halal_required_from:
        instrument = replace(instrument, halal_required_from=halal)
    if facts["started_on"]:
        facts["started_on"] = date.fromisoformat(facts["started_on"])
    for name in _RATIOS:
        if facts[name] is not None:
            facts[name] = Decimal(str(facts[name]))
    return instrument, Case(
        sector=row.sector,
        assessed_on=row.assessed_on,
        points=tuple(row.points),
        context=Context(**facts),
    )


def _result_columns(assessed_on: date, result: Score) -> dict[str, Any]:
    return {
        "score": result.tenths,
        "coverage": result.coverage_thousandths,
        "low": result.low_tenths,
        "high": result.high_tenths,
        "score_class": _text(result.score_class),
        "final_class": _text(result.final_class),
        "low_class": _text(result.low_class),
        "high_class": _text(result.high_class),
        "status": str(result.status),
        "knockouts": [knockout.code for knockout in result.knockouts],
        "dimension_values": result.values,
        "valid_until": valid_until(assessed_on, result.valid_days),
    }


def _text(value: str | None) -> str | None:
    return None if value is None else str(value)
