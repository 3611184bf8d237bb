"""All that is looked for in the data of an enterprise, and what is found."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.quality.rules.answers import ANSWER_RULES
from app.quality.rules.contradictions import ENTERPRISE_RULES
from app.quality.rules.facts import Around, Facts, Rule, Seen, Side
from app.quality.rules.outliers import OUTLIER_RULES
from app.quality.rules.persons import OWNER_RULES

RULES: dict[str, Rule] = {
    rule.code: rule for rule in (*ENTERPRISE_RULES, *OWNER_RULES, *ANSWER_RULES, *OUTLIER_RULES)
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """One rule that an enterprise meets, with the two values."""

    enterprise_id: UUID
    rule: Rule
    sides: Seen

    @property
    def fingerprint(self) -> str:
        """Of the values that count: while it stays, what a person decided holds."""
        told = [
            f"{side.label}\x1f{side.text}\x1f{side.subject_id}\x1f{side.stamp}"
            for side in self.sides
            if side.counts
        ]
        return hashlib.sha256("\x1e".join([self.rule.code, *told]).encode()).hexdigest()

    def stored(self) -> list[Any]:
        """The two values as they lie in the database."""
        return [
            [side.label, side.text, side.page, str(side.subject_id) if side.subject_id else None]
            for side in self.sides
        ]


def doubts(facts: Facts, around: Around) -> Iterator[Doubt]:
    """Every rule that the enterprise meets."""
    for rule in RULES.values():
        seen = rule.look(facts, around)
        if seen is not None:
            yield Doubt(enterprise_id=facts.enterprise_id, rule=rule, sides=seen)


def restored(stored: list[Any]) -> tuple[Side, ...]:
    """The two values as they were stored."""
    return tuple(
        Side(label=label, text=text, page=page, subject_id=UUID(key) if key else None)
        for label, text, page, key in stored
    )
