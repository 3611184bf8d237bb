"""Tools: who holds them, what their checks found, which of them stand idle."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

from app.aid.models import Handover, Tool, ToolCheck, ToolHolding
from app.aid.rules.use import FAULTY, GOOD, OWNER, Use, idle_since, is_idle
from app.core.text import search_text
from app.demo.invention.aid import OLD_TOOLS, ToolKind
from app.demo.loading.cast import Cast
from app.demo.loading.chronicle import Chronicle
from app.demo.loading.desk import Desk
from app.demo.loading.register import Subject
from app.demo.loading.shelf import Shelf, at_work, key_at
from app.demo.simulator import World

TOOL, HANDOVER = Tool.__table__, Handover.__table__
HOLDING, TOOL_CHECK = ToolHolding.__table__, ToolCheck.__table__
OLD_TOOL_SHARE = 0.10
FAULTY_SHARE = 0.06
STORED_SHARE = 0.5
_FUNDING = ("apbn", "apbd_kabupaten", "dana_desa", "csr")


def old_tool(desk: Desk, kind: ToolKind) -> None:
    """A tool from a list older than the register, that the mentor looked at since."""
    chance = desk.chance("old-tool")
    if chance.random() >= OLD_TOOL_SHARE:
        return
    held_from = desk.subject.registered_on + timedelta(days=1)
    row = tool_row(desk.subject, kind, chance, held_from=held_from)
    row["funded_year"] = held_from.year - chance.randrange(1, 6)
    checks = [
        check_row(desk, row, one.assessed_on, chance)
        for one, _ in desk.found[-3:]
        if one.assessed_on > held_from + timedelta(days=30)
    ]
    keep_checks(desk, row, checks)
    keep_holding(desk.shelf, row, chance, from_on=held_from, reason="Dicatat dari daftar lama")
    desk.shelf.add(TOOL, row)
    desk.note(
        "tool.registered",
        ("tool", row["id"]),
        at=row["created_at"],
        changes={"name": [None, row["name"]], "value": [None, row["value"]]},
    )


def tool_row(
    subject: Subject, kind: ToolKind, chance: Random, *, held_from: date
) -> dict[str, Any]:
    """A tool at its first holder, not yet checked."""
    made_at = at_work(chance, held_from)
    return {
        "id": key_at(chance, made_at),
        **_named(kind, chance),
        "funding_source": chance.choice(_FUNDING),
        "funded_year": held_from.year,
        "photo_id": None,
        "case_id": None,
        "holder_id": subject.enterprise_id,
        "held_from": held_from,
        "area_code": subject.village_code,
        "place": "",
        "condition": GOOD,
        **_UNCHECKED,
        "version": 2,
        "created_at": made_at,
    }


_UNCHECKED = dict.fromkeys(("days_used", "checked_on", "idle_since_on", "idle_told_on"))


def _named(kind: ToolKind, chance: Random) -> dict[str, Any]:
    return {
        "name": kind.name,
        "search_name": search_text(kind.name),
        "serial_number": f"CTH-{chance.randrange(100_000, 1_000_000)}",
        "value": int(round(kind.value * chance.uniform(0.85, 1.15), -4)),
    }


def check_row(
    desk: Desk, tool: dict[str, Any], day: date, chance: Random, *, check_day: int | None = None
) -> dict[str, Any]:
    """What was found at a tool on a day; the use is the one that the owner told."""
    received_at = at_work(chance, day)
    is_faulty = chance.random() < FAULTY_SHARE
    return {
        "id": key_at(chance, received_at),
        "tool_id": tool["id"],
        "enterprise_id": desk.subject.enterprise_id,
        "checked_on": day,
        "check_day": check_day,
        "days_used": desk.days_used(day, chance),
        "condition": FAULTY if is_faulty else GOOD,
        "operator": OWNER,
        "units": None,
        "sales": None,
        "repair": "Suku cadang dipesan ke Purwokerto" if is_faulty else "",
        "note": "",
        "photo_id": None,
        "checked_by": desk.mentor,
        "received_at": received_at,
    }


def keep_checks(desk: Desk, tool: dict[str, Any], checks: list[dict[str, Any]]) -> None:
    """Put checks down, and carry the last one and an idle stretch up to the tool."""
    for check in checks:
        desk.shelf.add(TOOL_CHECK, check)
        desk.note(
            "tool.checked",
            ("tool_check", check["id"]),
            at=check["received_at"],
            by=desk.mentor,
            changes={
                "name": [None, tool["name"]],
                "days_used": [None, check["days_used"]],
                "checked_on": [None, check["checked_on"].isoformat()],
            },
        )
    if not checks:
        return
    last = checks[-1]
    uses = [Use(checked_on=one["checked_on"], days_used=one["days_used"]) for one in checks]
    since, today = idle_since(uses, held_from=tool["held_from"]), desk.world.last_on
    tool.update(
        days_used=last["days_used"],
        condition=last["condition"],
        checked_on=last["checked_on"],
        idle_since_on=since,
        idle_told_on=today if is_idle(since, today=today) else None,
        version=2 + len(checks),
    )


def keep_holding(
    shelf: Shelf,
    tool: dict[str, Any],
    chance: Random,
    *,
    from_on: date,
    until_on: date | None = None,
    handover_id: UUID | None = None,
    reason: str = "",
) -> None:
    """Put down from when to when today's holder of a tool has it."""
    shelf.add(
        HOLDING,
        {
            "id": key_at(chance, at_work(chance, from_on)),
            "tool_id": tool["id"],
            "enterprise_id": tool["holder_id"],
            "case_id": tool["case_id"] if tool["holder_id"] else None,
            "handover_id": handover_id,
            "place": tool["place"],
            "from_on": from_on,
            "until_on": until_on,
            "reason": reason,
        },
    )


def stored_tools(world: World, cast: Cast, shelf: Shelf, chronicle: Chronicle) -> None:
    """Tools that stand in the stores of some regencies, from old lists."""
    for regency, officer in cast.officers.items():
        chance = Random(f"{world.seed}-store-{regency}")
        if chance.random() >= STORED_SHARE:
            continue
        from_on = world.last_on - timedelta(days=chance.randrange(30, 500))
        made_at = at_work(chance, from_on)
        row = {
            "id": key_at(chance, made_at),
            **_named(chance.choice(OLD_TOOLS), chance),
            "funding_source": chance.choice(_FUNDING),
            "funded_year": from_on.year - chance.randrange(1, 5),
            "photo_id": None,
            "case_id": None,
            "holder_id": None,
            "held_from": from_on,
            "area_code": regency,
            "place": "Gudang kantor Disnaker",
            "condition": GOOD,
            **_UNCHECKED,
            "version": 2,
            "created_at": made_at,
        }
        shelf.add(TOOL, row)
        keep_holding(shelf, row, chance, from_on=from_on, reason="Dicatat dari daftar lama")
        chronicle.note(
            "tool.registered",
            ("tool", row["id"]),
            at=made_at,
            by=officer,
            area_code=regency,
            changes={"name": [None, row["name"]], "value": [None, row["value"]]},
        )
