"""Certificates as the pages show them: what an enterprise has, and what is still missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.accounts.queries import names
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries import enterprise as enterprise_within
from app.market.models import Certificate, CertificateDocument, CertificateStep, Product
from app.market.queries.certificate_lines import NIB, CertificateLine, Lines
from app.market.queries.certificates_reach import certificate
from app.market.queries.dated_rules import rules_on
from app.market.rules.facts import NOT_BEGUN, UNDER_WAY
from app.market.rules.products import FOOD_KINDS
from app.market.rules.schemes import (
    SCHEME_RULES,
    UNKNOWN,
    ProductTold,
    Scheme,
    halal_scheme,
    permit_scheme,
)
from app.market.rules.tracks import OF_ENTERPRISE, OF_PRODUCT, State, Track, tracks, ways

_HALAL = frozenset({"halal_sd", "halal_reguler"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What certificates are of: the enterprise itself, or one product with its schemes."""

    product_id: UUID | None
    name: str
    schemes: tuple[Scheme, ...]
    lines: tuple[CertificateLine, ...]
    # What is under way though another scheme fits, in words.
    misfits: tuple[str, ...]
    # Tracks that could begin here (code and name), those that fit first.
    may_begin: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterpriseCertificates:
    """What one enterprise has and lacks; `ended` are ways that came to an end."""

    enterprise_id: UUID
    enterprise_name: str
    subjects: tuple[Subject, ...]
    ended: tuple[CertificateLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """One step that was taken."""

    state: str
    happened_on: date
    by: str
    number: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLine:
    """A paper of the track; without an id it has not been handed in."""

    code: str
    name: str
    ids: tuple[UUID, ...]
    is_wanted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificatePage:
    """One certificate with its way."""

    line: CertificateLine
    enterprise_id: UUID
    enterprise_name: str
    issuer: str
    source: str
    ways: tuple[State, ...]
    steps: tuple[StepLine, ...]
    papers: tuple[PaperLine, ...]


def enterprise_certificates(scope: Scope, enterprise_id: UUID) -> EnterpriseCertificates:
    """What one enterprise has, product by product, and what is missing.

    Raises:
        NotFound: unknown, or outside the scope.
    """
    enterprise = enterprise_within(scope, enterprise_id)
    products = db.session.scalars(
        select(Product)
        .where(Product.enterprise_id == enterprise.id, Product.is_active)
        .order_by(Product.is_main.desc(), Product.search_name, Product.id)
    ).all()
    rows = db.session.scalars(
        select(Certificate)
        .where(Certificate.enterprise_id == enterprise.id)
        .order_by(Certificate.opened_at, Certificate.id)
    ).all()
    lines = Lines.of(enterprise, rows)
    own: list[tuple[UUID | None, CertificateLine]] = [
        (row.product_id, lines.line(row)) for row in rows
    ]
    if enterprise.nib and not any(row.track == NIB and row.is_open for row in rows):
        own.insert(0, (None, lines.nib_of_register()))
    limits = {code: one.value for code, one in rules_on(SCHEME_RULES, on=lines.today).items()}
    known = {product.id for product in products}
    return EnterpriseCertificates(
        enterprise_id=enterprise.id,
        enterprise_name=enterprise.name,
        subjects=(
            _enterprise_subject(enterprise, own, any(one.kind in FOOD_KINDS for one in products)),
            *(_product_subject(enterprise, one, own, limits) for one in products),
        ),
        ended=tuple(
            line
            for product_id, line in own
            if not line.is_open or (product_id is not None and product_id not in known)
        ),
    )


def certificate_page(scope: Scope, certificate_id: UUID) -> CertificatePage:
    """One certificate with its steps and papers.

    Raises:
        NotFound: unknown, or outside the scope.
    """
    row = certificate(scope, certificate_id)
    enterprise = db.session.get_one(Enterprise, row.enterprise_id)
    lines = Lines.of(enterprise, [row])
    line, of = lines.line(row), tracks()[row.track]
    return CertificatePage(
        line=line,
        enterprise_id=enterprise.id,
        enterprise_name=enterprise.name,
        issuer=of.issuer,
        source=of.source,
        ways=tuple(of.states[code] for code in ways(of, row.state, shown=line.state)),
        steps=_steps(of, row.id),
        papers=_papers(of, row.id, of.states[line.state].papers),
    )


def product_told(enterprise: Enterprise, product: Product) -> ProductTold:
    """What the rules about schemes ask of a product."""
    return ProductTold(
        kind=product.kind,
        food_type=product.food_type,
        flags=tuple(product.ingredient_flags),
        processes=tuple(product.processes),
        shelf_life_days=product.shelf_life_days,
        storage=product.storage,
        declared_non_halal=product.declared_non_halal or enterprise.declared_non_halal,
        yearly_sales=enterprise.yearly_sales,
        size_class=enterprise.size_class,
    )


def _enterprise_subject(
    enterprise: Enterprise, own: list[tuple[UUID | None, CertificateLine]], sells_food: bool
) -> Subject:
    lines = tuple(line for product_id, line in own if product_id is None and line.is_open)
    offered = [one for one in tracks().values() if OF_ENTERPRISE in one.of]
    if enterprise.sector not in ("A", "B", None) and not sells_food:
        offered = [one for one in offered if one.code in (NIB, "merek")]
    return Subject(
        product_id=None,
        name=enterprise.name,
        schemes=(),
        lines=lines,
        misfits=(),
        may_begin=_may_begin(offered, lines, ()),
    )


def _product_subject(
    enterprise: Enterprise,
    product: Product,
    own: list[tuple[UUID | None, CertificateLine]],
    limits: Mapping[str, Any],
) -> Subject:
    told = product_told(enterprise, product)
    schemes = (permit_scheme(told, limits), halal_scheme(told, limits))
    lines = tuple(line for product_id, line in own if product_id == product.id and line.is_open)
    offered = [one for one in tracks().values() if OF_PRODUCT in one.of]
    if product.kind not in FOOD_KINDS:
        offered = [one for one in offered if one.code in _HALAL]
    return Subject(
        product_id=product.id,
        name=product.name,
        schemes=schemes,
        lines=lines,
        misfits=tuple(_misfits(schemes, lines)),
        may_begin=_may_begin(offered, lines, tuple(one.code for one in schemes)),
    )


def _misfits(schemes: tuple[Scheme, Scheme], lines: tuple[CertificateLine, ...]) -> Iterator[str]:
    """Ways that are under way though the rules point elsewhere; a permit in force is left alone."""
    permit, halal = schemes
    for line in lines:
        fitting = halal if line.track in _HALAL else permit
        # The regular way is open to everybody who could declare by themselves.
        is_open_to_all = line.track == "halal_reguler" and fitting.code == "halal_sd"
        is_fitting = is_open_to_all or fitting.code in (line.track, UNKNOWN)
        if line.standing in (NOT_BEGUN, UNDER_WAY) and not is_fitting:
            yield f"{line.name} sedang diurus, tetapi yang cocok: {fitting.name}."


def _may_begin(
    offered: list[Track], lines: tuple[CertificateLine, ...], fitting: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    taken = {line.track for line in lines}
    if taken & _HALAL:
        taken |= _HALAL
    free = [one for one in offered if one.code not in taken]
    return tuple(
        (one.code, one.name) for one in sorted(free, key=lambda one: one.code not in fitting)
    )


def _steps(of: Track, certificate_id: UUID) -> tuple[StepLine, ...]:
    rows = db.session.scalars(
        select(CertificateStep)
        .where(CertificateStep.certificate_id == certificate_id)
        .order_by(CertificateStep.recorded_at.desc(), CertificateStep.id.desc())
    ).all()
    people = names([row.moved_by for row in rows])
    return tuple(
        StepLine(
            state=of.states[row.to_state].name,
            happened_on=row.happened_on,
            by=people.get(row.moved_by, "") if row.moved_by else "",
            number=row.number or "",
            note=row.note,
        )
        for row in rows
    )


def _papers(of: Track, certificate_id: UUID, wanted: tuple[str, ...]) -> tuple[PaperLine, ...]:
    rows = db.session.execute(
        select(CertificateDocument.id, CertificateDocument.paper)
        .where(
            CertificateDocument.certificate_id == certificate_id,
            CertificateDocument.file_id.is_not(None),
        )
        .order_by(CertificateDocument.added_at, CertificateDocument.id)
    ).all()
    return tuple(
        PaperLine(
            code=code,
            name=name,
            ids=tuple(row.id for row in rows if row.paper == code),
            is_wanted=code in wanted,
        )
        for code, name in of.papers.items()
    )
