"""One tool: its holders and checks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import and_, func, select

from app.accounts.models import Account
from app.aid.models import Handover, ToolCheck, ToolHolding
from app.aid.queries.reach import tool as tool_within
from app.aid.queries.tools import ToolLine, tool_line
from app.aid.rules.use import CONDITION_LABELS, OPERATOR_LABELS
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries import within

# A tool wanders; who had it elsewhere is not told to those who do not reach them.
OTHER_HOLDER = "usaha di luar jangkauan Anda"


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldingLine:
    """A holder of the past or of today."""

    holder_id: UUID | None
    holder_name: str
    place: str
    from_on: date
    until_on: date | None
    reason: str
    handover_id: UUID | None
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckLine:
    """A check."""

    id: UUID
    checked_on: date
    check_day: int | None
    holder_name: str
    days_used: int
    condition: str
    operator: str
    units: int | None
    sales: int | None
    repair: str
    note: str
    checked_by: str
    has_photo: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolPage:
    """Everything on the page of one tool."""

    line: ToolLine
    case_id: UUID | None
    holdings: tuple[HoldingLine, ...]
    checks: tuple[CheckLine, ...]


def tool_page(scope: Scope, tool_id: UUID) -> ToolPage:
    """One tool with its holders and checks.

    Raises:
        NotFound: unknown or outside the scope.
    """
    row = tool_within(scope, tool_id)
    return ToolPage(
        line=tool_line(row.id),
        case_id=_case_today(row.id),
        holdings=_holdings(scope, row.id),
        checks=_checks(scope, row.id),
    )


def _case_today(tool_id: UUID) -> UUID | None:
    return db.session.scalar(
        select(ToolHolding.case_id).where(
            ToolHolding.tool_id == tool_id, ToolHolding.until_on.is_(None)
        )
    )


# The engines don't agree on where an empty day goes.
_open_first = func.coalesce(ToolHolding.until_on, date.max)


def _holdings(scope: Scope, tool_id: UUID) -> tuple[HoldingLine, ...]:
    rows = db.session.execute(
        select(ToolHolding, Enterprise.name, Handover)
        .outerjoin(Enterprise, and_(Enterprise.id == ToolHolding.enterprise_id, within(scope)))
        .outerjoin(Handover, Handover.id == ToolHolding.handover_id)
        .where(ToolHolding.tool_id == tool_id)
        .order_by(ToolHolding.from_on.desc(), _open_first.desc(), ToolHolding.id)
    ).all()
    return tuple(_holding(row, name, paper) for row, name, paper in rows)


def _holding(row: ToolHolding, name: str | None, paper: Handover | None) -> HoldingLine:
    return HoldingLine(
        holder_id=None if name is None else row.enterprise_id,
        holder_name=name or ("Disimpan" if row.enterprise_id is None else OTHER_HOLDER),
        place=row.place if name or row.enterprise_id is None else "",
        from_on=row.from_on,
        until_on=row.until_on,
        reason=row.reason,
        handover_id=row.handover_id,
        document="" if paper is None else paper.document,
    )


def _checks(scope: Scope, tool_id: UUID) -> tuple[CheckLine, ...]:
    rows = db.session.execute(
        select(ToolCheck, Enterprise.name, Account.name)
        .outerjoin(Enterprise, and_(Enterprise.id == ToolCheck.enterprise_id, within(scope)))
        .join(Account, Account.id == ToolCheck.checked_by)
        .where(ToolCheck.tool_id == tool_id)
        .order_by(ToolCheck.checked_on.desc(), ToolCheck.id)
    ).all()
    return tuple(_check(row, holder, by) for row, holder, by in rows)


def _check(row: ToolCheck, holder: str | None, by: str) -> CheckLine:
    return CheckLine(
        id=row.id,
        checked_on=row.checked_on,
        check_day=row.check_day,
        holder_name=holder or OTHER_HOLDER,
        days_used=row.days_used,
        condition=CONDITION_LABELS[row.condition],
        operator=OPERATOR_LABELS.get(row.operator, "").lower(),
        units=row.units,
        sales=row.sales,
        repair=row.repair,
        note=row.note,
        checked_by=by,
        has_photo=row.photo_id is not None,
    )
