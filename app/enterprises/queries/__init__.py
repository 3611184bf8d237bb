"""Reading the register. Whatever is personal asks for the scope first."""

from app.enterprises.queries.conditions import condition, expired, late, overdue
from app.enterprises.queries.consents import (
    ConsentLine,
    ConsentProof,
    check_allowed,
    consent_lines,
    consent_proof,
    is_allowed,
    may_use,
    not_allowed,
)
from app.enterprises.queries.duplicates import Duplicate, duplicates, holders_of_nik
from app.enterprises.queries.lines import EnterpriseLine
from app.enterprises.queries.listing import (
    COUNT_MAX,
    DEFAULT_SORT,
    PAGE_SIZE,
    SORTS,
    count,
    page,
    sort_named,
)
from app.enterprises.queries.profile import (
    EnterpriseProfile,
    OwnerCard,
    owner_card,
    profile,
)
from app.enterprises.queries.reach import (
    enterprise,
    enterprise_with_nib,
    enterprises_of,
    in_area,
    owner,
    owner_within,
    row_within,
    within,
    within_area,
)
from app.enterprises.queries.search import text_matches
from app.enterprises.queries.timeline import (
    Timeline,
    TimelineEvent,
    changes_since,
    timeline,
)
from app.enterprises.rules.list_filter import ListFilter

__all__ = [
    "COUNT_MAX",
    "DEFAULT_SORT",
    "PAGE_SIZE",
    "SORTS",
    "ConsentLine",
    "ConsentProof",
    "Duplicate",
    "EnterpriseLine",
    "EnterpriseProfile",
    "ListFilter",
    "OwnerCard",
    "Timeline",
    "TimelineEvent",
    "changes_since",
    "check_allowed",
    "condition",
    "consent_lines",
    "consent_proof",
    "count",
    "duplicates",
    "enterprise",
    "enterprise_with_nib",
    "enterprises_of",
    "expired",
    "holders_of_nik",
    "in_area",
    "is_allowed",
    "late",
    "may_use",
    "not_allowed",
    "overdue",
    "owner",
    "owner_card",
    "owner_within",
    "page",
    "profile",
    "row_within",
    "sort_named",
    "text_matches",
    "timeline",
    "within",
    "within_area",
]
