"""What the pages of the instrument show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.accounts.queries import names
from app.core.clock import local_date
from app.health.models import DRAFT, InstrumentVersion
from app.health.queries.instruments import (
    current_instrument,
    finished_trial,
    instrument_numbered,
    instrument_version,
    later_versions,
)
from app.health.queries.trials import trials_of
from app.health.rules.instrument import Instrument
from app.health.rules.instrument_draft import Change, changes, faults, source_of_text
from app.health.rules.instrument_file import FIRST_VERSION, first_instrument, instrument_of_text


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionLine:
    """One version in the list; the first has no id, for it comes with the program."""

    id: UUID | None
    title: str
    is_draft: bool
    is_current: bool
    on: date | None
    by: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionPage:
    """One version. `faults` must be mended first, `trial_id` is of exactly this content."""

    id: UUID
    title: str
    note: str
    is_draft: bool
    based_on: int
    content_hash: str
    instrument: Instrument
    changes: tuple[Change, ...]
    faults: tuple[str, ...]
    weight_total: int
    trial_id: UUID | None
    trial_at: datetime | None
    earlier_trials: int


def version_lines() -> list[VersionLine]:
    """Drafts, then published versions, the first one last."""
    rows = later_versions()
    people = names([row.published_by or row.created_by for row in rows])
    current = current_instrument().version
    lines = [
        VersionLine(
            id=row.id,
            title=_title(row),
            is_draft=row.state == DRAFT,
            is_current=row.number == current,
            on=local_date(row.published_at or row.changed_at),
            by=people.get(row.published_by or row.created_by or row.id, ""),
            note=row.note,
        )
        for row in rows
    ]
    lines.append(
        VersionLine(
            id=None,
            title=f"Versi {FIRST_VERSION}",
            is_draft=False,
            is_current=current == FIRST_VERSION,
            on=None,
            by="",
            note=first_instrument().title,
        )
    )
    return lines


def version_page(version_id: UUID) -> VersionPage:
    """One later version.

    Raises:
        NotFound: there is none.
    """
    row = instrument_version(version_id)
    instrument = instrument_of_text(row.content, version=row.number or 0)
    trial = finished_trial(row)
    return VersionPage(
        id=row.id,
        title=_title(row),
        note=row.note,
        is_draft=row.state == DRAFT,
        based_on=row.based_on,
        content_hash=row.content_hash,
        instrument=instrument,
        changes=changes(instrument_numbered(row.based_on), instrument),
        faults=faults(source_of_text(row.content)),
        weight_total=sum(one.weight for one in instrument.indicators),
        trial_id=None if trial is None else trial.id,
        trial_at=None if trial is None else trial.finished_at,
        earlier_trials=sum(1 for one in trials_of(row.id) if one[2] != row.content_hash),
    )


def _title(row: InstrumentVersion) -> str:
    if row.state == DRAFT:
        return f"Rancangan dari versi {row.based_on}"
    return f"Versi {row.number}"
