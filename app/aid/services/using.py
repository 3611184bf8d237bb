"""After the handover: installed, used, papers added."""

from __future__ import annotations

from uuid import UUID

from app.aid.models import AidCase
from app.aid.rules.steps import check_day
from app.aid.rules.use import OPERATOR_LABELS
from app.aid.services.case_rows import StepReport, keep_step, locked_case, note, take_step
from app.core.clock import local_today
from app.core.errors import InvalidInput
from app.core.scope import Scope


def install(*, case_id: UUID, report: StepReport, operator: str, scope: Scope, by: UUID) -> AidCase:
    """Note that the tool stands and who was trained to run it.

    Raises:
        NotFound: unknown or outside the scope.
        WrongState: it was not handed over, or stands already.
        Conflict: somebody changed it since.
        InvalidInput: nobody is told, or an impossible day.
    """
    row, enterprise = locked_case(scope, case_id, report.version)
    if operator not in OPERATOR_LABELS:
        raise InvalidInput(
            "operator_missing", field="operator", message="Pilih siapa yang menjalankan alat."
        )
    words = f"Dijalankan oleh {OPERATOR_LABELS[operator].lower()}. {report.note}".strip()
    said = StepReport(
        version=report.version,
        happened_on=report.happened_on,
        note=words[:500],
        photo=report.photo,
    )
    take_step(row, enterprise, "install", said, by=by)
    return row


def use(*, case_id: UUID, report: StepReport, scope: Scope, by: UUID) -> AidCase:
    """Note the day on which the tool was first used for the enterprise. Raises as `install`."""
    row, enterprise = locked_case(scope, case_id, report.version)
    take_step(row, enterprise, "use", report, by=by)
    return row


def add_paper(*, case_id: UUID, report: StepReport, scope: Scope, by: UUID) -> AidCase:
    """Add a photo of a paper, such as the signed handover, at any time.

    Raises:
        NotFound: unknown or outside the scope.
        Conflict: somebody changed it since.
        InvalidInput: no photo, or a day in the future.
    """
    row, enterprise = locked_case(scope, case_id, report.version)
    if report.photo is None:
        raise InvalidInput("photo_missing", field="photo", message="Pilih foto berkasnya.")
    check_day(report.happened_on, not_before=None, today=local_today(), field="happened_on")
    row.version += 1
    keep_step(row, "paper", report, by=by)
    note(row, enterprise, "paper", by=by, reason=report.note)
    return row
