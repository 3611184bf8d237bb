"""The state of each answer of an assessment."""

from __future__ import annotations

from collections.abc import Mapping

from app.health.rules.case import Case
from app.health.rules.instrument import Code, Instrument

ANSWERED = "terjawab"
NOT_APPLICABLE = "tidak_berlaku"
NOT_ASKED = "belum"
NOT_KNOWN = "tidak_tahu"
ANSWER_STATES = (ANSWERED, NOT_APPLICABLE, NOT_ASKED, NOT_KNOWN)


def answer_states(
    instrument: Instrument, case: Case, not_known: frozenset[Code] = frozenset()
) -> tuple[str, ...]:
    """The state of every question in order; `not_known` are those the owner had no answer to."""
    sheet = case.sheet(instrument)
    states = []
    for indicator in instrument.indicators:
        if indicator.position not in sheet.positions:
            states.append(NOT_APPLICABLE)
        elif case.points[indicator.position] is not None:
            states.append(ANSWERED)
        else:
            states.append(NOT_KNOWN if indicator.code in not_known else NOT_ASKED)
    return tuple(states)


def evidence_in_order(
    instrument: Instrument, evidence: Mapping[Code, str | None]
) -> tuple[str | None, ...]:
    """Evidence by code, in the order of the instrument."""
    return tuple(evidence.get(indicator.code) for indicator in instrument.indicators)
