"""The jobs as people see them; the engine keeps its own tables beside."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Integer, String, Uuid, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import db
from app.db.columns import JsonDict, PortableJson, UTCDateTime, UtcInstant, UuidKey, one_of
from app.jobs.rules import STATES, WAITING

_IS_UNFINISHED = text("state IN ('waiting', 'running')")


class JobRun(db.Model):
    """One piece of long work: what was asked, by whom, how far it is, how it ended.

    At most one unfinished run has a given key. `area_code` is the area whose officers may see it.
    """

    __tablename__ = "job_run"
    __table_args__ = (
        one_of("state", STATES, name="state_known"),
        CheckConstraint("done >= 0 AND total >= 0", name="progress_not_negative"),
        CheckConstraint("(finished_at IS NULL) = (state IN ('waiting', 'running'))", name="ended"),
        Index(
            "uq_job_run_unfinished_key",
            "key",
            unique=True,
            sqlite_where=_IS_UNFINISHED,
            postgresql_where=_IS_UNFINISHED,
        ),
        Index("ix_job_run_state_created_at", "state", "created_at"),
    )

    id: Mapped[UuidKey]
    name: Mapped[str] = mapped_column(String(60))
    key: Mapped[str] = mapped_column(String(200))
    payload: Mapped[JsonDict]
    state: Mapped[str] = mapped_column(String(10), default=WAITING)
    done: Mapped[int] = mapped_column(Integer, default=0)
    total: Mapped[int] = mapped_column(Integer, default=0)
    message: Mapped[str] = mapped_column(String(500), default="")
    result: Mapped[dict[str, Any] | None] = mapped_column(PortableJson)
    starts: Mapped[int] = mapped_column(Integer, default=0)
    # Accounts lie above this package, so there is no foreign key.
    created_by: Mapped[UUID | None] = mapped_column(Uuid)
    area_code: Mapped[str | None] = mapped_column(String(13))
    created_at: Mapped[UtcInstant]
    started_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    def __repr__(self) -> str:
        return f"<JobRun {self.name} {self.state}>"
