"""One certificate as of today, with what it still wants."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.core.clock import local_today
from app.db import db
from app.enterprises.models import Enterprise
from app.market.models import Certificate, CertificateDocument, Product
from app.market.queries.certificates_reach import limits_on
from app.market.rules.certificates import (
    Limits,
    commitments_due,
    due_on,
    missing,
    nib_state,
    review_on,
    shown_state,
    standing_on,
)
from app.market.rules.facts import IN_FORCE, LAPSED
from app.market.rules.tracks import tracks

NIB = "nib"


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateLine:
    """One certificate as of today. A NIB that only the register knows has no id."""

    id: UUID | None
    track: str
    name: str
    about: str
    state: str
    state_name: str
    holder: str
    standing: str
    days: int
    stuck_days: int
    number: str
    issued_on: date | None
    expires_on: date | None
    is_estimate: bool
    commitments_due: date | None
    review_on: date | None
    next_step: str
    missing: tuple[str, ...]
    is_open: bool

    @property
    def tone(self) -> str:
        """The tone of its tag."""
        if self.standing == LAPSED or self.stuck_days > 0:
            return "bad"
        if self.standing == IN_FORCE:
            return "warn" if self.next_step else "good"
        return "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """Makes lines of the certificates of one enterprise; the papers of all are read at once."""

    enterprise: Enterprise
    papers: Mapping[UUID, set[str]]
    products: Mapping[UUID, str]
    limits: Limits
    today: date

    @classmethod
    def of(cls, enterprise: Enterprise, rows: Sequence[Certificate]) -> Lines:
        """For these certificates of the enterprise. Three statements."""
        ids = [row.id for row in rows]
        papers: dict[UUID, set[str]] = {}
        handed_in = select(CertificateDocument.certificate_id, CertificateDocument.paper).where(
            CertificateDocument.certificate_id.in_(ids)
        )
        for row in db.session.execute(handed_in):
            papers.setdefault(row.certificate_id, set()).add(row.paper)
        wanted = [row.product_id for row in rows if row.product_id]
        products = db.session.execute(
            select(Product.id, Product.name).where(Product.id.in_(wanted))
        )
        today = local_today()
        return cls(
            enterprise=enterprise,
            papers=papers,
            products={row.id: row.name for row in products},
            limits=limits_on(today),
            today=today,
        )

    def line(self, row: Certificate) -> CertificateLine:
        """The line of a certificate."""
        of, number = tracks()[row.track], row.number
        if row.track == NIB:
            number = self.enterprise.nib if row.is_open else None
            state = of.states[nib_state(row.state, number) or row.state]
            standing = state.standing if row.is_open else of.states[row.state].standing
            state = state if row.is_open else of.states[row.state]
        else:
            state = shown_state(row, on=self.today, limits=self.limits)
            standing = standing_on(row, on=self.today, limits=self.limits)
        due = due_on(state, row.state_on)
        return CertificateLine(
            id=row.id,
            track=row.track,
            name=of.name,
            about=self.products.get(row.product_id, "") if row.product_id else "",
            state=state.code,
            state_name=state.name,
            holder=state.holder_name,
            standing=standing,
            days=(self.today - row.state_on).days,
            stuck_days=max((self.today - due).days, 0) if due else 0,
            number=number or "",
            issued_on=row.issued_on,
            expires_on=row.expires_on,
            is_estimate=row.expires_is_estimate,
            commitments_due=commitments_due(row, limits=self.limits),
            review_on=review_on(row, limits=self.limits),
            next_step=state.next_step,
            missing=missing(
                of,
                state,
                papers=self.papers.get(row.id, ()),
                record=record_facts(self.enterprise),
                has_number=number is not None,
                is_estimate=row.expires_is_estimate,
            ),
            is_open=row.is_open,
        )

    def nib_of_register(self) -> CertificateLine:
        """The NIB that came by the register, without a way of its own."""
        state = tracks()[NIB].states["terbit"]
        return CertificateLine(
            id=None,
            track=NIB,
            name=tracks()[NIB].name,
            about="",
            state=state.code,
            state_name=f"{state.name}, dari data usaha",
            holder=state.holder_name,
            standing=IN_FORCE,
            days=0,
            stuck_days=0,
            number=self.enterprise.nib or "",
            issued_on=None,
            expires_on=None,
            is_estimate=False,
            commitments_due=None,
            review_on=None,
            next_step="",
            missing=(),
            is_open=True,
        )


def record_facts(enterprise: Enterprise) -> set[str]:
    """What of the record is filled in that permits ask for."""
    workers = (
        enterprise.workers_paid_male,
        enterprise.workers_paid_female,
        enterprise.workers_family_male,
        enterprise.workers_family_female,
    )
    known = {
        "nib": enterprise.nib,
        "nik": enterprise.owner.nik_index,
        "hp": enterprise.owner.phone_index,
        "kbli": enterprise.kbli_code,
        "alamat": enterprise.address,
        "modal": enterprise.capital,
        "tenaga_kerja": next((one for one in workers if one is not None), None),
    }
    return {name for name, value in known.items() if value is not None}
