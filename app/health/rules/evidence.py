"""How well the answers of an assessment are founded. It never changes points."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

from app.health.rules.case import Case
from app.health.rules.instrument import Instrument

CLAIMED = "pengakuan"
SEEN = "dilihat"


class EvidenceStrength(StrEnum):
    """Strong, medium or weak."""

    STRONG = "kuat"
    MEDIUM = "sedang"
    WEAK = "lemah"


def evidence_strength(
    instrument: Instrument, case: Case, evidence: tuple[str | None, ...]
) -> EvidenceStrength:
    """The strength by the share of answered weight that isn't only the owner's word.

    `evidence` is in the order of the instrument; an answer without any counts as the owner's word.
    """
    answered = founded = 0
    for part in case.sheet(instrument).dimensions:
        for position, weight in part.items:
            if case.points[position] is None:
                continue
            answered += weight
            if evidence[position] not in (None, CLAIMED):
                founded += weight
    share = Fraction(founded, answered) if answered else Fraction()
    if share >= instrument.strong_evidence:
        return EvidenceStrength.STRONG
    return EvidenceStrength.MEDIUM if share >= instrument.medium_evidence else EvidenceStrength.WEAK
