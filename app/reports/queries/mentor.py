"""A mentor's months, each as its own page tells it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise, Owner
from app.enterprises.queries import may_use
from app.enterprises.rules.consents import BASE
from app.mentoring.queries.reports import ReportPage, ReportRow, report_page, report_rows
from app.mentoring.rules.monthly import ENTERPRISES
from app.reports.rules.period import Span

_VISITS = "kunjungan"


@dataclass(frozen=True, slots=True, kw_only=True)
class MentorFacts:
    """The months of a mentor; `met` counts enterprises once, however many months saw them.

    `visits` are those whose owner lets the office name them, None when no names were asked for;
    `withheld` is how many visits are left out.
    """

    name: str
    pages: Sequence[ReportPage]
    met: int
    visits: Sequence[ReportRow] | None
    withheld: int


def mentor_facts(scope: Scope, mentor_id: UUID, span: Span, *, with_names: bool) -> MentorFacts:
    """The months of one mentor, as the scope sees them.

    Raises:
        NotFound: neither the caller's own nor of a mentor in the scope.
    """
    pages = [report_page(scope, mentor_id, month) for month in span.months]
    met = {
        row.id for month in span.months for row in report_rows(scope, mentor_id, month, ENTERPRISES)
    }
    visits = [row for month in span.months for row in report_rows(scope, mentor_id, month, _VISITS)]
    allowed = _allowed({row.enterprise_id for row in visits if row.enterprise_id is not None})
    shown = [row for row in visits if row.enterprise_id in allowed]
    return MentorFacts(
        name=pages[0].mentor_name,
        pages=pages,
        met=len(met),
        visits=shown if with_names else None,
        withheld=len(visits) - len(shown),
    )


def _allowed(ids: set[UUID]) -> set[UUID]:
    """Those whose owner lets the office use their data."""
    found: set[UUID] = set()
    wanted = sorted(ids)
    for start in range(0, len(wanted), 500):
        statement = (
            select(Enterprise.id)
            .join(Owner, Owner.id == Enterprise.owner_id)
            .where(Enterprise.id.in_(wanted[start : start + 500]), may_use(BASE))
        )
        found.update(db.session.scalars(statement))
    return found
