"""What other parts of the system know about the questions of an assessment."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.cashbook.queries.facts import cash_facts
from app.cashbook.rules.facts import CashFacts
from app.credit.queries.facts import credit_facts
from app.credit.rules.facts import CreditFacts
from app.db import db
from app.db.slices import slices
from app.enterprises.models import Enterprise
from app.health.models import KnownAnswer
from app.health.queries.instruments import current_instrument
from app.health.rules.book_answers import answers_from_book, told_by_book
from app.health.rules.credit_answers import answers_from_credit, told_by_credit
from app.health.rules.instrument import Instrument
from app.health.rules.market_answers import answers_from_market
from app.health.rules.questionnaire import Known
from app.market.queries.facts import market_facts_of
from app.market.rules.facts import MarketFacts

# "In the last 30 days" is no longer what was seen more than 30 days ago.
KNOWN_FOR = timedelta(days=30)


def known_answers(enterprise_id: UUID, *, on: date) -> dict[str, Known]:
    """What other parts know about the questions, by indicator, as it is on a day.

    What was written down for the questionnaire counts while it is fresh; what follows from the
    facts of the market, of the cash book and of loans is worked out now, so that a fact that
    changes is seen at once. Of both the newer one counts. The caller has found the enterprise
    within its scope.
    """
    return known_answers_of([enterprise_id], on=on).get(enterprise_id, {})


def known_answers_of(enterprise_ids: Collection[UUID], *, on: date) -> dict[UUID, dict[str, Known]]:
    """The same of many enterprises at once, by enterprise."""
    wanted = sorted(set(enterprise_ids))
    instrument = current_instrument()
    facts, books = market_facts_of(wanted, on=on), cash_facts(wanted, on=on)
    owing = credit_facts(wanted, on=on)
    found: dict[UUID, dict[str, Known]] = {}
    for some in slices(wanted):
        written = _written(some, on)
        for enterprise_id, sector in _sectors(some).items():
            live = _live(
                instrument,
                sector,
                facts[enterprise_id],
                books.get(enterprise_id),
                owing.get(enterprise_id),
            )
            found[enterprise_id] = _newer(written.get(enterprise_id, {}), live)
    return found


def told_facts_of(enterprise_ids: Collection[UUID], *, on: date) -> dict[UUID, dict[str, Any]]:
    """What cash books and loans say that the form takes beside its questions, by enterprise and
    field."""
    books, owing = cash_facts(enterprise_ids, on=on), credit_facts(enterprise_ids, on=on)
    return {
        key: told
        for key, facts in books.items()
        if (told := told_by_book(facts) | told_by_credit(owing.get(key), facts))
    }


def _live(
    instrument: Instrument,
    sector: str | None,
    market: MarketFacts,
    book: CashFacts | None,
    credit: CreditFacts | None,
) -> dict[str, Known]:
    """Where several speak the book counts more than the market, as it has weighed the channels'
    ledgers with its own lines; and loans more than the book, which may lack a payment."""
    live = answers_from_market(instrument, sector, market)
    if book is not None:
        live |= answers_from_book(instrument, sector, book)
    return live | answers_from_credit(instrument, sector, credit, book)


def _newer(written: dict[str, Known], live: dict[str, Known]) -> dict[str, Known]:
    kept = {
        code: one
        for code, one in written.items()
        if code not in live or live[code].known_on < one.known_on
    }
    return {code: ({**live, **kept})[code] for code in sorted({*live, *kept})}


def _sectors(enterprise_ids: Sequence[UUID]) -> dict[UUID, str | None]:
    rows = db.session.execute(
        select(Enterprise.id, Enterprise.sector)
        .where(Enterprise.id.in_(enterprise_ids))
        .order_by(Enterprise.id)
    )
    return {row.id: row.sector for row in rows}


def _written(enterprise_ids: Sequence[UUID], on: date) -> dict[UUID, dict[str, Known]]:
    rows = db.session.scalars(
        select(KnownAnswer)
        .where(
            KnownAnswer.enterprise_id.in_(enterprise_ids),
            KnownAnswer.known_on.between(on - KNOWN_FOR, on),
        )
        .order_by(KnownAnswer.enterprise_id, KnownAnswer.indicator)
    )
    found: dict[UUID, dict[str, Known]] = {}
    for row in rows:
        found.setdefault(row.enterprise_id, {})[row.indicator] = Known(
            points=row.points,
            known_on=row.known_on,
            source=row.source,
            holds_until=row.known_on + KNOWN_FOR,
        )
    return found
