"""An instrument as plain JSON, for a phone that scores by itself.

Shares are pairs of whole numbers and bounds decimal text, so that nobody rounds on the way. The
dated rules stand in it as they are in force. Beside the published file it holds the sentences that
tell why a knock-out fired: `field/static/scoring.js` reads all of it and knows no text of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from app.health.rules.explain import CLASS_WORDS, EXPLAIN_WORDS, UPPER_WAYS_OUT
from app.health.rules.instrument import (
    Dimension,
    Indicator,
    Instrument,
    KnockoutLimits,
    RawScale,
)
from app.health.rules.questionnaire import PERCENT_FACTS


def instrument_as_json(instrument: Instrument) -> dict[str, Any]:
    """Everything of a published instrument that asking, scoring and explaining need."""
    return {
        "name": instrument.name,
        "version": instrument.version,
        "title": instrument.title,
        "sectors": dict(instrument.sectors),
        "dimensions": [_dimension(part, instrument) for part in instrument.dimensions],
        "screening": _screening(instrument),
        "healthy_tenths": instrument.healthy_tenths,
        "less_healthy_tenths": instrument.less_healthy_tenths,
        "dimension_coverage": _share(instrument.dimension_coverage),
        "final_coverage": _share(instrument.final_coverage),
        "provisional_coverage": _share(instrument.provisional_coverage),
        "required": list(instrument.required),
        "valid_days": {str(key): days for key, days in instrument.valid_days.items()},
        "startup_months": instrument.startup_months,
        "evidence_kinds": dict(instrument.evidence_kinds),
        "strong_evidence": _share(instrument.strong_evidence),
        "medium_evidence": _share(instrument.medium_evidence),
        "knockouts": _knockouts(instrument),
        "limits": _limits(instrument.limits),
        "halal_required_from": instrument.halal_required_from.isoformat(),
        "halal_source": instrument.halal_source,
        "percent_facts": sorted(PERCENT_FACTS),
        "words": {
            **EXPLAIN_WORDS,
            "classes": {str(key): words for key, words in CLASS_WORDS.items()},
            "upper_ways_out": UPPER_WAYS_OUT,
        },
    }


def _screening(instrument: Instrument) -> list[dict[str, Any]]:
    return [
        {
            "code": one.code,
            "question": one.question,
            "help": one.help,
            "sectors": sorted(one.sectors),
        }
        for one in instrument.screening
    ]


def _knockouts(instrument: Instrument) -> dict[str, dict[str, Any]]:
    return {
        code: {
            "name": rule.name,
            "way_out": rule.way_out,
            "effect": _text(rule.effect),
            "startup_effect": _text(rule.startup_effect),
        }
        for code, rule in instrument.knockouts.items()
    }


def _dimension(part: Dimension, instrument: Instrument) -> dict[str, Any]:
    return {
        "code": part.code,
        "name": part.name,
        "weight": part.weight,
        "indicators": [_indicator(one, frozenset(instrument.sectors)) for one in part.indicators],
    }


def _indicator(one: Indicator, everywhere: frozenset[str]) -> dict[str, Any]:
    fields = {
        "code": one.code,
        "name": one.name,
        "weight": one.weight,
        "sectors": None if one.sectors == everywhere else sorted(one.sectors),
        "condition": one.condition,
        "question": one.question,
        "help": one.help,
        "options": _options(one.options),
        "prefilled_from": one.prefilled_from,
        "raw": _scale(one.raw),
        "questions_by_sector": dict(one.questions_by_sector),
        "options_by_sector": {
            sector: _options(options) for sector, options in one.options_by_sector.items()
        },
        "items": list(one.items),
        "items_by_sector": {sector: list(items) for sector, items in one.items_by_sector.items()},
    }
    # What says nothing stays away: the phone pays for every byte.
    return {name: value for name, value in fields.items() if value not in (None, "", {}, [])}


def _options(options: Mapping[int, str]) -> list[list[Any]]:
    return [[points, wording] for points, wording in options.items()]


def _scale(scale: RawScale | None) -> dict[str, Any] | None:
    if scale is None:
        return None
    return {
        "name": scale.name,
        "question": scale.question,
        "at_most": [[points, str(bound)] for points, bound in scale.at_most],
        "at_least": [[points, str(bound)] for points, bound in scale.at_least],
    }


def _limits(limits: KnockoutLimits) -> dict[str, Any]:
    return {
        name: _plain(getattr(limits, name))
        for name in KnockoutLimits.__slots__  # every one of its fields
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    return list(value) if isinstance(value, tuple) else value


def _share(share: Fraction) -> list[int]:
    return [share.numerator, share.denominator]


def _text(value: str | None) -> str | None:
    return None if value is None else str(value)
