"""Reading equipment aid, always within a scope."""

from app.aid.queries.cases import (
    CaseLine,
    CasePage,
    all_cases,
    case_count,
    case_page,
    cases_of,
    enterprise_aid,
    waiting_cases,
    waiting_count,
)
from app.aid.queries.reach import case, tool, tools_within
from app.aid.queries.sheets import HandoverSheet, approved_targets, handover_sheet
from app.aid.queries.tool_pages import ToolPage, tool_page
from app.aid.queries.tools import (
    ToolFilter,
    ToolLine,
    ToolTotals,
    all_tools,
    due_checks,
    due_count,
    held_by_village,
    idle_count,
    stranded_count,
    tools,
    totals,
)

__all__ = [
    "CaseLine",
    "CasePage",
    "HandoverSheet",
    "ToolFilter",
    "ToolLine",
    "ToolPage",
    "ToolTotals",
    "all_cases",
    "all_tools",
    "approved_targets",
    "case",
    "case_count",
    "case_page",
    "cases_of",
    "due_checks",
    "due_count",
    "enterprise_aid",
    "handover_sheet",
    "held_by_village",
    "idle_count",
    "stranded_count",
    "tool",
    "tool_page",
    "tools",
    "tools_within",
    "totals",
    "waiting_cases",
    "waiting_count",
]
