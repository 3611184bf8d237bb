"""The daily anchor."""

from __future__ import annotations

from app.history.services import write_anchor
from app.jobs import daily


@daily
def write_daily_anchor() -> None:
    """Add today's anchor to the file, unless it is there."""
    write_anchor(once_a_day=True)
