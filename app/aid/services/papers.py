"""Numbered papers of handovers, and tools that change holders by them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import BinaryIO
from uuid import UUID

from sqlalchemy import func, select

from app.aid.models import Handover, Tool, ToolHolding
from app.core.clock import utc_now
from app.core.errors import InvalidInput
from app.core.ids import new_id
from app.db import db
from app.db.turns import take_turn
from app.files.services import store_photo

REGENCY_LENGTH = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """Who gives, who receives, where, before whom; the photo shows the tool being handed over."""

    handed_on: date
    giver_name: str
    receiver_name: str
    giver_post: str = ""
    receiver_post: str = ""
    witness_name: str = ""
    place: str = ""
    note: str = ""
    photo: BinaryIO | None = None


def new_paper(
    paper: Paper,
    *,
    kind: str,
    area_code: str,
    enterprise_id: UUID | None,
    case_id: UUID | None,
    by: UUID,
) -> Handover:
    """Keep a paper under the next number of its regency and year. Flushes.

    Raises:
        InvalidInput: giver, receiver or photo is missing.
    """
    _check(paper)
    regency = area_code[:REGENCY_LENGTH]
    take_turn(f"BAST {regency} {paper.handed_on.year}")
    last = db.session.scalar(
        select(func.max(Handover.number)).where(
            Handover.area_code == regency, Handover.year == paper.handed_on.year
        )
    )
    row = _row(paper, regency, (last or 0) + 1, kind=kind, by=by)
    row.enterprise_id, row.case_id = enterprise_id, case_id
    db.session.add(row)
    # Holdings refer to it by its key.
    db.session.flush()
    return row


@dataclass(frozen=True, slots=True, kw_only=True)
class NewHolder:
    """Who holds a tool from a day on; without `holder_id` a store of the area."""

    holder_id: UUID | None
    area_code: str
    place: str
    from_on: date
    case_id: UUID | None = None
    handover_id: UUID | None = None
    reason: str = ""


def pass_on(tool: Tool, to: NewHolder) -> None:
    """Give a tool to a holder, or to a store; the last holding ends there. Flushes.

    Raises:
        InvalidInput: the day lies before the holding that ends.
    """
    if tool.held_from > to.from_on:
        raise InvalidInput(
            "moved_before_held",
            field="handed_on",
            message=f"Tanggal tidak boleh sebelum alat ini diterima ({tool.held_from:%d-%m-%Y}).",
        )
    open_holding = db.session.scalars(
        select(ToolHolding).where(ToolHolding.tool_id == tool.id, ToolHolding.until_on.is_(None))
    ).one_or_none()
    if open_holding is not None:
        open_holding.until_on = to.from_on
        # The unique index must not see two open ones.
        db.session.flush()
    db.session.add(
        ToolHolding(
            id=new_id(),
            tool_id=tool.id,
            enterprise_id=to.holder_id,
            case_id=to.case_id,
            handover_id=to.handover_id,
            place=to.place,
            from_on=to.from_on,
            reason=to.reason,
        )
    )
    tool.holder_id, tool.held_from = to.holder_id, to.from_on
    tool.area_code, tool.place = to.area_code, to.place
    # What was seen at the holder before says nothing about the next one.
    tool.days_used = tool.checked_on = tool.idle_since_on = tool.idle_told_on = None
    tool.version += 1


def _row(paper: Paper, regency: str, number: int, *, kind: str, by: UUID) -> Handover:
    photo = None if paper.photo is None else store_photo(paper.photo, by=by)
    return Handover(
        id=new_id(),
        area_code=regency,
        year=paper.handed_on.year,
        number=number,
        kind=kind,
        handed_on=paper.handed_on,
        giver_name=paper.giver_name,
        giver_post=paper.giver_post,
        receiver_name=paper.receiver_name,
        receiver_post=paper.receiver_post,
        witness_name=paper.witness_name,
        place=paper.place,
        note=paper.note,
        photo_id=None if photo is None else photo.id,
        recorded_by=by,
        recorded_at=utc_now(),
    )


def _check(paper: Paper) -> None:
    missing = [
        InvalidInput(f"{field}_missing", field=field, message=message)
        for field, value, message in (
            ("giver_name", paper.giver_name, "Isi siapa yang menyerahkan."),
            ("receiver_name", paper.receiver_name, "Isi siapa yang menerima."),
            ("photo", paper.photo, "Pilih foto penyerahan."),
        )
        if not value
    ]
    if missing:
        missing[0].values["also"] = missing[1:]
        raise missing[0]
