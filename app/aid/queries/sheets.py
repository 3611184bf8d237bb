"""What a printed handover says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from app.aid.models import AidCase, Handover, Tool, ToolHolding
from app.core.errors import NotFound
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise, Owner
from app.enterprises.queries import may_use, within
from app.enterprises.rules.consents import BASE
from app.interventions.rules import FUNDING_SOURCES
from app.places.queries import path_label


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetTool:
    """One tool on a paper."""

    name: str
    serial_number: str
    value: int
    funding: str
    funded_year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverSheet:
    """A handover with its parties and tools."""

    id: UUID
    document: str
    kind: str
    regency: str
    handed_on: date
    recorded_at: datetime
    giver_name: str
    giver_post: str
    receiver_name: str
    receiver_post: str
    witness_name: str
    enterprise_name: str
    owner_name: str
    village: str
    place: str
    note: str
    photo_id: UUID | None
    tools: tuple[SheetTool, ...]


def handover_sheet(scope: Scope, handover_id: UUID) -> HandoverSheet:
    """A paper, for those who reach its enterprise.

    Raises:
        NotFound: unknown or outside the scope: the answer is the same.
    """
    row = db.session.scalars(
        select(Handover)
        .join(Enterprise, Enterprise.id == Handover.enterprise_id)
        .where(Handover.id == handover_id, within(scope))
    ).one_or_none()
    if row is None:
        raise NotFound("handover_unknown", message="Berita acara ini tidak ditemukan.")
    return _sheet(row)


def approved_targets(scope: Scope, *, not_holder: UUID | None) -> list[tuple[AidCase, str, str]]:
    """Approved requests to which a tool may be moved: (request, enterprise, village), by name."""
    rows = db.session.execute(
        select(AidCase, Enterprise)
        .join(Enterprise, Enterprise.id == AidCase.enterprise_id)
        .join(Owner, Owner.id == Enterprise.owner_id)
        .where(AidCase.state == "disetujui", within(scope), may_use(BASE))
        .order_by(Enterprise.search_name, AidCase.id)
        .limit(100)
    ).all()
    return [
        (row, enterprise.name, path_label(enterprise.village_code))
        for row, enterprise in rows
        if enterprise.id != not_holder
    ]


def _sheet(row: Handover) -> HandoverSheet:
    enterprise = None
    owner = None
    if row.enterprise_id is not None:
        enterprise = db.session.get_one(Enterprise, row.enterprise_id)
        owner = db.session.get_one(Owner, enterprise.owner_id)
    return HandoverSheet(
        id=row.id,
        document=row.document,
        kind=row.kind,
        regency=path_label(row.area_code),
        handed_on=row.handed_on,
        recorded_at=row.recorded_at,
        giver_name=row.giver_name,
        giver_post=row.giver_post,
        receiver_name=row.receiver_name,
        receiver_post=row.receiver_post,
        witness_name=row.witness_name,
        enterprise_name="" if enterprise is None else enterprise.name,
        owner_name="" if owner is None else owner.name,
        village="" if enterprise is None else path_label(enterprise.village_code),
        place=row.place,
        note=row.note,
        photo_id=row.photo_id,
        tools=_tools(row.id),
    )


def _tools(handover_id: UUID) -> tuple[SheetTool, ...]:
    rows = db.session.scalars(
        select(Tool)
        .join(ToolHolding, ToolHolding.tool_id == Tool.id)
        .where(ToolHolding.handover_id == handover_id)
        .order_by(Tool.search_name, Tool.id)
    )
    return tuple(
        SheetTool(
            name=row.name,
            serial_number=row.serial_number,
            value=row.value,
            funding=FUNDING_SOURCES[row.funding_source],
            funded_year=row.funded_year,
        )
        for row in rows
    )
