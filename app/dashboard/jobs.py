"""Writing a long list behind a number as a file."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from app.accounts.queries import scope_of
from app.core import settings
from app.core.permissions import Permission
from app.dashboard.exports import make_list
from app.dashboard.queries import file_row_count
from app.dashboard.rules import wanted_in
from app.dashboard.services import LIST_JOB
from app.db.transaction import transaction
from app.enterprises.queries.exports import export_by_id
from app.enterprises.services import finish_export
from app.jobs import Progress, job


@job(LIST_JOB)
def write_list(payload: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Write the file with what its maker may see now, and show where it can be fetched."""
    export_id = UUID(payload["export_id"])
    asked = export_by_id(export_id)
    scope = scope_of(asked.account_id, Permission.ENTERPRISE_EXPORT)
    most = settings.current().export_max_rows
    total = file_row_count(scope, wanted_in(asked.filter), most=most)
    written = make_list(
        asked, scope, report=lambda done: progress.step(done, total, "Menulis daftar")
    )
    with transaction():
        finish_export(
            export_id=export_id,
            row_count=written.row_count,
            replaced_count=written.replaced_count,
            owner_ids=written.owner_ids,
        )
    progress.step(written.row_count, written.row_count, "Daftar siap diunduh")
    return {"url": f"/usaha/unduh/{export_id}"}
