"""Writing down where the chain ends, outside the database."""

from __future__ import annotations

import logging
import os
from pathlib import Path

from sqlalchemy import select

from app.core import settings
from app.core.clock import local_date, utc_now
from app.db import db
from app.history.models import HistoryEntry
from app.history.rules.anchors import Anchor, read_anchors

_log = logging.getLogger("pulih.history")


def anchors_file() -> Path:
    """Where anchors are written when nobody says otherwise."""
    return settings.current().folder / "anchors" / "history.jsonl"


def anchors_in(path: Path) -> list[Anchor]:
    """The anchors of a file; none if there is no file.

    Raises:
        ValueError: a line is no anchor.
    """
    if not path.exists():
        return []
    return read_anchors(path.read_text(encoding="utf-8").splitlines())


def write_anchor(path: Path | None = None, *, once_a_day: bool = False) -> Anchor | None:
    """Add the end of the chain to the file and the log; None if there is nothing to add.

    `once_a_day` adds nothing when the file has an anchor of today.
    """
    target = path or anchors_file()
    last = db.session.execute(
        select(HistoryEntry.n, HistoryEntry.hash).order_by(HistoryEntry.n.desc()).limit(1)
    ).first()
    if last is None or last.hash is None:
        return None
    now = utc_now()
    anchor = Anchor(on=local_date(now), at=now, n=last.n, hash=last.hash)
    if once_a_day and any(one.on == anchor.on for one in anchors_in(target)):
        return None
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with target.open("a", encoding="utf-8") as file:
        file.write(anchor.line() + "\n")
        file.flush()
        os.fsync(file.fileno())
    _log.info("history_anchor n=%s hash=%s", anchor.n, anchor.hash)
    return anchor
