"""Noting who took a list behind a number along."""

from __future__ import annotations

from datetime import datetime, time
from uuid import UUID

from app.core.clock import LOCAL_ZONE, local_today, utc_now
from app.core.ids import new_id
from app.core.scope import Scope
from app.dashboard.rules import Wanted
from app.db import db
from app.enterprises.models.exports import RegisterExport
from app.enterprises.queries import DEFAULT_SORT
from app.enterprises.queries.exports import exports_since
from app.enterprises.rules.export_limits import AT_ONCE, check_day, check_size
from app.history.services import record


def note_export(*, scope: Scope, wanted: Wanted, row_count: int, by: UUID) -> None:
    """Take down that a list leaves the system; it counts among the day's files.

    Raises:
        InvalidInput: the list is longer than what is made at once.
        WrongState: too many files today.
    """
    check_size(row_count, most=AT_ONCE)
    midnight = datetime.combine(local_today(), time(), tzinfo=LOCAL_ZONE)
    check_day(exports_since(by, midnight))
    now = utc_now()
    taken = RegisterExport(
        id=new_id(),
        account_id=by,
        filter=wanted.address(),
        sort=DEFAULT_SORT,
        scope_areas=list(scope.areas),
        with_nik=False,
        created_at=now,
        finished_at=now,
        row_count=row_count,
    )
    db.session.add(taken)
    record(
        subject_type="export",
        subject_id=taken.id,
        action="enterprise.exported",
        by=by,
        area_code=wanted.area or None,
        changes={
            "filter": [None, wanted.address()],
            "row_count": [None, row_count],
            "with_nik": [None, False],
        },
    )
