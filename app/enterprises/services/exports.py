"""Asking for a list as a file, and noting who took it along."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime, time
from uuid import UUID

from app.core import settings
from app.core.clock import LOCAL_ZONE, local_today, utc_now
from app.core.errors import InvalidInput
from app.core.ids import new_id
from app.core.scope import WHOLE_COUNTRY, Scope
from app.db import db
from app.enterprises.models.exports import RegisterExport
from app.enterprises.queries.exports import export_by_id, exports_since, row_count
from app.enterprises.rules.export_limits import check_day, check_size, row_cap
from app.enterprises.rules.list_filter import ListFilter
from app.enterprises.rules.words import wanted as words_wanted
from app.enterprises.services.owners import check_reason
from app.history.services import note_read, record
from app.jobs import ask, register_titles

SEARCHED = "(kata pencarian)"
EXPORT_JOB = "enterprises.export"
register_titles({EXPORT_JOB: "Menulis daftar usaha"})


def ask_export(
    *, scope: Scope, wanted: ListFilter, sort: str, with_nik: bool, reason: str | None, by: UUID
) -> RegisterExport:
    """Take down that a list is wanted as a file; the caller may read NIKs if `with_nik`.

    Raises:
        InvalidInput: no reason for whole NIKs, too long a list, or a search by NIK.
        WrongState: too many files today.
    """
    if words_wanted(wanted.text).nik:
        raise InvalidInput(
            "export_of_nik",
            message="Hasil pencarian NIK tidak dapat diunduh. Hapus kata pencariannya dahulu.",
        )
    told = check_reason(reason) if with_nik else None
    most = row_cap(
        most=settings.current().export_max_rows,
        is_whole_country=WHOLE_COUNTRY in scope.areas,
        with_nik=with_nik,
    )
    check_size(row_count(scope, wanted, most=most), most=most)
    midnight = datetime.combine(local_today(), time(), tzinfo=LOCAL_ZONE)
    check_day(exports_since(by, midnight))
    asked = RegisterExport(
        id=new_id(),
        account_id=by,
        filter=wanted.address(),
        sort=sort,
        scope_areas=list(scope.areas),
        with_nik=with_nik,
        reason=told,
        created_at=utc_now(),
    )
    db.session.add(asked)
    db.session.flush()
    return asked


def begin_writing(job_name: str, asked: RegisterExport) -> UUID:
    """Have a job write a long list; while one writes the same for this person, gives that one."""
    wish = [asked.filter, asked.sort, asked.scope_areas, asked.with_nik]
    fingerprint = hashlib.sha256(json.dumps(wish, sort_keys=True).encode()).hexdigest()
    begun = ask(
        job_name,
        key=f"{job_name}:{asked.account_id}:{fingerprint}",
        payload={"export_id": str(asked.id)},
        by=asked.account_id,
    )
    if not begun.is_new:
        db.session.delete(asked)
    return begun.job_id


def finish_export(
    *, export_id: UUID, row_count: int, replaced_count: int, owner_ids: Sequence[UUID]
) -> None:
    """Note that the file is there, and in the history and the read log what left the system."""
    made = export_by_id(export_id)
    made.row_count = row_count
    made.replaced_count = replaced_count
    made.finished_at = utc_now()
    # What somebody searched for may be a name, which no list of lists needs to keep.
    made.filter = {key: SEARCHED if key == "cari" else value for key, value in made.filter.items()}
    record(
        subject_type="export",
        subject_id=made.id,
        action="enterprise.exported",
        by=made.account_id,
        area_code=made.filter.get("wilayah"),
        changes={
            "filter": [None, made.filter],
            "row_count": [None, row_count],
            "with_nik": [None, made.with_nik],
        },
        note=made.reason,
    )
    note_read(
        kind="export",
        by=made.account_id,
        subject_type="export",
        subject_id=made.id,
        owners=owner_ids,
        shown_count=row_count,
        facts={"filter": made.filter, "with_nik": made.with_nik},
        note=made.reason,
    )
