"""Who could begin the way of a permit together, and what became of those who did."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import exists, select

from app.core.clock import local_today
from app.core.errors import NotFound
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise, Owner
from app.enterprises.queries import in_area, may_use, within
from app.enterprises.rules.consents import BASE
from app.market.models import Certificate, CertificateBatch, Product
from app.market.queries.certificates import product_told
from app.market.queries.dated_rules import rules_on
from app.market.rules.batches import BEGUN, MOST_AT_ONCE, OUTCOMES
from app.market.rules.schemes import SCHEME_RULES, halal_scheme, permit_scheme
from app.market.rules.tracks import OF_PRODUCT, tracks
from app.places.queries import path_labels

_HALAL = ("halal_sd", "halal_reguler")
_FOOD = ("A", "B")
# Not only food: a number of the enterprise and its mark.
_OF_ANYBODY = ("nib", "merek")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An enterprise that has no open way of this kind; `hint` is the scheme that would fit."""

    id: UUID
    name: str
    owner_name: str
    village: str
    product: str
    hint: str
    fits: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRow:
    """What became of one enterprise."""

    enterprise_id: UUID
    name: str
    village: str
    outcome: str
    is_begun: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchPage:
    """One session with its rows."""

    id: UUID
    track: str
    name: str
    begun_on: date
    note: str
    begun: int
    rows: tuple[BatchRow, ...]


def same_kind(track: str) -> tuple[str, ...]:
    """The tracks of which one is open at a time."""
    return _HALAL if track in _HALAL else (track,)


def candidates(scope: Scope, track: str, area: str) -> list[Candidate]:
    """Enterprises without an open way of this kind, by name. Four statements."""
    taken = exists().where(
        Certificate.enterprise_id == Enterprise.id,
        Certificate.track.in_(same_kind(track)),
        Certificate.is_open,
    )
    wanted: list[Any] = [within(scope), may_use(BASE), ~taken]
    wanted.append(Enterprise.life_cycle.in_(["terdaftar", "aktif"]))
    if track not in _OF_ANYBODY:
        wanted.append(Enterprise.sector.in_(_FOOD))
    if track == "nib":
        wanted.append(Enterprise.nib.is_(None))
    if area:
        wanted.append(in_area(area))
    rows = db.session.execute(
        select(Enterprise, Owner.name.label("owner_name"))
        .join(Owner, Owner.id == Enterprise.owner_id)
        .where(*wanted)
        .order_by(Enterprise.search_name, Enterprise.id)
        .limit(MOST_AT_ONCE)
    ).all()
    products = main_products([row.Enterprise.id for row in rows])
    limits = {code: one.value for code, one in rules_on(SCHEME_RULES, on=local_today()).items()}
    villages = path_labels({row.Enterprise.village_code for row in rows})
    return [
        _candidate(row, products.get(row.Enterprise.id), track, limits, villages) for row in rows
    ]


def main_products(enterprise_ids: Collection[UUID]) -> dict[UUID, Product]:
    """The main product of each enterprise, or its first active one."""
    rows = db.session.scalars(
        select(Product)
        .where(Product.enterprise_id.in_(enterprise_ids), Product.is_active)
        .order_by(Product.enterprise_id, Product.is_main, Product.id.desc())
    )
    return {row.enterprise_id: row for row in rows}


def batch_page(scope: Scope, batch_id: UUID) -> BatchPage:
    """One session; of its rows those within reach.

    Raises:
        NotFound: there is none, or none of its enterprises is within reach.
    """
    row = db.session.get(CertificateBatch, batch_id)
    outcomes = {} if row is None else {UUID(key): code for key, code in row.outcomes}
    found = db.session.execute(
        select(Enterprise.id, Enterprise.name, Enterprise.village_code)
        .where(Enterprise.id.in_(outcomes), within(scope))
        .order_by(Enterprise.search_name, Enterprise.id)
    ).all()
    if row is None or not found:
        raise NotFound("batch_unknown", message="Sesi ini tidak ditemukan.")
    villages = path_labels({one.village_code for one in found})
    rows = tuple(
        BatchRow(
            enterprise_id=one.id,
            name=one.name,
            village=villages[one.village_code],
            outcome=OUTCOMES[outcomes[one.id]],
            is_begun=outcomes[one.id] == BEGUN,
        )
        for one in found
    )
    return BatchPage(
        id=row.id,
        track=row.track,
        name=tracks()[row.track].name,
        begun_on=row.begun_on,
        note=row.note,
        begun=sum(one.is_begun for one in rows),
        rows=rows,
    )


def _candidate(
    row: Any, product: Product | None, track: str, limits: Any, villages: Any
) -> Candidate:
    enterprise: Enterprise = row.Enterprise
    hint, fits = "", track in _OF_ANYBODY
    if product is not None and not fits:
        judge = halal_scheme if track in _HALAL else permit_scheme
        scheme = judge(product_told(enterprise, product), limits)
        hint, fits = scheme.name, scheme.code == track
    elif not fits:
        needs = OF_PRODUCT in tracks()[track].of
        hint = "Produk belum dicatat" if needs else ""
    return Candidate(
        id=enterprise.id,
        name=enterprise.name,
        owner_name=row.owner_name,
        village=villages[enterprise.village_code],
        product="" if product is None else product.name,
        hint=hint,
        fits=fits,
    )
