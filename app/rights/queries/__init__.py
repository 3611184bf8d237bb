"""Reading requests, and everything that is held on one person."""

from app.rights.queries.holdings import Held, held_on, photo_ids
from app.rights.queries.requests import (
    RequestLine,
    WorkList,
    check_whole_reach,
    request,
    requests_of,
    work_list,
)

__all__ = [
    "Held",
    "RequestLine",
    "WorkList",
    "check_whole_reach",
    "held_on",
    "photo_ids",
    "request",
    "requests_of",
    "work_list",
]
