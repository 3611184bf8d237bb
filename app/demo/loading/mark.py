"""Whether this database holds a demo world, and which."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.db import db
from app.demo.models import DemoMark


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """The mark of the world in this database."""

    seed: int
    enterprise_count: int
    last_on: date
    is_complete: bool


def present_mark() -> Mark | None:
    """The mark of this database, if it holds a demo world."""
    row = db.session.execute(
        select(DemoMark.seed, DemoMark.enterprise_count, DemoMark.last_on, DemoMark.is_complete)
    ).one_or_none()
    return None if row is None else Mark(**row._mapping)  # noqa: SLF001
