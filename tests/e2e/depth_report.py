"""A report that an office had made."""

from __future__ import annotations

from app.accounts.queries import scope_of
from app.core.clock import local_today
from app.core.permissions import Permission
from app.db.transaction import transaction
from app.jobs.registry import find_jobs
from app.jobs.running import run_job
from app.reports.rules.limits import BOTH
from app.reports.rules.period import usual_span
from app.reports.services import Wish, ask_report


def make_a_report(area_code, *, officer_id) -> None:
    """The report of an area for the last finished month, made here and now."""
    wish = Wish(area_code=area_code, span=usual_span(local_today()), kind=BOTH)
    scope = scope_of(officer_id, Permission.REPORT_MAKE)
    with transaction():
        job_id = ask_report(scope=scope, wish=wish, by=officer_id).job_id
    find_jobs()
    run_job(job_id)
