"""How far a scope reaches into certificates, and what rows others need to write them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import exists, select

from app.core.errors import NotFound
from app.core.scope import Scope
from app.db import db
from app.enterprises.queries import row_within
from app.market.models import Certificate, CertificateDocument
from app.market.queries.dated_rules import rules_on
from app.market.rules.certificates import rule_codes


def certificate(scope: Scope, certificate_id: UUID, *, locked: bool = False) -> Certificate:
    """One certificate; `locked` holds its row until the transaction ends.

    Raises:
        NotFound: unknown, or of an enterprise outside the scope: the answer is the same.
    """
    unknown = NotFound("certificate_unknown", message="Izin ini tidak ditemukan.")
    return row_within(scope, Certificate, certificate_id, unknown=unknown, locked=locked)


def open_certificate(
    enterprise_id: UUID, product_id: UUID | None, tracks: Collection[str]
) -> Certificate | None:
    """The way that is open for one of these tracks of the enterprise or its product."""
    return db.session.scalars(
        select(Certificate)
        .where(
            Certificate.enterprise_id == enterprise_id,
            Certificate.product_id.is_(None)
            if product_id is None
            else Certificate.product_id == product_id,
            Certificate.track.in_(tracks),
            Certificate.is_open,
        )
        .order_by(Certificate.id)
        .limit(1)
    ).one_or_none()


def is_number_elsewhere(number: str, *, track: str, enterprise_id: UUID) -> bool:
    """Whether a certificate of another enterprise carries this number."""
    same = select(
        exists().where(
            Certificate.number == number,
            Certificate.track == track,
            Certificate.enterprise_id != enterprise_id,
        )
    )
    return bool(db.session.scalar(same))


def paper_photo(scope: Scope, certificate_id: UUID, document_id: UUID) -> UUID | None:
    """The photo of a paper; None when there is none. Raises as `certificate`."""
    row = certificate(scope, certificate_id)
    return db.session.scalar(
        select(CertificateDocument.file_id).where(
            CertificateDocument.id == document_id, CertificateDocument.certificate_id == row.id
        )
    )


def limits_on(day: date) -> dict[str, Any]:
    """The values of the dated rules that tracks ask for. One statement."""
    return {code: one.value for code, one in rules_on(rule_codes(), on=day).items()}
