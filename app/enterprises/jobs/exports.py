"""Writing a long list as a file."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from app.accounts.queries import scope_of
from app.core import settings
from app.core.errors import NotAllowed
from app.core.permissions import Permission
from app.db.transaction import transaction
from app.enterprises.exports import make_file
from app.enterprises.queries.exports import export_by_id, row_count
from app.enterprises.rules.list_filter import filter_from
from app.enterprises.services import EXPORT_JOB, finish_export
from app.jobs import Progress, job


@job(EXPORT_JOB)
def write_export(payload: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Write the file with what its maker may see now, and show where it can be fetched."""
    export_id = UUID(payload["export_id"])
    asked = export_by_id(export_id)
    scope = scope_of(asked.account_id, Permission.ENTERPRISE_EXPORT)
    if asked.with_nik and scope_of(asked.account_id, Permission.ENTERPRISE_READ_NIK) != scope:
        raise NotAllowed("nik_not_allowed", message="Anda tidak lagi berhak melihat NIK lengkap.")
    most = settings.current().export_max_rows
    total = row_count(scope, filter_from(asked.filter), most=most)
    written = make_file(
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
