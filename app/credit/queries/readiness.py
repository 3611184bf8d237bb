"""The sheet of readiness of one enterprise: for a lender that its owner agreed to, or a mentor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.core.errors import NotFound
from app.core.money import format_rupiah
from app.core.scope import Scope
from app.credit.models import Lender, Loan
from app.credit.queries.consented import is_consented
from app.credit.queries.lender_words import lender_words
from app.credit.queries.reach import own_lender
from app.credit.queries.readiness_parts import (
    BAD,
    GOOD,
    ReadinessLine,
    ReadinessPart,
    parts_of,
)
from app.credit.rules.collectability import days_in_arrears
from app.credit.rules.loan_states import OPEN
from app.db import db
from app.enterprises.models import Enterprise, Owner
from app.enterprises.queries import enterprise as enterprise_within
from app.enterprises.rules.labels import sector_label
from app.places.queries import path_labels

_HEADING = "Pinjaman dan tunggakan"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadinessSheet:
    """All that the sheet says on a day. `lender` is whom it is for; None: the mentor's own look,
    with the lenders that may have it (`shown_to`)."""

    enterprise: Enterprise
    owner: Owner
    on: date
    lender: Lender | None
    facts: tuple[tuple[str, str], ...]
    parts: tuple[ReadinessPart, ...]
    shown_to: tuple[Lender, ...] = ()


def sheet_for_lender(
    scope: Scope, lender_id: UUID, enterprise_id: UUID, *, on: date
) -> ReadinessSheet:
    """The sheet as a lender reads it that the caller works for.

    Raises:
        NotFound: a lender where the caller doesn't work, an unknown enterprise, or one whose owner
            didn't agree: the answer is the same.
    """
    lender = own_lender(scope, lender_id)
    row = db.session.scalars(
        select(Enterprise).where(
            Enterprise.id == enterprise_id, is_consented(Enterprise.owner_id, lender.id)
        )
    ).one_or_none()
    return _sheet(_there(row), lender, on=on)


def sheet_to_hand_over(
    scope: Scope, lender_id: UUID, enterprise_id: UUID, *, on: date
) -> ReadinessSheet:
    """The sheet as a mentor prints it for a lender that the owner agreed to.

    Raises:
        NotFound: the enterprise is unknown or outside the scope, or the owner didn't agree.
    """
    row = enterprise_within(scope, enterprise_id)
    lender = db.session.scalars(
        select(Lender).where(Lender.id == lender_id, is_consented(row.owner_id, Lender.id))
    ).one_or_none()
    if lender is None:
        raise NotFound("lender_unknown", message="Pemilik belum mengizinkan lembaga ini.")
    return _sheet(row, lender, on=on)


def sheet_of(scope: Scope, enterprise_id: UUID, *, on: date) -> ReadinessSheet:
    """The sheet as mentors and officers read it, with the loans of all lenders.

    Raises:
        NotFound: unknown or outside the scope.
    """
    return _sheet(enterprise_within(scope, enterprise_id), None, on=on)


def _there(row: Enterprise | None) -> Enterprise:
    if row is None:
        raise NotFound("enterprise_unknown", message="Usaha ini tidak ditemukan.")
    return row


def _sheet(row: Enterprise, lender: Lender | None, *, on: date) -> ReadinessSheet:
    arrears = _loans(row.id, lender, on)
    given = [one.lender for one in lender_words(row.owner_id) if one.is_given] if not lender else []
    return ReadinessSheet(
        enterprise=row,
        owner=row.owner,
        on=on,
        lender=lender,
        facts=_facts(row),
        parts=(*parts_of(row.id, on=on), arrears),
        shown_to=tuple(given),
    )


def _facts(row: Enterprise) -> tuple[tuple[str, str], ...]:
    place = path_labels([row.village_code]).get(row.village_code, "")
    told = (
        ("Usaha", row.name),
        ("Pemilik", row.owner.name),
        ("NIK", row.owner.nik_masked),
        ("Produk", row.product_line),
        ("Jenis usaha", sector_label(row.sector)),
        ("Desa", place),
        ("Mulai usaha", None if row.started_on is None else f"{row.started_on.year}"),
    )
    return tuple((label, value) for label, value in told if value)


def _loans(enterprise_id: UUID, lender: Lender | None, on: date) -> ReadinessPart:
    """Only what this lender lent itself: of others it is told nothing."""
    condition = [Loan.enterprise_id == enterprise_id, Loan.state.in_(OPEN)]
    if lender is not None:
        condition.append(Loan.lender_id == lender.id)
    loans = db.session.scalars(select(Loan).where(*condition)).all()
    if not loans:
        return ReadinessPart(heading=_HEADING, missing="Tidak ada pinjaman berjalan yang tercatat.")
    days = max(days_in_arrears(one.next_due_on, on) for one in loans)
    late = f"{days} hari" if days else "tidak ada"
    return ReadinessPart(
        heading=_HEADING,
        lines=(
            ReadinessLine(label="Pinjaman berjalan", value=f"{len(loans)}"),
            ReadinessLine(
                label="Sisa pokok", value=format_rupiah(sum(one.principal_left for one in loans))
            ),
            ReadinessLine(label="Tunggakan", value=late, tone=BAD if days else GOOD),
        ),
    )
