"""Equipment aid on its way, taken there by the services that the pages use."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from app.accounts.models import Account
from app.aid import services
from app.aid.models import AidCase, Tool
from app.aid.rules.gates import GATE_CODES, GateAnswer
from app.aid.services.case_rows import StepReport
from app.core.clock import local_today
from app.core.scope import everywhere
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from tests.factories.enterprises import village_rows
from tests.factories.files import photo_upload

MET = GateAnswer(is_met=True, reason="Sudah dilihat di tempat", evidence="Catatan kunjungan")
GATES_MET = dict.fromkeys(GATE_CODES, MET)
_WAY = ("usul", "analisis_kebutuhan", "verifikasi_lapangan", "disetujui", "diserahkan", "terpasang", "dipakai")  # fmt: skip  # noqa: E501


def aid_paper(**values: Any) -> services.Paper:
    """A paper of today that says all it must."""
    known: dict[str, Any] = {
        "handed_on": local_today(),
        "giver_name": "Budi Santoso",
        "giver_post": "Kepala bidang",
        "receiver_name": "Siti Rahayu",
        "receiver_post": "Pemilik usaha",
        "photo": photo_upload(),
    }
    return services.Paper(**{**known, **values})


def aid_report(version: int, **values: Any) -> StepReport:
    """A step of today."""
    known: dict[str, Any] = {"happened_on": local_today(), "note": "Sesuai di tempat."}
    return StepReport(version=version, **{**known, **values})


def aid_request(enterprise: Enterprise, by: Account, **values: Any) -> AidCase:
    """A tool that was asked for."""
    enterprise_id, by_id = enterprise.id, by.id
    known: dict[str, Any] = {
        "tool_name": "Alat penutup kemasan",
        "need": "Menutup kemasan dengan lilin 3 jam sehari",
        "estimated_value": 2_500_000,
        "funding_source": "dana_desa",
    }
    with transaction():
        made = services.request_tool(
            enterprise_id=enterprise_id,
            request=services.Request(**{**known, **values}),
            scope=everywhere(),
            by=by_id,
        )
        key = made.id
    return db.session.get_one(AidCase, key)


def aid_case(
    enterprise: Enterprise,
    *,
    asked_by: Account,
    decided_by: Account,
    state: str = "dipakai",
    serial_number: str = "SN-001",
) -> AidCase:
    """An aid that came as far as `state`, all of it today."""
    asked_id, decided_id = asked_by.id, decided_by.id
    row = aid_request(enterprise, asked_by)
    key = row.id
    for wanted in _WAY[1 : _WAY.index(state) + 1]:
        with transaction():
            _take(wanted, key, asked_id, decided_id, serial_number)
    return db.session.get_one(AidCase, key)


def _take(wanted: str, key: UUID, asked_id: UUID, decided_id: UUID, serial: str) -> None:
    version = db.session.get_one(AidCase, key).version
    everything = everywhere()
    report = aid_report(version)
    if wanted == "analisis_kebutuhan":
        services.assess_need(
            case_id=key, version=version, answers=GATES_MET, scope=everything, by=asked_id
        )
    elif wanted == "verifikasi_lapangan":
        services.verify(case_id=key, report=report, scope=everything, by=decided_id)
    elif wanted == "disetujui":
        services.approve(
            case_id=key, report=report, due_on=local_today(), scope=everything, by=decided_id
        )
    elif wanted == "diserahkan":
        services.hand_over(
            case_id=key,
            version=version,
            tools=[
                services.HandedTool(
                    name="Alat penutup kemasan", serial_number=serial, value=2_400_000
                )
            ],
            funded_year=local_today().year,
            paper=aid_paper(),
            scope=everything,
            by=decided_id,
        )
    elif wanted == "terpasang":
        services.install(
            case_id=key, report=report, operator="pemilik", scope=everything, by=asked_id
        )
    else:
        services.use(case_id=key, report=report, scope=everything, by=asked_id)


def tool_of(enterprise: Enterprise) -> Tool:
    """The one tool that an enterprise holds."""
    return db.session.scalars(db.select(Tool).where(Tool.holder_id == enterprise.id)).one()


def old_tool(enterprise: Enterprise | None, by: Account, **values: Any) -> Tool:
    """A tool from an old list; without an enterprise it is stored in Banyumas."""
    by_id = by.id
    village_rows()
    known: dict[str, Any] = {
        "name": "Oven besar",
        "value": 4_000_000,
        "funding_source": "apbn",
        "funded_year": 2021,
        "held_from": date(2021, 6, 1),
        "holder_id": None if enterprise is None else enterprise.id,
        "area_code": "33.02",
    }
    with transaction():
        made = services.register_tool(
            facts=services.ToolFacts(**{**known, **values}), scope=everywhere(), by=by_id
        )
        key = made.id
    return db.session.get_one(Tool, key)


def tool_check(tool: Tool, by: Account, *, days_used: int, **values: Any) -> None:
    """A check of today."""
    tool_id, by_id = tool.id, by.id
    known: dict[str, Any] = {
        "checked_on": local_today(),
        "condition": "baik",
        "operator": "pemilik",
        "photo": photo_upload("blue"),
    }
    with transaction():
        services.check_tool(
            tool_id=tool_id,
            report=services.CheckReport(days_used=days_used, **{**known, **values}),
            scope=everywhere(),
            by=by_id,
        )
