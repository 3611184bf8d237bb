"""What a mentor carries along of products, permits and channels, by enterprise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from app.db import db
from app.enterprises.models import Enterprise
from app.market.models import Certificate, LabelCheck, Product, SalesChannel
from app.market.queries.certificates_reach import limits_on
from app.market.queries.facts_certificates import certificate_facts
from app.market.queries.product_labels import ProductPapers, label_facts
from app.market.rules.certificates import nib_state, shown_state
from app.market.rules.certificates_of import standing
from app.market.rules.channels import CHANNEL_KINDS
from app.market.rules.facts import CertificateFact
from app.market.rules.labels import needs, needs_label
from app.market.rules.tracks import tracks, ways


@dataclass(frozen=True, slots=True, kw_only=True)
class CareLabel:
    """The elements that a pack needs, by code, and what the newest check found."""

    needs: tuple[str, ...]
    found: Mapping[str, str] | None
    checked_on: date | None
    has_brand: bool | None
    has_contact: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CareProduct:
    """A product that is made; `price` is that of one piece, in whole rupiah. Without a `label`
    it needs none."""

    id: UUID
    name: str
    is_main: bool
    price: int | None
    label: CareLabel | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CareCertificate:
    """A way of a permit that is open: where it stands as of the day, where it may go, and the
    day until which its state is usually left."""

    id: UUID
    track: str
    product_name: str | None
    state: str
    ways: tuple[str, ...]
    number: str | None
    expires_on: date | None
    due_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CareChannel:
    """A channel that runs, with the share of the price that it keeps."""

    id: UUID
    name: str
    kind: str
    margin_permille: int | None


def product_lines(enterprise_ids: Collection[UUID], *, on: date) -> dict[UUID, list[CareProduct]]:
    """Active products, the main one first, of enterprises that the caller found within its
    scope. Four statements at most."""
    rows = db.session.scalars(
        select(Product)
        .where(Product.enterprise_id.in_(enterprise_ids), Product.is_active)
        .order_by(Product.is_main.desc(), Product.search_name, Product.id)
    ).all()
    if not rows:
        return {}
    facts = certificate_facts(enterprise_ids, on=on)
    checks = latest_checks([row.id for row in rows])
    found: dict[UUID, list[CareProduct]] = defaultdict(list)
    for row in rows:
        line = CareProduct(
            id=row.id,
            name=row.name,
            is_main=row.is_main,
            price=row.price,
            label=_label(row, facts.get(row.enterprise_id, ()), checks.get(row.id)),
        )
        found[row.enterprise_id].append(line)
    return found


def latest_checks(product_ids: Collection[UUID]) -> dict[UUID, LabelCheck]:
    """The newest check of each product that has one. One statement."""
    turn = func.row_number().over(
        partition_by=LabelCheck.product_id,
        order_by=(LabelCheck.checked_on.desc(), LabelCheck.at.desc(), LabelCheck.id.desc()),
    )
    ranked = (
        select(LabelCheck.id, turn.label("turn"))
        .where(LabelCheck.product_id.in_(product_ids))
        .subquery()
    )
    rows = db.session.scalars(
        select(LabelCheck)
        .join(ranked, ranked.c.id == LabelCheck.id)
        .where(ranked.c.turn == 1)
        .order_by(LabelCheck.product_id)
    )
    return {row.product_id: row for row in rows}


def _label(
    row: Product, certificates: tuple[CertificateFact, ...], check: LabelCheck | None
) -> CareLabel | None:
    if not needs_label(row.kind):
        return None
    papers = ProductPapers(
        permit=standing("izin_pangan", certificates, row.id),
        halal=standing("halal", certificates, row.id),
    )
    needed = needs(label_facts(row, papers))
    return CareLabel(
        needs=tuple(one.element.code for one in needed if one.is_needed),
        found=None if check is None else check.elements,
        checked_on=None if check is None else check.checked_on,
        has_brand=None if check is None else check.has_brand,
        has_contact=None if check is None else check.has_contact,
    )


def channel_lines(enterprise_ids: Collection[UUID]) -> dict[UUID, list[CareChannel]]:
    """Channels that run, of enterprises that the caller found within its scope. One statement."""
    rows = db.session.scalars(
        select(SalesChannel)
        .where(
            SalesChannel.enterprise_id.in_(enterprise_ids),
            SalesChannel.opened_on.is_not(None),
            SalesChannel.closed_on.is_(None),
        )
        .order_by(SalesChannel.name, SalesChannel.id)
    )
    found: dict[UUID, list[CareChannel]] = defaultdict(list)
    for row in rows:
        found[row.enterprise_id].append(
            CareChannel(
                id=row.id,
                name=row.name,
                kind=CHANNEL_KINDS[row.kind],
                margin_permille=row.margin_permille,
            )
        )
    return found


def certificate_lines(
    enterprise_ids: Collection[UUID], *, on: date
) -> dict[UUID, list[CareCertificate]]:
    """Ways of permits that are open, of enterprises that the caller found within its scope. Two
    statements."""
    rows = db.session.execute(
        select(Certificate, Product.name, Enterprise.nib)
        .join(Enterprise, Enterprise.id == Certificate.enterprise_id)
        .outerjoin(Product, Product.id == Certificate.product_id)
        .where(Certificate.enterprise_id.in_(enterprise_ids), Certificate.is_open)
        .order_by(Certificate.track, Certificate.opened_at, Certificate.id)
    ).all()
    limits = limits_on(on) if rows else {}
    found: dict[UUID, list[CareCertificate]] = defaultdict(list)
    for row, product_name, nib in rows:
        is_nib = row.track == "nib"
        shown = (
            (nib_state(row.state, nib) or row.state)
            if is_nib
            else shown_state(row, on=on, limits=limits).code
        )
        found[row.enterprise_id].append(
            CareCertificate(
                id=row.id,
                track=row.track,
                product_name=product_name,
                state=shown,
                ways=ways(tracks()[row.track], row.state, shown=shown),
                number=nib if is_nib else row.number,
                expires_on=row.expires_on,
                due_on=row.due_on,
            )
        )
    return found
