"""Making the files of a report, and forgetting old ones."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from app.core.clock import utc_now
from app.db import db
from app.db.transaction import transaction
from app.jobs import Progress, daily, job
from app.reports.exports import (
    file_path,
    forget_old_files,
    keep_file,
    report_charts,
    report_document,
    report_pdf,
    report_workbook,
)
from app.reports.queries.kept import report_by_id
from app.reports.rules.limits import ENDINGS, PDF
from app.reports.services import REPORT_JOB, finish_report


@job(REPORT_JOB)
def make_report(payload: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Count what the maker may see now, write the files, note what left the system.

    Killed and begun again, it counts again: both files always tell the same numbers.
    """
    report_id = UUID(payload["report_id"])
    endings = ENDINGS[report_by_id(report_id).kind]
    steps = len(endings) + 1
    progress.step(0, steps, "Menghitung angka")
    asked = report_by_id(report_id)
    made = report_document(asked, made_at=utc_now())
    paths = {
        ending: file_path(report_id, ending, with_names=asked.with_names) for ending in endings
    }
    # Nothing is read from here on; the files take longer to write than a reading should last.
    db.session.rollback()
    for done, (ending, path) in enumerate(paths.items(), start=1):
        progress.step(done, steps, f"Menulis {ending.upper()}")
        if ending == PDF:
            pdf = report_pdf(made.document, logo_id=made.logo_id)
            keep_file(path, pdf)
        else:
            keep_file(path, report_workbook(made.document))
    for name, drawing in report_charts(made.document).items():
        keep_file(file_path(report_id, f"{name}.svg", with_names=asked.with_names), drawing)
    with transaction():
        finish_report(report_id=report_id, named=made.document.named)
    progress.step(steps, steps, "Laporan siap diunduh")
    return {"url": f"/laporan/{report_id}"}


@daily
def forget_reports() -> None:
    """Delete the files of reports whose time is over."""
    forget_old_files(utc_now())
