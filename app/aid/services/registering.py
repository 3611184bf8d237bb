"""Tools that were there before the system knew of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import BinaryIO
from uuid import UUID

from app.aid.models import Tool
from app.aid.rules.steps import check_day
from app.aid.services.papers import NewHolder, pass_on
from app.core.clock import local_today, utc_now
from app.core.errors import InvalidInput, NotFound
from app.core.ids import new_id
from app.core.money import format_rupiah
from app.core.scope import Scope
from app.core.text import search_text
from app.db import db
from app.db.once import kept_or_free
from app.enterprises.queries import enterprise as enterprise_within
from app.files.services import store_photo
from app.history.rules import FieldWording, register_actions, register_fields
from app.history.services import record
from app.interventions.rules import NO_COST

register_actions({"tool.registered": "Alat dicatat", "tool.moved": "Alat berpindah pemegang"})
register_fields(
    "tool",
    {
        "name": FieldWording(label="Alat"),
        "value": FieldWording(label="Nilai", say=format_rupiah),
        "document": FieldWording(label="Nomor berita acara"),
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolFacts:
    """A tool as an old list knows it; without a holder it stands in the store of `area_code`."""

    name: str
    value: int
    funding_source: str
    funded_year: int
    held_from: date
    serial_number: str = ""
    holder_id: UUID | None = None
    area_code: str = ""
    place: str = ""
    photo: BinaryIO | None = None


def register_tool(*, facts: ToolFacts, scope: Scope, by: UUID, key: UUID | None = None) -> Tool:
    """Put a tool into the register, once for each key.

    Raises:
        NotFound: the holder, or the area of the store, lies outside the scope.
        InvalidInput: a day in the future, or no source of the money.
    """
    check_day(facts.held_from, not_before=None, today=local_today(), field="held_from")
    if facts.funding_source == NO_COST:
        raise InvalidInput(
            "funding_missing", field="funding_source", message="Pilih sumber dananya."
        )
    area_code = _area_of(facts, scope)
    known, key = kept_or_free(
        Tool,
        key or new_id(),
        name=facts.name,
        serial_number=facts.serial_number,
        value=facts.value,
        holder_id=facts.holder_id,
        area_code=area_code,
        held_from=facts.held_from,
    )
    if known is not None:
        return known
    tool = _row(facts, area_code, key, by)
    db.session.add(tool)
    # Its holding refers to it by its key.
    db.session.flush()
    holder = NewHolder(
        holder_id=facts.holder_id,
        area_code=area_code,
        place=facts.place,
        from_on=facts.held_from,
        reason="Dicatat dari daftar lama",
    )
    pass_on(tool, holder)
    note_tool(tool, "tool.registered", by=by, changes={"value": [None, tool.value]})
    return tool


def _row(facts: ToolFacts, area_code: str, key: UUID, by: UUID) -> Tool:
    photo = None if facts.photo is None else store_photo(facts.photo, by=by)
    return Tool(
        id=key,
        name=facts.name,
        search_name=search_text(facts.name)[:160],
        serial_number=facts.serial_number,
        value=facts.value,
        funding_source=facts.funding_source,
        funded_year=facts.funded_year,
        photo_id=None if photo is None else photo.id,
        holder_id=facts.holder_id,
        held_from=facts.held_from,
        area_code=area_code,
        condition="baik",
        version=1,
        created_at=utc_now(),
    )


def note_tool(
    tool: Tool,
    action: str,
    *,
    by: UUID | None,
    changes: dict[str, list[object]] | None = None,
    reason: str = "",
) -> None:
    """Write what happened to a tool into the history of its holder, or of the area."""
    record(
        subject_type="tool",
        subject_id=tool.id,
        enterprise_id=tool.holder_id,
        area_code=tool.area_code,
        action=action,
        by=by,
        changes={"name": [None, tool.name], **(changes or {})},
        note=reason or None,
    )


def _area_of(facts: ToolFacts, scope: Scope) -> str:
    if facts.holder_id is not None:
        holder = enterprise_within(scope, facts.holder_id)
        holder.has_equipment = True
        return holder.village_code
    if not scope.covers_area(facts.area_code):
        raise NotFound("area_unknown", message="Wilayah ini tidak ditemukan.")
    return facts.area_code
