"""The parts of the sheet of readiness that come from below: the cash book and the permits."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from app.cashbook.queries.facts import cash_facts
from app.cashbook.rules.fact_words import fact_lines
from app.cashbook.rules.facts import CashFacts, is_proof
from app.core.day_words import long_day, long_month
from app.credit.queries.readiness_parts import (
    BAD,
    GOOD,
    PLAIN,
    ReadinessLine,
    ReadinessPart,
    register_part,
)
from app.market.queries.facts_certificates import certificate_facts
from app.market.rules.certificates_of import DEMANDS, standing
from app.market.rules.facts import CertificateFact

BOOK, PERMITS = 20, 30
_BOOK_HEADING, _PERMIT_HEADING = "Buku kas", "Izin dan sertifikat"


def tell_book(enterprise_ids: Collection[UUID], *, on: date) -> dict[UUID, ReadinessPart]:
    """How full the book is and its ratios; never a line of it, nor the sums behind."""
    found = cash_facts(list(enterprise_ids), on=on)
    return {key: _book(found.get(key)) for key in enterprise_ids}


def tell_permits(enterprise_ids: Collection[UUID], *, on: date) -> dict[UUID, ReadinessPart]:
    """What lenders and buyers ask for, and how each stands."""
    found = certificate_facts(list(enterprise_ids), on=on)
    return {key: _permits(found.get(key, ())) for key in enterprise_ids}


def _book(facts: CashFacts | None) -> ReadinessPart:
    if facts is None or not facts.has_book:
        return ReadinessPart(heading=_BOOK_HEADING, missing="Usaha ini belum punya buku kas.")
    months = [
        ReadinessLine(
            label=f"Hari buka yang dicatat, {long_month(month.first)}",
            value="belum ada"
            if month.book_coverage is None
            else f"{int(month.book_coverage * 100)}%",
            tone=GOOD if is_proof(month.book_coverage) else BAD,
        )
        for month in facts.months
    ]
    ratios = [
        ReadinessLine(label=one.label, value=one.value, note=one.window)
        for one in fact_lines(facts)
    ]
    return ReadinessPart(heading=_BOOK_HEADING, lines=(*months, *ratios))


def _permits(facts: tuple[CertificateFact, ...]) -> ReadinessPart:
    products = {one.product_id for one in facts} or {None}
    lines = []
    for demand, (label, _) in DEMANDS.items():
        found = [standing(demand, facts, product) for product in products]
        best = next(
            (one for one in found if one.is_in_force),
            next((one for one in found if one.is_under_way or one.is_lapsed), found[0]),
        )
        until = "" if best.expires_on is None else f"sampai {long_day(best.expires_on)}"
        tone = GOOD if best.is_in_force else BAD if best.is_lapsed else PLAIN
        lines.append(ReadinessLine(label=label, value=best.words, note=until, tone=tone))
    return ReadinessPart(heading=_PERMIT_HEADING, lines=tuple(lines))


register_part(BOOK, tell_book)
register_part(PERMITS, tell_permits)
