"""Reading the register. Whatever is personal asks for the scope first."""

from app.enterprises.queries.listing import (
    COUNT_MAX,
    DEFAULT_SORT,
    PAGE_SIZE,
    SORTS,
    EnterpriseLine,
    condition,
    count,
    expired,
    overdue,
    page,
    sort_named,
)
from app.enterprises.queries.reach import (
    enterprise,
    enterprises_of,
    in_area,
    owner,
    owner_within,
    within,
)
from app.enterprises.queries.search import text_matches
from app.enterprises.rules.list_filter import ListFilter

__all__ = [
    "COUNT_MAX",
    "DEFAULT_SORT",
    "PAGE_SIZE",
    "SORTS",
    "EnterpriseLine",
    "ListFilter",
    "condition",
    "count",
    "enterprise",
    "enterprises_of",
    "expired",
    "in_area",
    "overdue",
    "owner",
    "owner_within",
    "page",
    "sort_named",
    "text_matches",
    "within",
]
