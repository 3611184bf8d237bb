"""What every change of a plan does: lock the plan, note the history, carry facts down."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from app.core.errors import Conflict, WrongState
from app.core.money import format_rupiah
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries import enterprise
from app.enterprises.rules.life_cycle import RESTING
from app.history.rules import FieldWording, register_actions, register_fields
from app.history.services import record
from app.interventions.models import Intervention
from app.interventions.queries import intervention
from app.interventions.queries.processes import is_in_process
from app.interventions.rules import ACTIVE_STATES, FUNDING_SOURCES, current_catalogue
from app.interventions.rules.states import RESULT_LABELS

# Early entries name a therapy by its code and its name.
_CODE = re.compile(r"^T\d\d ")


def _without_code(therapy: str) -> str:
    return _CODE.sub("", therapy)


register_actions(
    {
        "intervention.proposed": "Terapi diusulkan",
        "intervention.approved": "Terapi disetujui",
        "intervention.refused": "Usulan terapi ditolak",
        "intervention.changed": "Rencana terapi diubah",
        "intervention.started": "Terapi dimulai",
        "intervention.noted": "Catatan terapi",
        "intervention.closed": "Terapi selesai",
        "intervention.cancelled": "Terapi dibatalkan",
        "intervention.measured": "Hasil terapi dinilai",
    }
)
register_fields(
    "intervention",
    {
        "therapy": FieldWording(label="Terapi", say=_without_code),
        "responsible_id": FieldWording(label="Penanggung jawab"),
        "responsible_name": FieldWording(label="Penanggung jawab"),
        "provider": FieldWording(label="Pelaksana"),
        "due_on": FieldWording(label="Tenggat"),
        "cost": FieldWording(label="Anggaran", say=format_rupiah),
        "funding_source": FieldWording(label="Sumber dana", say=FUNDING_SOURCES.__getitem__),
        "success_measure": FieldWording(label="Ukuran keberhasilan"),
        "program": FieldWording(label="Program prioritas"),
        "partner": FieldWording(label="Mitra"),
        "budget_year": FieldWording(label="Tahun anggaran"),
        "spent": FieldWording(label="Terpakai", say=format_rupiah),
        "spent_reason": FieldWording(label="Alasan melebihi anggaran"),
        "result": FieldWording(label="Hasil", say=RESULT_LABELS.__getitem__),
    },
)


def locked_enterprise(scope: Scope, enterprise_id: UUID) -> Enterprise:
    """An enterprise whose plan nobody else changes until the commit.

    Two officers who approve at the same moment could otherwise both stay within the limit.

    Raises:
        NotFound: no such enterprise within the scope.
    """
    found = enterprise(scope, enterprise_id)
    db.session.execute(
        select(Enterprise.id).where(Enterprise.id == enterprise_id).with_for_update()
    )
    return found


def locked_intervention(scope: Scope, intervention_id: UUID, version: int) -> Intervention:
    """A therapy as the person saw it, with its plan locked.

    Raises:
        NotFound: unknown or outside the scope.
        Conflict: somebody changed it since.
    """
    found = intervention(scope, intervention_id)
    locked_enterprise(scope, found.enterprise_id)
    db.session.refresh(found)
    if found.version != version:
        raise Conflict(
            "intervention_changed",
            message="Terapi ini baru saja diubah orang lain. Lihat isinya yang sekarang, lalu "
            "ulangi.",
        )
    found.version += 1
    return found


def check_served(row: Enterprise) -> None:
    """Refuse to begin or to go on with anything for who closed, left, or wants no help.

    Raises:
        WrongState: nobody looks after the enterprise for now.
    """
    if row.life_cycle in RESTING:
        raise WrongState(
            "enterprise_resting",
            message="Usaha ini sedang tidak didampingi. Ubah dahulu keadaan usahanya.",
        )


def check_not_in_process(row: Intervention) -> None:
    """Refuse to decide by hand, in the plan, what the process of a therapy decides.

    Raises:
        WrongState: its process is under way.
    """
    if is_in_process(row):
        raise WrongState(
            "in_own_process",
            message="Terapi ini berjalan lewat Bantuan alat usaha ini. Buka Bantuan alat untuk "
            "melanjutkan atau menghentikannya.",
        )


def active_count(enterprise_id: UUID) -> int:
    """How many therapies of an enterprise are approved or running. Flushes."""
    db.session.flush()
    statement = (
        select(func.count())
        .select_from(Intervention)
        .where(Intervention.enterprise_id == enterprise_id, Intervention.state.in_(ACTIVE_STATES))
    )
    return db.session.scalar(statement) or 0


def carry_down(row: Enterprise) -> None:
    """Let the enterprise know whether it has a plan: at least one approved or running therapy."""
    has_plan = active_count(row.id) > 0
    if row.has_plan != has_plan:
        row.has_plan = has_plan


def note(
    row: Intervention,
    action: str,
    *,
    area_code: str,
    by: UUID | None,
    changes: dict[str, Any] | None = None,
    reason: str | None = None,
) -> None:
    """Write what happened to a therapy into the history of its enterprise."""
    name = current_catalogue().therapies[row.therapy_code].name
    record(
        subject_type="intervention",
        subject_id=row.id,
        enterprise_id=row.enterprise_id,
        area_code=area_code,
        action=action,
        by=by,
        changes={"therapy": [None, name], **(changes or {})},
        note=reason,
    )
