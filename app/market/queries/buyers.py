"""What buyers ask for, and which products can serve them now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, false, or_, select, true

from app.core.clock import local_today
from app.core.errors import NotFound
from app.core.scope import WHOLE_COUNTRY, Scope, range_of
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries import in_area, within
from app.market.models import BuyerRequest, Product
from app.market.queries.facts_certificates import certificate_facts
from app.market.rules.certificates_of import DEMANDS
from app.market.rules.matching import Offer, Wanted, lacks
from app.market.rules.products import FOOD_TYPES, KINDS
from app.places.queries import path_label, path_labels

PAGE_SIZE = 50
# So many products are looked at for one request, the largest first; so many are shown.
_LOOKED_AT, _SHOWN = 500, 50
_PARENTS = (2, 5, 8, 13)
_ENDED = ("tutup", "berangkat_lagi", "menolak_didata")


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestLine:
    """One request as a list shows it."""

    id: UUID
    buyer_name: str
    wanted: str
    area: str
    pieces_per_month: int
    open_until: date
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A product that a request may mean, and what it lacks."""

    product_id: UUID
    product_name: str
    enterprise_id: UUID
    enterprise_name: str
    village: str
    capacity_per_month: int | None
    price: int | None
    lacks: tuple[str, ...]
    is_enough: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestPage:
    """One request with the products that can serve it: those that can now, and those that lack
    something. `is_cut` when there were more products than are looked at."""

    row: BuyerRequest
    area: str
    kind: str
    food_type: str
    demands: tuple[str, ...]
    is_open: bool
    able: tuple[Match, ...]
    nearly: tuple[Match, ...]
    able_pieces: int
    is_cut: bool


def requests(
    scope: Scope, *, is_open: bool, offset: int = 0
) -> tuple[tuple[RequestLine, ...], bool]:
    """One page of requests, those that end first in front; whether more follow."""
    today = local_today()
    still = and_(BuyerRequest.closed_at.is_(None), BuyerRequest.open_until >= today)
    ended = or_(BuyerRequest.closed_at.is_not(None), BuyerRequest.open_until < today)
    order = BuyerRequest.open_until if is_open else BuyerRequest.open_until.desc()
    rows = list(
        db.session.scalars(
            select(BuyerRequest)
            .where(_reached(scope), still if is_open else ended)
            .order_by(order, BuyerRequest.id)
            .offset(offset)
            .limit(PAGE_SIZE + 1)
        )
    )
    labels = path_labels({row.area_code for row in rows})
    lines = tuple(
        RequestLine(
            id=row.id,
            buyer_name=row.buyer_name,
            wanted=row.wanted,
            area=labels[row.area_code],
            pieces_per_month=row.pieces_per_month,
            open_until=row.open_until,
            is_open=is_open,
        )
        for row in rows[:PAGE_SIZE]
    )
    return lines, len(rows) > PAGE_SIZE


def buyer_request(scope: Scope, request_id: UUID) -> BuyerRequest:
    """One request.

    Raises:
        NotFound: unknown, or of an area where the scope reaches nobody: the answer is the same.
    """
    found = db.session.scalars(
        select(BuyerRequest).where(BuyerRequest.id == request_id, _reached(scope))
    ).one_or_none()
    if found is None:
        raise NotFound("buyer_request_unknown", message="Permintaan ini tidak ditemukan.")
    return found


def request_page(scope: Scope, request_id: UUID) -> RequestPage:
    """One request with the products within reach that can serve it.

    Raises:
        NotFound: unknown, or outside the scope.
    """
    row = buyer_request(scope, request_id)
    rows = _candidates(scope, row)
    matches = _matches(row, rows[:_LOOKED_AT])
    able = [one for one in matches if not one.lacks]
    nearly = sorted((one for one in matches if one.lacks), key=lambda one: len(one.lacks))
    return RequestPage(
        row=row,
        area=path_label(row.area_code),
        kind=KINDS.get(row.kind or "", ""),
        food_type=FOOD_TYPES.get(row.food_type or "", ""),
        demands=tuple(DEMANDS[code][0] for code in row.demands),
        is_open=row.closed_at is None and row.open_until >= local_today(),
        able=tuple(able[:_SHOWN]),
        nearly=tuple(nearly[:_SHOWN]),
        able_pieces=sum(one.capacity_per_month or 0 for one in able),
        is_cut=len(rows) > _LOOKED_AT,
    )


def _reached(scope: Scope) -> ColumnElement[bool]:
    """Requests of areas that are reached, and of the areas around those: they are for all who work
    there. A mentor's areas are those of the enterprises that are theirs."""
    if WHOLE_COUNTRY in scope.areas:
        return true()
    conditions: list[ColumnElement[bool]] = []
    above: set[str] = set()
    for area in scope.areas:
        first, last = range_of(area)
        conditions.append(and_(BuyerRequest.area_code >= first, BuyerRequest.area_code < last))
        above |= _around(area)
    for code in _villages(scope):
        above |= _around(code)
    if above:
        conditions.append(BuyerRequest.area_code.in_(sorted(above)))
    return or_(*conditions) if conditions else false()


def _around(code: str) -> set[str]:
    return {code[:length] for length in _PARENTS if length <= len(code)}


def _villages(scope: Scope) -> set[str]:
    if scope.mentor_account_id is None:
        return set()
    statement = select(Enterprise.village_code).where(
        Enterprise.mentor_id == scope.mentor_account_id
    )
    return set(db.session.scalars(statement.distinct()))


def _candidates(scope: Scope, row: BuyerRequest) -> list[Row[Any]]:
    """Products that may be meant, the largest capacity first; one more than is looked at."""
    conditions = [
        within(scope),
        in_area(row.area_code),
        Product.is_active,
        Enterprise.life_cycle.not_in(_ENDED),
    ]
    if row.kind is not None:
        conditions.append(Product.kind == row.kind)
    if row.food_type is not None:
        conditions.append(Product.food_type == row.food_type)
    statement = (
        select(Product, Enterprise)
        .join(Enterprise, Enterprise.id == Product.enterprise_id)
        .where(*conditions)
        .order_by(
            Product.capacity_per_month.is_(None), Product.capacity_per_month.desc(), Product.id
        )
        .limit(_LOOKED_AT + 1)
    )
    return list(db.session.execute(statement))


def _matches(row: BuyerRequest, rows: list[Row[Any]]) -> list[Match]:
    today = local_today()
    facts = certificate_facts({one.Product.enterprise_id for one in rows}, on=today)
    labels = path_labels({one.Enterprise.village_code for one in rows})
    wanted = Wanted(
        pieces_per_month=row.pieces_per_month,
        price_most=row.price_most,
        ready_in_days=row.ready_in_days,
        demands=tuple(row.demands),
    )
    return [
        Match(
            product_id=one.Product.id,
            product_name=one.Product.name,
            enterprise_id=one.Product.enterprise_id,
            enterprise_name=one.Enterprise.name,
            village=labels[one.Enterprise.village_code],
            capacity_per_month=one.Product.capacity_per_month,
            price=one.Product.price,
            lacks=lacks(wanted, _offer(one), facts.get(one.Product.enterprise_id, ())),
            is_enough=(one.Product.capacity_per_month or 0) >= row.pieces_per_month,
        )
        for one in rows
    ]


def _offer(row: Row[Any]) -> Offer:
    product = row.Product
    return Offer(
        product_id=product.id,
        capacity_per_month=product.capacity_per_month,
        price=product.price,
        lead_time_days=product.lead_time_days,
        has_nib=row.Enterprise.nib is not None,
    )
