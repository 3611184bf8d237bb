"""Monthly reports: the months of a mentor, one month whole, a list behind a figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from app.accounts.queries import names
from app.core.clock import local_today
from app.core.errors import NotFound
from app.core.scope import Scope
from app.db import db
from app.enterprises.queries import not_allowed
from app.enterprises.rules.consents import BASE, WITHDRAWN
from app.enterprises.rules.labels import HEALTH_LABELS
from app.interventions.rules import current_catalogue
from app.mentoring.models import MonthlyReport
from app.mentoring.queries.expenses import ExpenseLine, check_subject, expense_lines
from app.mentoring.queries.mentors import mentor_lines
from app.mentoring.queries.month_rows import About, is_listed, rows_of
from app.mentoring.rules import OUTCOME_LABELS
from app.mentoring.rules.monthly import (
    ENTERPRISES,
    EXPENSES,
    LIST_LABELS,
    LOCKED,
    NOT_SUBMITTED,
    PROMISES,
    REPORT_RETURNED,
    REPORT_STATES,
    SUBMITTED,
    VISITS,
    WORK,
    Figure,
    FigureGroup,
    Month,
    month_of,
    months_until,
)

MOST_ROWS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLine:
    """One month of one mentor in a list."""

    mentor_id: UUID
    mentor_name: str
    month: Month
    state: str | None
    state_label: str
    visits: int
    amount: int
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRow:
    """One row behind a figure; `number` means what the list says it does."""

    id: UUID
    on: date
    enterprise_id: UUID | None
    enterprise_name: str | None
    what: str
    number: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPage:
    """A month whole, as the page, the workbook and the printed sheet show it."""

    mentor_id: UUID
    mentor_name: str
    month: Month
    is_own: bool
    state: str | None
    state_label: str
    groups: tuple[FigureGroup, ...]
    mentor_note: str | None
    submitted_at: datetime | None
    decider_name: str | None
    decided_at: datetime | None
    decision_note: str | None

    @property
    def is_locked(self) -> bool:
        """Whether it lies with the officer or is done."""
        return self.state in LOCKED

    @property
    def waits(self) -> bool:
        """Whether an officer is to decide."""
        return self.state == SUBMITTED


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeMonth:
    """A month with its visits and expenses."""

    page: ReportPage
    visits: tuple[ReportRow, ...]
    expenses: tuple[ExpenseLine, ...]

    @property
    def enterprise_ids(self) -> list[UUID]:
        """The enterprises that are named in it."""
        return [row.enterprise_id for row in self.visits if row.enterprise_id is not None]


def own_months(mentor_id: UUID, scope: Scope) -> list[ReportLine]:
    """The last months of a mentor, newest first."""
    months = months_until(local_today())
    stored = _stored([mentor_id], months[-1].first)
    name = names([mentor_id]).get(mentor_id, "")
    return [
        _line(
            mentor_id,
            name,
            stored.get((mentor_id, month.first)),
            _about(scope, mentor_id, month, stored.get((mentor_id, month.first)), is_own=True),
        )
        for month in months
    ]


def month_of_all(scope: Scope, month: Month) -> list[ReportLine]:
    """The reports of a month by the mentors of the scope, by name."""
    lines = mentor_lines(scope)
    stored = _stored([line.id for line in lines], month.first)
    return [
        _line(
            line.id,
            line.name,
            stored.get((line.id, month.first)),
            _about(scope, line.id, month, stored.get((line.id, month.first)), is_own=False),
        )
        for line in lines
    ]


def submitted_count(scope: Scope) -> int:
    """How many reports of the mentors of the scope wait for a decision, of whatever month."""
    ids = [line.id for line in mentor_lines(scope)]
    counted = select(func.count()).where(
        MonthlyReport.mentor_id.in_(ids), MonthlyReport.state == SUBMITTED
    )
    return int(db.session.scalar(counted) or 0)


def submitted(scope: Scope) -> list[ReportLine]:
    """Those reports, the one that has waited longest first."""
    mentors = {line.id: line.name for line in mentor_lines(scope)}
    rows = db.session.scalars(
        select(MonthlyReport)
        .where(MonthlyReport.mentor_id.in_(list(mentors)), MonthlyReport.state == SUBMITTED)
        .order_by(MonthlyReport.submitted_at, MonthlyReport.mentor_id, MonthlyReport.month)
    ).all()
    return [
        _line(
            row.mentor_id,
            mentors[row.mentor_id],
            row,
            _about(scope, row.mentor_id, month_of(row.month), row, is_own=False),
        )
        for row in rows
    ]


def report_page(scope: Scope, mentor_id: UUID, month: Month) -> ReportPage:
    """One month of one mentor.

    Raises:
        NotFound: neither the caller's own nor of a mentor in the scope.
    """
    is_own = check_subject(scope, mentor_id)
    row = stored_report(mentor_id, month)
    about = _about(scope, mentor_id, month, row, is_own=is_own)
    known = names([mentor_id, row.decided_by if row else None])
    return ReportPage(
        mentor_id=mentor_id,
        mentor_name=known[mentor_id],
        month=month,
        is_own=is_own,
        state=row.state if row else None,
        state_label=REPORT_STATES[row.state] if row else NOT_SUBMITTED,
        groups=_groups(about),
        mentor_note=row.mentor_note if row else None,
        submitted_at=row.submitted_at if row else None,
        decider_name=known.get(row.decided_by) if row and row.decided_by else None,
        decided_at=row.decided_at if row else None,
        decision_note=row.decision_note if row else None,
    )


def report_rows(scope: Scope, mentor_id: UUID, month: Month, name: str) -> list[ReportRow]:
    """The rows behind one figure, by day.

    Raises:
        NotFound: no such list, or somebody whom the caller doesn't reach.
    """
    is_own = check_subject(scope, mentor_id)
    if not is_listed(name):
        raise NotFound("list_unknown", message="Daftar ini tidak ditemukan.")
    row = stored_report(mentor_id, month)
    about = _about(scope, mentor_id, month, row, is_own=is_own)
    found = db.session.execute(rows_of(about, name).limit(MOST_ROWS)).all()
    say = _sayings(name)
    return [
        ReportRow(
            id=one.id,
            on=one.on,
            enterprise_id=one.enterprise_id,
            enterprise_name=one.enterprise_name,
            what=say(one.what),
            number=one.number,
        )
        for one in found
    ]


def stored_report(
    mentor_id: UUID, month: Month, *, for_change: bool = False
) -> MonthlyReport | None:
    """The row of a month that was handed in."""
    statement = select(MonthlyReport).where(
        MonthlyReport.mentor_id == mentor_id, MonthlyReport.month == month.first
    )
    if for_change:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return db.session.scalars(statement).one_or_none()


def returned_reports(mentor_id: UUID) -> list[tuple[Month, str]]:
    """The months that an officer gave back to a mentor, with the notes."""
    rows = db.session.execute(
        select(MonthlyReport.month, MonthlyReport.decision_note)
        .where(MonthlyReport.mentor_id == mentor_id, MonthlyReport.state == REPORT_RETURNED)
        .order_by(MonthlyReport.month)
    )
    return [(Month(first=first), note or "") for first, note in rows]


def whole_month(scope: Scope, mentor_id: UUID, month: Month) -> WholeMonth:
    """The page with its visits and expenses, as files show it: who withdrew is not named."""
    rows = report_rows(scope, mentor_id, month, "kunjungan")
    withdrawn = not_allowed([row.enterprise_id for row in rows if row.enterprise_id], BASE)
    return WholeMonth(
        page=report_page(scope, mentor_id, month),
        visits=tuple(
            replace(row, enterprise_id=None, enterprise_name=WITHDRAWN)
            if row.enterprise_id in withdrawn
            else row
            for row in rows
        ),
        expenses=tuple(expense_lines(scope, mentor_id, month)),
    )


def _about(
    scope: Scope, mentor_id: UUID, month: Month, row: MonthlyReport | None, *, is_own: bool
) -> About:
    until = row.submitted_at if row is not None and row.state in LOCKED else None
    return About(mentor_id=mentor_id, month=month, scope=scope, is_own=is_own, until=until)


def _stored(mentor_ids: list[UUID], since: date) -> dict[tuple[UUID, date], MonthlyReport]:
    rows = db.session.scalars(
        select(MonthlyReport).where(
            MonthlyReport.mentor_id.in_(mentor_ids), MonthlyReport.month >= since
        )
    )
    return {(row.mentor_id, row.month): row for row in rows}


def _line(mentor_id: UUID, name: str, row: MonthlyReport | None, about: About) -> ReportLine:
    return ReportLine(
        mentor_id=mentor_id,
        mentor_name=name,
        month=about.month,
        state=row.state if row else None,
        state_label=REPORT_STATES[row.state] if row else NOT_SUBMITTED,
        visits=_counted(about, "kunjungan").count,
        amount=_counted(about, "pengeluaran").total,
        note=row.decision_note if row else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tally:
    """How many rows, their sum, and how many of them have a number."""

    count: int
    total: int
    numbered: int


def _counted(about: About, name: str) -> _Tally:
    rows = rows_of(about, name).order_by(None).subquery()
    count, total, numbered = db.session.execute(
        select(func.count(), func.coalesce(func.sum(rows.c.number), 0), func.count(rows.c.number))
    ).one()
    return _Tally(count=int(count), total=int(total), numbered=int(numbered))


def _groups(about: About) -> tuple[FigureGroup, ...]:
    tallies = {name: _counted(about, name) for name in LIST_LABELS}
    met, spent, bare = tallies["bertemu"], tallies["pengeluaran"], tallies["tanpa-bukti"]
    unknown = met.count - met.numbered
    hours = Figure(
        name="bertemu",
        label="Lama bertemu",
        value=met.total,
        unit="menit",
        note=f"{unknown} kunjungan tanpa catatan lamanya" if unknown else "",
    )
    visits = [*_plain(VISITS, tallies), hours, *_plain({ENTERPRISES: ""}, tallies)]
    money = [
        Figure(name="pengeluaran", label="Pengeluaran", value=spent.total, unit="rupiah",
               note=f"{spent.count} catatan"),
        Figure(name="tanpa-bukti", label=EXPENSES["tanpa-bukti"], value=bare.total, unit="rupiah",
               note=f"{bare.count} catatan, dengan alasannya"),
    ]  # fmt: skip
    return (
        FigureGroup(heading="Kunjungan", figures=tuple(visits)),
        FigureGroup(heading="Janji", figures=_plain(PROMISES, tallies)),
        FigureGroup(heading="Hasil", figures=_plain(WORK, tallies)),
        FigureGroup(heading="Pengeluaran", figures=tuple(money)),
    )


def _plain(wanted: Mapping[str, str], tallies: Mapping[str, _Tally]) -> tuple[Figure, ...]:
    return tuple(
        Figure(name=name, label=LIST_LABELS[name], value=tallies[name].count) for name in wanted
    )


def _sayings(name: str) -> Any:
    """How the word of a row is said."""
    if name in VISITS:
        return OUTCOME_LABELS.__getitem__
    if name == ENTERPRISES:
        return lambda count: f"{count} kunjungan"
    if name == "terapi-selesai":
        therapies = current_catalogue().therapies
        return lambda code: therapies[code].name
    if name in WORK:
        return lambda value: HEALTH_LABELS.get(value or "", "Belum dapat dinilai")
    return str


def person_name(account_id: UUID) -> str:
    """The name of the caller."""
    return names([account_id])[account_id]
