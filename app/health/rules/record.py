"""One assessment as the row that is stored: the same for a form, a phone and made-up data."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from app.health.rules.answers import answer_states
from app.health.rules.case import Case, Context
from app.health.rules.evidence import evidence_strength
from app.health.rules.instrument import Code, Instrument
from app.health.rules.scoring import Score, score
from app.health.rules.standing import valid_until


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
        "context": context_as_json(case.context),
        "main_problem": main_problem,
        "evidence_strength": str(evidence_strength(instrument, case, evidence)),
        "created_at": created_at,
        "received_at": received_at,
        **_result_columns(case.assessed_on, result or score(instrument, case)),
    }


def context_as_json(context: Context) -> dict[str, Any]:
    """The facts as they are stored: days as ISO text, ratios as numbers."""
    facts = asdict(context)
    if context.started_on is not None:
        facts["started_on"] = context.started_on.isoformat()
    for name in ("book_coverage", "debt_service_ratio", "quick_ratio"):
        if facts[name] is not None:
            facts[name] = float(facts[name])
    return facts


def context_from_json(facts: dict[str, Any]) -> Context:
    """The facts of a stored assessment."""
    started_on = facts.get("started_on")
    return Context(
        **{**facts, "started_on": date.fromisoformat(started_on) if started_on else None}
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
