"""Reports that were asked for, and letterheads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from app.accounts.queries import names
from app.core.clock import local_today
from app.core.errors import NotFound
from app.core.scope import WHOLE_COUNTRY, Scope, is_within
from app.db import db
from app.enterprises.queries.choices import area_choices
from app.jobs.models import JobRun
from app.jobs.queries import JobPage, job_page
from app.jobs.rules import STATE_LABELS
from app.places.queries import COUNTRY_NAME, find_area, path_label, path_labels
from app.reports.models import Letterhead, OfficeReport
from app.reports.rules.document import Office
from app.reports.rules.limits import ENDINGS, KINDS, kept_days
from app.reports.rules.office import letterhead_for
from app.reports.rules.period import Span, span_named

SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLine:
    """One report of its maker's list."""

    id: UUID
    job_id: UUID
    area_code: str | None
    mentor_id: UUID | None
    subject: str
    span: Span
    kind: str
    with_names: bool
    created_at: datetime
    finished_at: datetime | None
    # Whether the mentor of whom it tells asked for it.
    is_own: bool
    # How far the work is, in words; empty once it is done.
    state_label: str

    @property
    def kind_label(self) -> str:
        """Its files in words."""
        return KINDS[self.kind]

    @property
    def endings(self) -> tuple[str, ...]:
        """The endings of its files."""
        return ENDINGS[self.kind]

    @property
    def slug(self) -> str:
        """Its subject in the name of a file."""
        if self.mentor_id is not None:
            return "pendamping"
        return self.area_code or "indonesia"

    @property
    def kept_days(self) -> int:
        """For how many days its files are kept."""
        return kept_days(with_names=self.with_names)


def report_area(scope: Scope, asked: str | None) -> str:
    """The area that a page is opened for: the one asked for, else one's own.

    Raises:
        NotFound: unknown, or not wholly within the scope: the answer is the same.
    """
    code = asked if asked is not None else (scope.areas or (WHOLE_COUNTRY,))[0]
    is_known = code == WHOLE_COUNTRY or find_area(code) is not None
    if not is_known or not scope.covers_area(code):
        raise NotFound("area_unknown", message="Wilayah tidak ditemukan.")
    return code


def area_offers(scope: Scope, chosen: str) -> list[tuple[str, str]]:
    """The areas to choose from: one's own, those above and right below the chosen one."""
    whole = [(WHOLE_COUNTRY, COUNTRY_NAME)] if WHOLE_COUNTRY in scope.areas else []
    return [*whole, *area_choices(scope, chosen)]


def own_reports(scope: Scope) -> list[ReportLine]:
    """The last reports of the caller, newest first."""
    rows = db.session.execute(
        select(OfficeReport, JobRun.state)
        .outerjoin(JobRun, JobRun.id == OfficeReport.job_id)
        .where(OfficeReport.account_id == scope.account_id)
        .order_by(OfficeReport.created_at.desc(), OfficeReport.id)
        .limit(SHOWN)
    ).all()
    labels = path_labels(row.area_code for row, _ in rows if row.area_code)
    people = names(row.mentor_id for row, _ in rows)
    return [_line(row, labels, people, state) for row, state in rows]


def own_report(scope: Scope, report_id: UUID) -> ReportLine:
    """A report that this person asked for, while they still reach what is in it.

    Raises:
        NotFound: unknown, somebody else's, or beyond what they reach today.
    """
    row = db.session.get(OfficeReport, report_id)
    if row is None or row.account_id != scope.account_id or not _still_reached(scope, row):
        raise NotFound("report_unknown", message="Laporan ini tidak ditemukan.")
    labels = {row.area_code: path_label(row.area_code)} if row.area_code else {}
    return _line(row, labels, names([row.mentor_id]))


def _still_reached(scope: Scope, row: OfficeReport) -> bool:
    """Whether all areas of a report are still the caller's; for own months, whether they mentor."""
    if not row.scope_areas:
        return scope.mentor_account_id is not None
    return all(scope.covers_area(area) for area in row.scope_areas)


def work_on(scope: Scope, line: ReportLine) -> JobPage:
    """How far the work on an own report is."""
    return job_page(scope, line.job_id)


def report_by_id(report_id: UUID) -> OfficeReport:
    """A report that is to be made, for the job that makes it."""
    return db.session.execute(select(OfficeReport).where(OfficeReport.id == report_id)).scalar_one()


def report_of_job(job_id: UUID) -> OfficeReport | None:
    """The report that a job makes."""
    return db.session.scalars(
        select(OfficeReport).where(OfficeReport.job_id == job_id)
    ).one_or_none()


def reports_since(account_id: UUID, since: datetime) -> int:
    """How many reports a person has asked for since an instant."""
    statement = (
        select(func.count())
        .select_from(OfficeReport)
        .where(OfficeReport.account_id == account_id, OfficeReport.created_at >= since)
    )
    return db.session.execute(statement).scalar_one()


def subject_label(area_code: str | None, mentor_id: UUID | None) -> str:
    """Of what a report tells, in words."""
    if area_code is not None:
        return path_label(area_code)
    return f"Pendamping {names([mentor_id])[mentor_id]}" if mentor_id else ""


def letterhead(area_code: str) -> Letterhead | None:
    """What the office of an area prints above its reports."""
    return db.session.get(Letterhead, area_code)


def office_for(scope: Scope, area: str) -> tuple[Office, UUID | None]:
    """Letterhead and logo for a report on an area; a plain one where none was kept."""
    kept = list(db.session.scalars(select(Letterhead.area_code).order_by(Letterhead.area_code)))
    code = letterhead_for(area, scope.areas, kept)
    row = letterhead(code) if code is not None else None
    if row is None:
        own = next((one for one in scope.areas if is_within(area, one)), WHOLE_COUNTRY)
        return Office(name=path_label(own)), None
    return (
        Office(
            name=row.name,
            above=row.above,
            address=row.address,
            place=row.place,
            signer_name=row.signer_name,
            signer_post=row.signer_post,
            signer_nip=row.signer_nip,
        ),
        row.logo_id,
    )


def _line(
    row: OfficeReport,
    labels: Mapping[str, str],
    people: Mapping[UUID, str],
    state: str | None = None,
) -> ReportLine:
    if row.mentor_id is not None:
        subject = f"Pendamping {people[row.mentor_id]}"
    else:
        subject = labels.get(row.area_code or "", COUNTRY_NAME)
    return ReportLine(
        id=row.id,
        job_id=row.job_id,
        area_code=row.area_code,
        mentor_id=row.mentor_id,
        subject=subject,
        span=span_named(row.span, today=local_today()),
        kind=row.kind,
        with_names=row.with_names,
        created_at=row.created_at,
        finished_at=row.finished_at,
        is_own=row.is_own,
        state_label="" if row.finished_at else STATE_LABELS.get(state or "", ""),
    )
