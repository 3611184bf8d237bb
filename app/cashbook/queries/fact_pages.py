"""The ratios of one book as its page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.cashbook.queries.facts import cash_facts
from app.cashbook.rules.fact_words import FactLine, fact_lines
from app.cashbook.rules.facts import CashFacts
from app.core.scope import Scope
from app.enterprises.queries import enterprise as enterprise_within


@dataclass(frozen=True, slots=True, kw_only=True)
class FactPage:
    """What the book of an enterprise says on a day; `facts` None: there is no line at all."""

    enterprise_id: UUID
    enterprise_name: str
    on: date
    facts: CashFacts | None
    lines: tuple[FactLine, ...]


def fact_page(scope: Scope, enterprise_id: UUID, *, on: date) -> FactPage:
    """The ratios of an enterprise.

    Raises:
        NotFound: unknown or outside the scope.
    """
    enterprise = enterprise_within(scope, enterprise_id)
    facts = cash_facts([enterprise.id], on=on).get(enterprise.id)
    return FactPage(
        enterprise_id=enterprise.id,
        enterprise_name=enterprise.name,
        on=on,
        facts=facts,
        lines=() if facts is None else fact_lines(facts),
    )
