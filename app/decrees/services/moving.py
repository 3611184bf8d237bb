"""Moving what carries a village or an area: nothing may stay with a code that is not used."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import InstrumentedAttribute

from app.aid.models import Tool
from app.core.clock import utc_now
from app.core.ids import new_id
from app.credit.models import Lender
from app.db import db
from app.db.upsert import insert_once
from app.enterprises.models import Enterprise
from app.enterprises.models.imports import ColumnMemory, ImportRun
from app.field.models import InboxItem
from app.history.services import record_many
from app.history.services.recording import Change
from app.interventions.models import EffectReport
from app.market.models import BuyerRequest, MarketEvent
from app.mentoring.models import AssignmentProposal, Mentor, ProposalLine
from app.places.models import Area, AreaOutline, VillageProgram
from app.places.rules import level_of
from app.places.rules.decrees import VILLAGE, Line, renumbered
from app.programme.models import TypedFigure
from app.quality.models import Merger
from app.reports.models import Letterhead
from app.trainings.models import TrainingSession

_SLICE = 400
# These go with the heir of their area; papers (tool_handover) and the past (history) never change.
FOLLOWING: tuple[InstrumentedAttribute[str], ...] = (
    Mentor.village_code,
    Tool.area_code,
    TrainingSession.village_code,
    ImportRun.area_code,
    EffectReport.area_code,
    AssignmentProposal.area_code,
    ProposalLine.village_code,
    Merger.area_code,
    InboxItem.area_code,
    BuyerRequest.area_code,
    MarketEvent.area_code,
    Lender.village_code,
)


def move_enterprises(places: Mapping[UUID, tuple[str, str]], by: UUID | None, number: str) -> int:
    """Give each enterprise its new village, with its tools; gives how many moved."""
    moved = {key: pair for key, pair in places.items() if pair[0] != pair[1]}
    by_target: dict[str, list[UUID]] = defaultdict(list)
    for key, (_, new) in moved.items():
        by_target[new].append(key)
    now = utc_now()
    for new, keys in by_target.items():
        for part in _slices(keys):
            db.session.execute(
                update(Enterprise)
                .where(Enterprise.id.in_(part))
                .values(village_code=new, version=Enterprise.version + 1, updated_at=now)
            )
            db.session.execute(update(Tool).where(Tool.holder_id.in_(part)).values(area_code=new))
            db.session.execute(
                update(InboxItem).where(InboxItem.enterprise_id.in_(part)).values(area_code=new)
            )
            db.session.execute(
                update(ProposalLine)
                .where(ProposalLine.enterprise_id.in_(part))
                .values(village_code=new)
            )
    record_many(
        Change(
            action="enterprise.resettled",
            subject_type="enterprise",
            subject_id=key,
            enterprise_id=key,
            by=by,
            area_code=new,
            changes={"village_code": [old, new]},
            note=f"Keputusan {number}",
        )
        for key, (old, new) in moved.items()
    )
    return len(moved)


def move_programmes(lines: Sequence[Line], source: str, gone: Collection[str]) -> None:
    """Programmes of a village go on in each village that came from it, once."""
    own: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        if line.old and line.old != line.new and level_of(line.new) == VILLAGE:
            own[line.old].add(line.new)
    for part in _slices(sorted(own)):
        rows = db.session.scalars(
            select(VillageProgram)
            .where(VillageProgram.village_code.in_(part))
            .order_by(VillageProgram.year, VillageProgram.id)
        ).all()
        copies = [
            {
                "id": new_id(),
                "village_code": new,
                "program": row.program,
                "name": row.name,
                "year": row.year,
                "source": row.source or source,
            }
            for row in rows
            for new in sorted(own[row.village_code])
        ]
        if copies:
            key = ["village_code", "program", "name"]
            for copy in copies:
                insert_once(VillageProgram.__table__, [copy], key=key)
        left = [code for code in part if code in gone]
        db.session.execute(delete(VillageProgram).where(VillageProgram.village_code.in_(left)))


def move_records(main: Mapping[str, str], lines: Sequence[Line]) -> None:
    """All else that carries a code which is not used any more goes with its heir.

    A figure that the office typed goes along only where the area is the same under a new code: of
    a village that was split or merged it tells what was, and stays there.
    """
    for old, new in main.items():
        for column in FOLLOWING:
            table: Any = column.class_
            db.session.execute(update(table).where(column == old).values({column.key: new}))
        _move_memory(old, new)
    for old, new in renumbered(lines).items():
        db.session.execute(
            update(TypedFigure).where(TypedFigure.area_code == old).values(area_code=new)
        )
        _move_place(old, new)


def _move_memory(old: str, new: str) -> None:
    rows = db.session.scalars(select(ColumnMemory).where(ColumnMemory.area_code == old)).all()
    kept = [
        {
            "area_code": new,
            "header_key": row.header_key,
            "field": row.field,
            "set_by": row.set_by,
            "set_at": row.set_at,
        }
        for row in rows
    ]
    if kept:
        insert_once(ColumnMemory.__table__, kept, key=["area_code", "header_key"])
        db.session.execute(delete(ColumnMemory).where(ColumnMemory.area_code == old))


def _move_place(old: str, new: str) -> None:
    """Point, outline and letterhead of an area that is the same under a new code."""
    before = db.session.get_one(Area, old)
    db.session.execute(
        update(Area)
        .where(Area.code == new, Area.lat.is_(None))
        .values(lat=before.lat, lng=before.lng)
    )
    for column in (AreaOutline.code, Letterhead.area_code):
        table: Any = column.class_
        is_taken = db.session.scalar(select(column).where(column == new)) is not None
        if not is_taken:
            db.session.execute(update(table).where(column == old).values({column.key: new}))


def _slices(values: Sequence[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(values), _SLICE):
        yield list(values[start : start + _SLICE])
