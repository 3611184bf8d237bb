"""What a phone may send, and what becomes of it."""

from app.field.rules.words import (
    CLOSED,
    CONFLICT,
    DECISIONS,
    DUPLICATE,
    HELD,
    INBOX_KINDS,
    INBOX_STATES,
    MERGED,
    OK,
    OPEN,
    OPERATION_TYPES,
    REJECTED,
    RETRY,
    REVIEW,
    SAFE,
    STATUSES,
)

__all__ = [
    "CLOSED",
    "CONFLICT",
    "DECISIONS",
    "DUPLICATE",
    "HELD",
    "INBOX_KINDS",
    "INBOX_STATES",
    "MERGED",
    "OK",
    "OPEN",
    "OPERATION_TYPES",
    "REJECTED",
    "RETRY",
    "REVIEW",
    "SAFE",
    "STATUSES",
]
