"""Putting a report together: whose, about what, when, and its sections."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.accounts.queries import names, scope_of, work_areas
from app.core.clock import local_date
from app.core.day_words import long_day
from app.core.permissions import Permission
from app.core.scope import Scope, everywhere
from app.mentoring.queries.mentors import mentor_within
from app.reports.exports.area import area_sections
from app.reports.exports.mentor import mentor_sections
from app.reports.models import OfficeReport
from app.reports.queries.area import area_facts
from app.reports.queries.kept import office_for, subject_label
from app.reports.queries.mentor import mentor_facts
from app.reports.rules.document import Document, Section
from app.reports.rules.period import Span, span_named


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A report with the logo of its letterhead."""

    document: Document
    logo_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """The sections of a report, whom they name, and of which area they tell."""

    sections: list[Section]
    named: tuple[UUID, ...]
    area: str


def report_document(asked: OfficeReport, *, made_at: datetime) -> Made:
    """The report with what its maker may see now.

    Raises:
        NotFound: the maker does not reach its subject any more.
    """
    today = local_date(made_at)
    span = span_named(asked.span, today=today)
    scope = _maker_scope(asked)
    period = span.days(today)
    told = (
        _of_mentor(asked, asked.mentor_id, span)
        if asked.mentor_id is not None
        else _of_area(asked, scope, span, made_at)
    )
    office, logo_id = office_for(scope, told.area)
    is_running = "" if span.is_over(today) else " (masa ini belum berakhir)"
    subject = subject_label(asked.area_code, asked.mentor_id)
    document = Document(
        title="Laporan pendamping" if asked.mentor_id else "Laporan usaha PMI purna",
        subject=subject,
        span_label=span.label,
        days=f"{long_day(period.from_on)} sampai {long_day(period.until_on)}{is_running}",
        number=str(asked.id)[-12:].upper(),
        made_by=names([asked.account_id])[asked.account_id],
        made_at=made_at,
        office=office,
        sections=told.sections,
        named=told.named,
    )
    return Made(document=document, logo_id=logo_id)


def _maker_scope(asked: OfficeReport) -> Scope:
    """The areas of the office whose letterhead it bears: a mentor's where they work."""
    if asked.is_own:
        areas = work_areas(asked.account_id, Permission.MENTOR_REPORT_WRITE)
        return Scope(account_id=asked.account_id, areas=areas)
    return scope_of(asked.account_id, Permission.REPORT_MAKE)


def _of_area(asked: OfficeReport, scope: Scope, span: Span, made_at: datetime) -> _Told:
    today = local_date(made_at)
    code = asked.area_code or ""
    facts = area_facts(
        scope,
        lambda permission: scope_of(asked.account_id, permission),
        code,
        span.days(today),
        with_names=asked.with_names,
    )
    lines = facts.named.lines if facts.named is not None else ()
    return _Told(
        sections=area_sections(facts, today_words=long_day(today)),
        named=tuple(one.id for one in lines),
        area=code,
    )


def _of_mentor(asked: OfficeReport, mentor_id: UUID, span: Span) -> _Told:
    if asked.is_own:
        scope = scope_of(asked.account_id, Permission.MENTOR_REPORT_READ)
        mentor = mentor_within(everywhere(), mentor_id)
    else:
        scope = scope_of(asked.account_id, Permission.MENTOR_REPORT_DECIDE)
        mentor = mentor_within(scope, mentor_id)
    facts = mentor_facts(scope, mentor_id, span, with_names=asked.with_names)
    visited = {row.enterprise_id for row in facts.visits or () if row.enterprise_id is not None}
    return _Told(
        sections=mentor_sections(facts, span),
        named=tuple(sorted(visited)),
        area=mentor.village_code,
    )
