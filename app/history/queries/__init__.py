"""Reading what was changed and what was seen."""

from app.history.queries.changes import Event, events_of_enterprise, latest_changes
from app.history.queries.numbers import (
    last_number,
    newest_numbers,
    with_action_since,
)
from app.history.queries.readings import (
    Reading,
    busy_readers,
    exports_since,
    pages_opened_since,
    readings_by,
    readings_of,
)

__all__ = [
    "Event",
    "Reading",
    "busy_readers",
    "events_of_enterprise",
    "exports_since",
    "last_number",
    "latest_changes",
    "newest_numbers",
    "pages_opened_since",
    "readings_by",
    "readings_of",
    "with_action_since",
]
