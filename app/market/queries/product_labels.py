"""What of a product decides about its label, and what checks found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.accounts.queries import names
from app.core.clock import local_today
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries import enterprise as enterprise_within
from app.market.models import LabelCheck, Product
from app.market.queries.facts_certificates import certificate_facts
from app.market.queries.products import ProductLine, product_line
from app.market.queries.reach import product as product_within
from app.market.rules.certificates_of import Standing, standing
from app.market.rules.label_words import LabelWords, words_of
from app.market.rules.labels import (
    ELEMENTS_BY_CODE,
    EXPIRED,
    FORBIDDEN_SIGN,
    HALAL,
    MISSING,
    NO_CERTIFICATE,
    VALID,
    LabelFacts,
    Need,
    needs,
    needs_label,
)
from app.market.rules.products import NON_FOOD
from app.places.queries import path_label

_SHOWN_CHECKS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductPapers:
    """The certificates that a label speaks of, as they stand on a day."""

    permit: Standing
    halal: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingLine:
    """An element that a check did not find, and what to do."""

    label: str
    advice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckLine:
    """One check as a list shows it."""

    id: UUID
    checked_on: date
    checked_by: str
    present: int
    applicable: int
    missing: tuple[MissingLine, ...]
    has_brand: bool | None
    has_contact: bool | None
    note: str
    has_photo: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelPage:
    """A product's label: which elements it needs, what they should say, what checks found."""

    line: ProductLine
    enterprise_id: UUID
    enterprise_name: str
    is_needed: bool
    facts: LabelFacts
    needs: tuple[Need, ...]
    words: LabelWords
    checks: tuple[CheckLine, ...]
    last: dict[str, str]
    papers: ProductPapers

    @property
    def latest(self) -> CheckLine | None:
        """The newest check."""
        return self.checks[0] if self.checks else None

    @property
    def sign_reason(self) -> str:
        """Why a halal sign may not stand on this pack; empty where it must, or for things."""
        if self.facts.kind == NON_FOOD:
            return ""
        found = [one.reason for one in self.needs if one.element.code == HALAL]
        return found[0] if found else ""


def papers_of(product: Product, *, on: date) -> ProductPapers:
    """How permit and halal certificate of a product stand."""
    found = certificate_facts([product.enterprise_id], on=on).get(product.enterprise_id, ())
    return ProductPapers(
        permit=standing("izin_pangan", found, product.id),
        halal=standing("halal", found, product.id),
    )


def label_facts(product: Product, papers: ProductPapers) -> LabelFacts:
    """What the rules about labels need to know of a product."""
    return LabelFacts(
        kind=product.kind,
        ingredient_count=len(product.ingredients),
        ingredient_flags=frozenset(product.ingredient_flags),
        declared_non_halal=product.declared_non_halal,
        storage=product.storage,
        shelf_life_days=product.shelf_life_days,
        permit=_said(papers.permit),
        halal=_said(papers.halal),
    )


def label_page(scope: Scope, product_id: UUID) -> LabelPage:
    """All about the label of a product.

    Raises:
        NotFound: unknown, or outside the scope.
    """
    product = product_within(scope, product_id)
    enterprise = enterprise_within(scope, product.enterprise_id)
    papers = papers_of(product, on=local_today())
    rows = list(
        db.session.scalars(
            select(LabelCheck)
            .where(LabelCheck.product_id == product.id)
            .order_by(LabelCheck.checked_on.desc(), LabelCheck.at.desc(), LabelCheck.id.desc())
            .limit(_SHOWN_CHECKS)
        )
    )
    facts = label_facts(product, papers)
    return LabelPage(
        line=product_line(product),
        enterprise_id=enterprise.id,
        enterprise_name=enterprise.name,
        is_needed=needs_label(product.kind),
        facts=facts,
        needs=needs(facts),
        words=label_words(product, enterprise, papers),
        checks=_lines(rows),
        last=dict(rows[0].elements) if rows else {},
        papers=papers,
    )


def label_words(product: Product, enterprise: Enterprise, papers: ProductPapers) -> LabelWords:
    """What should stand on the pack, as far as the record knows it."""
    place = path_label(enterprise.village_code)
    street, hamlet = enterprise.address or "", enterprise.hamlet or ""
    told = (street, "" if hamlet.casefold() in street.casefold() else hamlet, place)
    address = ", ".join(part for part in told if part)
    return words_of(
        label_facts(product, papers),
        name=product.name,
        brand=product.brand or "",
        ingredients=product.ingredients,
        net_amount=product.net_amount,
        net_unit=product.net_unit,
        maker=enterprise.name,
        address=address,
        permit_number=papers.permit.number if papers.permit.is_in_force else None,
        permit_track=papers.permit.track,
        halal_number=papers.halal.number if papers.halal.is_in_force else None,
        today=local_today(),
    )


def label_photo(scope: Scope, product_id: UUID, check_id: UUID) -> UUID | None:
    """The picture of a check; None where there is none."""
    product = product_within(scope, product_id)
    return db.session.scalars(
        select(LabelCheck.photo_id).where(
            LabelCheck.id == check_id, LabelCheck.product_id == product.id
        )
    ).one_or_none()


def _said(found: Standing) -> str:
    if found.is_in_force:
        return VALID
    return EXPIRED if found.is_lapsed else NO_CERTIFICATE


def _lines(rows: list[LabelCheck]) -> tuple[CheckLine, ...]:
    people = names({row.checked_by for row in rows if row.checked_by is not None})
    return tuple(
        CheckLine(
            id=row.id,
            checked_on=row.checked_on,
            checked_by=people.get(row.checked_by, "") if row.checked_by else "",
            present=row.present,
            applicable=row.applicable,
            missing=missing_of(row.elements),
            has_brand=row.has_brand,
            has_contact=row.has_contact,
            note=row.note or "",
            has_photo=row.photo_id is not None,
        )
        for row in rows
    )


def missing_of(elements: dict[str, str]) -> tuple[MissingLine, ...]:
    """What a check did not find, with what to do."""
    found = []
    for code, element in ELEMENTS_BY_CODE.items():
        if elements.get(code) == MISSING:
            found.append(MissingLine(label=element.label, advice=element.advice))
        elif elements.get(code) == FORBIDDEN_SIGN:
            found.append(
                MissingLine(
                    label="Logo halal harus dilepas",
                    advice="Sertifikat halal belum terbit. Tutup atau lepas logonya dulu; pasang "
                    "lagi sesudah sertifikatnya ada.",
                )
            )
    return tuple(found)
