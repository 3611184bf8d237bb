"""Keeping nothing longer than it is needed; run again, it changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import delete, exists, or_, select, update

from app.cashbook.models import CashCount, CashEntry, DiaryMonth
from app.core.clock import LOCAL_ZONE
from app.db import db
from app.enterprises.models import Enterprise, ImportPart, ImportRun, Owner, RegisterExport
from app.enterprises.rules.life_cycle import RESTING
from app.field.services.uploads import expire_uploads
from app.health.models import AssessmentDraft
from app.rights.models import PersonRequest
from app.rights.rules.erasing import ERASED
from app.rights.rules.requests import WAITING
from app.rights.rules.retention import (
    EXPORT_YEARS,
    LEFTOVER_DAYS,
    PERSON_YEARS,
    REQUEST_YEARS,
    SLIP_YEARS,
    years_before,
)
from app.rights.services.erasing import erase, forget_photos

_AT_ONCE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What was forgotten this time; `files` are to be removed after the commit."""

    owners: int
    leftovers: int
    requests: int
    exports: int
    files: tuple[Path, ...]


def keep_no_longer(*, today: date, by: UUID | None = None) -> Kept:
    """Forget what is older than the rules allow, up to a hundred persons at a time."""
    files: list[Path] = []
    owners = _long_silent(years_before(today, PERSON_YEARS))
    for owner_id in owners:
        files += erase(owner_id=owner_id, by=by)
    files += expire_uploads(now=_begin(today))
    files += _forget_slips(_begin(years_before(today, SLIP_YEARS)))
    return Kept(
        owners=len(owners),
        leftovers=_drop_leftovers(_begin(today - timedelta(days=LEFTOVER_DAYS))),
        requests=_forget_requests(_begin(years_before(today, REQUEST_YEARS))),
        exports=_forget_exports(_begin(years_before(today, EXPORT_YEARS))),
        files=tuple(files),
    )


def _long_silent(before: date) -> list[UUID]:
    """Owners of whom nothing was heard since a day, all of whose enterprises have ended."""
    since = _begin(before)
    still = exists().where(
        Enterprise.owner_id == Owner.id,
        or_(
            Enterprise.life_cycle.not_in(RESTING),
            Enterprise.life_cycle_on >= before,
            Enterprise.last_visit_on >= before,
            Enterprise.assessed_on >= before,
            Enterprise.updated_at >= since,
        ),
    )
    # Who still writes down what comes in is heard of.
    writing = exists().where(
        Enterprise.owner_id == Owner.id,
        or_(
            *(
                exists().where(table.enterprise_id == Enterprise.id, table.recorded_at >= since)
                for table in (CashEntry, CashCount, DiaryMonth)
            )
        ),
    )
    waiting = exists().where(PersonRequest.owner_id == Owner.id, PersonRequest.state == WAITING)
    statement = (
        select(Owner.id)
        .where(Owner.erased_on.is_(None), Owner.updated_at < since, ~still, ~writing, ~waiting)
        .order_by(Owner.id)
        .limit(_AT_ONCE)
    )
    return list(db.session.scalars(statement))


def _forget_slips(before: datetime) -> list[Path]:
    """Let lines of long ago stand without the photo of their slip."""
    old = (CashEntry.photo_id.is_not(None), CashEntry.recorded_at < before)
    photos = {key for key in db.session.scalars(select(CashEntry.photo_id).where(*old)) if key}
    db.session.execute(
        update(CashEntry)
        .where(*old)
        .values(photo_id=None)
        .execution_options(synchronize_session=False)
    )
    return forget_photos(photos)


def _drop_leftovers(before: datetime) -> int:
    old_runs = select(ImportRun.id).where(ImportRun.created_at < before)
    parts: Any = db.session.execute(delete(ImportPart).where(ImportPart.run_id.in_(old_runs)))
    drafts: Any = db.session.execute(
        delete(AssessmentDraft).where(AssessmentDraft.updated_at < before)
    )
    return int(parts.rowcount) + int(drafts.rowcount)


def _forget_requests(before: datetime) -> int:
    done: Any = db.session.execute(
        update(PersonRequest)
        .where(
            PersonRequest.answered_at < before,
            or_(
                PersonRequest.detail.is_not(None),
                PersonRequest.answer.is_not(None),
                PersonRequest.identity_check != ERASED,
            ),
        )
        .values(detail=None, answer=None, identity_check=ERASED)
    )
    return int(done.rowcount)


def _forget_exports(before: datetime) -> int:
    done: Any = db.session.execute(delete(RegisterExport).where(RegisterExport.created_at < before))
    return int(done.rowcount)


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=LOCAL_ZONE)
