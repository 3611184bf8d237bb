"""What certificates say about enterprises."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.db import db
from app.enterprises.models import Enterprise
from app.market.models import Certificate
from app.market.queries.certificates_reach import limits_on
from app.market.rules.certificates import Limits, nib_state, shown_state, standing_on
from app.market.rules.facts import CertificateFact
from app.market.rules.tracks import tracks

_NIB = "nib"


def certificate_facts(
    enterprise_ids: Collection[UUID], *, on: date
) -> dict[UUID, tuple[CertificateFact, ...]]:
    """Facts by enterprise as of a day; enterprises without a certificate are left out.

    The states are those of now, but for what dates bring: of a way that ended only the last
    one of its kind is told, and only where no other is open. Two statements.
    """
    rows = db.session.execute(
        select(
            Certificate.enterprise_id,
            Certificate.product_id,
            Certificate.track,
            Certificate.state,
            Certificate.state_on,
            Certificate.number,
            Certificate.issued_on,
            Certificate.expires_on,
            Certificate.expires_is_estimate,
            Certificate.committed_on,
            Enterprise.nib,
        )
        .join(Enterprise, Enterprise.id == Certificate.enterprise_id)
        .where(Certificate.enterprise_id.in_(enterprise_ids))
        # The one that is open comes last and stays.
        .order_by(
            Certificate.enterprise_id,
            Certificate.is_open,
            Certificate.state_on,
            Certificate.opened_at,
            Certificate.id,
        )
    ).all()
    limits = limits_on(on) if rows else {}
    found: dict[UUID, dict[tuple[str, UUID | None], CertificateFact]] = {}
    for row in rows:
        own = found.setdefault(row.enterprise_id, {})
        own[(row.track, row.product_id)] = _fact(row, on, limits)
    return {key: tuple(facts.values()) for key, facts in found.items()}


def _fact(row: Any, on: date, limits: Limits) -> CertificateFact:
    if row.track == _NIB:
        return _nib_fact(row)
    return CertificateFact(
        track=row.track,
        product_id=row.product_id,
        state=shown_state(row, on=on, limits=limits).code,
        standing=standing_on(row, on=on, limits=limits),
        expires_on=row.expires_on,
        number=row.number,
        is_estimate=row.expires_is_estimate,
    )


def _nib_fact(row: Any) -> CertificateFact:
    stored = tracks()[_NIB].states[row.state]
    state = row.state if stored.is_final else nib_state(row.state, row.nib) or row.state
    return CertificateFact(
        track=_NIB,
        product_id=None,
        state=state,
        standing=tracks()[_NIB].states[state].standing,
        expires_on=None,
        number=None if stored.is_final else row.nib,
    )
