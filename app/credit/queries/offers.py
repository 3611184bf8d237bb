"""What lenders offer: on a day, and all that was ever set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from app.accounts.queries import names
from app.core.clock import local_today
from app.core.errors import NotFound
from app.credit.models import LoanOffer
from app.credit.rules.offers import LENDERS, Offer, first_offers
from app.db import db

_NEWEST_FIRST = (LoanOffer.valid_from.desc(), LoanOffer.set_at.desc(), LoanOffer.id.desc())


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferState:
    """What an offer said, says or will say; `set_at` is empty for the one that came first."""

    offer: Offer
    set_by: str
    set_at: datetime | None
    is_in_force: bool
    is_ahead: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferPage:
    """One offer with all its states, newest first; `now` is what counts today, else will first."""

    now: Offer
    states: tuple[OfferState, ...]


def offers(*, on: date) -> list[Offer]:
    """What may be had on a day: the first offers in their order, then others by name.

    One statement.
    """
    return [one for one in _latest(on).values() if one.is_offered]


def offers_by_lender(*, on: date, withdrawn: bool = False) -> dict[str, list[Offer]]:
    """What may be had on a day (or no longer may) by the words of the lender's kind."""
    groups: dict[str, list[Offer]] = {}
    for lender, word in LENDERS.items():
        own = [
            one
            for one in _latest(on).values()
            if one.lender == lender and one.is_offered is not withdrawn
        ]
        if own:
            groups[word] = own
    return groups


def offer(code: str, *, on: date) -> Offer:
    """What one offer says on a day.

    Raises:
        NotFound: there is no such offer on that day.
    """
    found = _latest(on, code).get(code)
    if found is None:
        raise _unknown()
    return found


def offer_page(code: str) -> OfferPage:
    """One offer with its history.

    Raises:
        NotFound: there is no such offer.
    """
    today = local_today()
    query = select(LoanOffer).where(LoanOffer.code == code).order_by(*_NEWEST_FIRST)
    rows = db.session.scalars(query).all()
    first = first_offers().get(code)
    if first is None and not rows:
        raise _unknown()
    current = next((row for row in rows if row.valid_from <= today), None)
    states = _states(rows, current, today)
    if first is not None:
        states.append(
            OfferState(
                offer=first, set_by="", set_at=None, is_in_force=current is None, is_ahead=False
            )
        )
    in_force = (one.offer for one in states if one.is_in_force)
    return OfferPage(now=next(in_force, states[-1].offer), states=tuple(states))


def _states(rows: Sequence[LoanOffer], current: LoanOffer | None, today: date) -> list[OfferState]:
    people: dict[UUID, str] = names([row.set_by for row in rows])
    return [
        OfferState(
            offer=offer_of(row),
            set_by=people.get(row.set_by, ""),
            set_at=row.set_at,
            is_in_force=row is current,
            is_ahead=row.valid_from > today,
        )
        for row in rows
    ]


def offer_of(row: LoanOffer) -> Offer:
    """What a row says."""
    return Offer(
        code=row.code,
        name=row.name,
        lender=row.lender,
        method=row.method,
        source=row.source,
        least=row.least,
        most=row.most,
        rate=row.rate,
        every=row.every,
        most_months=row.most_months,
        conditions=row.conditions,
        doubt=row.doubt,
        is_offered=row.is_offered,
        valid_from=row.valid_from,
    )


def _latest(on: date, code: str | None = None) -> dict[str, Offer]:
    found = dict(first_offers())
    query = select(LoanOffer).where(LoanOffer.valid_from <= on)
    if code is not None:
        query = query.where(LoanOffer.code == code)
    set_since: dict[str, Offer] = {}
    for row in db.session.scalars(
        query.order_by(LoanOffer.valid_from, LoanOffer.set_at, LoanOffer.id)
    ):
        set_since[row.code] = offer_of(row)
    found.update({code: one for code, one in set_since.items() if code in found})
    added = [one for one in set_since.values() if one.code not in found]
    found.update((one.code, one) for one in sorted(added, key=lambda one: (one.name, one.code)))
    return found


def _unknown() -> NotFound:
    return NotFound("offer_unknown", message="Tawaran pinjaman ini tidak ditemukan.")
