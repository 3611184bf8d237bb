"""Asking for a list behind a number as a file."""

from __future__ import annotations

from datetime import datetime, time
from uuid import UUID

from app.core import settings
from app.core.clock import LOCAL_ZONE, local_today, utc_now
from app.core.ids import new_id
from app.core.scope import Scope
from app.dashboard.queries import file_row_count
from app.dashboard.rules import Wanted
from app.db import db
from app.enterprises.models.exports import RegisterExport
from app.enterprises.queries import DEFAULT_SORT
from app.enterprises.queries.exports import exports_since
from app.enterprises.rules.export_limits import check_day, check_size
from app.jobs import register_titles

LIST_JOB = "dashboard.list"
register_titles({LIST_JOB: "Menulis daftar usaha"})


def ask_list(*, scope: Scope, wanted: Wanted, by: UUID) -> RegisterExport:
    """Take down that a list is wanted as a file; it counts among the day's files.

    Raises:
        InvalidInput: the list is longer than one file may be.
        WrongState: too many files today.
    """
    most = settings.current().export_max_rows
    check_size(file_row_count(scope, wanted, most=most), most=most)
    midnight = datetime.combine(local_today(), time(), tzinfo=LOCAL_ZONE)
    check_day(exports_since(by, midnight))
    asked = RegisterExport(
        id=new_id(),
        account_id=by,
        filter=wanted.address(),
        sort=DEFAULT_SORT,
        scope_areas=list(scope.areas),
        with_nik=False,
        created_at=utc_now(),
    )
    db.session.add(asked)
    db.session.flush()
    return asked
