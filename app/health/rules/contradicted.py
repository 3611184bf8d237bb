"""Answers that say something else than what the rest of the system knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.health.rules.instrument import Code, Instrument, Points
from app.health.rules.questionnaire import Known


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradicted:
    """One question: what was answered, what is known, and why the answer was kept.

    Without a `reason` nobody has said yet which of the two is right.
    """

    code: Code
    name: str
    step: str
    answer: str
    known: Known
    known_answer: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A known answer that was not taken over: what was shown of it, and why not."""

    known_points: int
    source: str
    reason: str


def contradicted(
    instrument: Instrument,
    sector: str,
    answers: Mapping[Code, Points],
    known: Mapping[Code, Known],
    reasons: Mapping[Code, str],
) -> tuple[Contradicted, ...]:
    """The contradictions among answers that were given, in the order of the questions."""
    return tuple(
        Contradicted(
            code=one.code,
            name=one.name,
            step=one.dimension.lower(),
            answer=_words(one.options_for(sector), answers[one.code]),
            known=known[one.code],
            known_answer=_words(one.options_for(sector), known[one.code].points),
            reason=reasons.get(one.code) or "",
        )
        for one in instrument.indicators
        if one.code in known and answers.get(one.code) not in (None, known[one.code].points)
    )


def _words(options: Mapping[int, str], points: Points) -> str:
    return options.get(points or 0, f"{points} poin")
