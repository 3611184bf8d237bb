"""The log of operations for people who compare it with what phones say, and whether it is whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, exists, func, or_, select

from app.cashbook.models import CashEntry
from app.db import db
from app.enterprises.models import Enterprise
from app.field.models import (
    EnterpriseSuccessor,
    FileUpload,
    InboxItem,
    OperationCounter,
    SyncOperation,
)
from app.field.rules import CONFLICT, HELD, MERGED, OK, OPEN, REVIEW
from app.health.models import HealthAssessment
from app.history.models import HistoryEntry
from app.mentoring.models import Visit, VisitPhoto

_AT_ONCE = 1000
_DONE = (OK, MERGED, CONFLICT)
_COLUMNS = ("op_id", "record_id", "device_id", "n", "server_n", "type", "status")


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that must hold: how many rows were looked at, and the operations where it fails."""

    name: str
    count: int
    failing: tuple[str, ...]

    @property
    def is_good(self) -> bool:
        """Whether it holds."""
        return not self.failing


def exported_operations() -> Iterator[dict[str, Any]]:
    """Every stored operation, without what it said, in the order of the server's numbers."""
    statement = select(*(getattr(SyncOperation, name) for name in _COLUMNS)).order_by(
        SyncOperation.server_n, SyncOperation.op_id
    )
    for row in db.session.execute(statement.execution_options(yield_per=_AT_ONCE)).mappings():
        yield {name: _plain(row[name]) for name in _COLUMNS}


def operation_checks() -> tuple[Check, ...]:
    """Whether each operation has its effect and each effect one operation, both ways."""
    return (
        _check("Kunjungan yang tercatat ada", _kind("visit.create"), ~_has(Visit)),
        _check("Penilaian yang tercatat ada", _kind("assessment.create"), ~_has(HealthAssessment)),
        _check("Usaha baru yang tercatat ada", _kind("enterprise.register"), ~_is_known()),
        _check("Yang belum diputuskan tidak berbekas", _waiting(), or_(*map(_has, _EFFECTS))),
        _check("Yang menunggu orang ada di kotak masuk", _for_people(), ~_has_item()),
        _check("Yang menunggu masih lengkap", _waiting(), SyncOperation.payload_sealed.is_(None)),
        _check("Setiap yang tercatat punya riwayat", _recorded(), ~_has_entry()),
        _numbers(),
        _uploads(),
    )


def operation_totals() -> dict[str, int]:
    """How many operations there are in each state."""
    rows = db.session.execute(
        select(SyncOperation.status, func.count())
        .group_by(SyncOperation.status)
        .order_by(SyncOperation.status)
    )
    return {row[0]: row[1] for row in rows}


_EFFECTS = (Visit, HealthAssessment)


def _check(name: str, wanted: ColumnElement[bool], fails: ColumnElement[bool]) -> Check:
    count = db.session.scalar(select(func.count()).select_from(SyncOperation).where(wanted)) or 0
    failing = db.session.scalars(
        select(SyncOperation.op_id).where(wanted, fails).order_by(SyncOperation.op_id).limit(20)
    )
    return Check(name=name, count=count, failing=tuple(str(one) for one in failing))


def _kind(kind: str) -> ColumnElement[bool]:
    return (SyncOperation.type == kind) & SyncOperation.status.in_(_DONE)


def _waiting() -> ColumnElement[bool]:
    return SyncOperation.status.in_((HELD, REVIEW))


def _for_people() -> ColumnElement[bool]:
    return SyncOperation.status == REVIEW


def _recorded() -> ColumnElement[bool]:
    kinds = ("visit.create", "assessment.create", "enterprise.register")
    return SyncOperation.type.in_(kinds) & SyncOperation.status.in_(_DONE)


def _has(table: Any) -> ColumnElement[bool]:
    return exists().where(table.id == SyncOperation.record_id)


def _is_known() -> ColumnElement[bool]:
    """It is here, or what it went into is known."""
    gone = exists().where(EnterpriseSuccessor.gone_id == SyncOperation.enterprise_id)
    return exists().where(Enterprise.id == SyncOperation.enterprise_id) | gone


def _has_item() -> ColumnElement[bool]:
    return exists().where(InboxItem.op_id == SyncOperation.op_id, InboxItem.state == OPEN)


def _has_entry() -> ColumnElement[bool]:
    return exists().where(HistoryEntry.subject_id == SyncOperation.record_id)


def _numbers() -> Check:
    """Every number up to the last was given to one operation."""
    given = func.count(SyncOperation.server_n)
    count, highest = db.session.execute(select(given, func.max(SyncOperation.server_n))).one()
    last = db.session.scalar(select(func.max(OperationCounter.last_n))) or 0
    is_good = count == (highest or 0) == last
    return Check(
        name="Nomor server tanpa lubang",
        count=count,
        failing=() if is_good else (f"{count} nomor, tertinggi {highest}, penghitung {last}",),
    )


def _uploads() -> Check:
    """A file that has arrived stands with its visit, or with its line of the book."""
    arrived = FileUpload.finished_at.is_not(None)
    attached = exists().where(VisitPhoto.id == FileUpload.id, VisitPhoto.photo_id.is_not(None))
    on_line = exists().where(
        CashEntry.id == FileUpload.record_id, CashEntry.photo_id == FileUpload.photo_id
    )
    count = db.session.scalar(select(func.count()).select_from(FileUpload).where(arrived)) or 0
    failing = db.session.scalars(
        select(FileUpload.id)
        .where(arrived, FileUpload.photo_id.is_not(None), ~attached, ~on_line)
        .order_by(FileUpload.id)
        .limit(20)
    )
    return Check(
        name="Foto yang sampai terpasang",
        count=count,
        failing=tuple(str(one) for one in failing),
    )


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, int | str) else str(value)
