"""Where the files of reports lie, and when they go."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from app.core import settings
from app.reports.rules.limits import KEPT_DAYS, NAMED_KEPT_DAYS

_NAMED = "-nama"


def file_path(report_id: UUID, ending: str, *, with_names: bool) -> Path:
    """Where a file of a report lies; those that name enterprises are told by their name."""
    mark = _NAMED if with_names else ""
    return _folder() / f"{report_id}{mark}.{ending}"


def keep_file(path: Path, content: bytes) -> None:
    """Put a file in its place whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.partial")
    try:
        partial.write_bytes(content)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def forget_old_files(now: datetime) -> None:
    """Delete the files whose time is over, and what a killed job left half written."""
    for file in _folder().glob("*"):
        is_named = _NAMED in file.name or file.name.startswith(".")
        kept = timedelta(days=NAMED_KEPT_DAYS if is_named else KEPT_DAYS)
        if file.stat().st_mtime < (now - kept).timestamp():
            file.unlink(missing_ok=True)


def _folder() -> Path:
    return settings.current().folder / "reports"
