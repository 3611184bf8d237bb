"""Keeping the diary of five numbers a month. What was told once is never changed: who tells it
anew names what was told before."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.cashbook.models import DiaryMonth
from app.cashbook.queries.diaries import told_of
from app.cashbook.rules.diaries import FiveNumbers, check_month, check_numbers
from app.core.clock import local_today, utc_now
from app.core.day_words import long_month
from app.core.errors import Conflict, NotFound
from app.core.ids import new_id
from app.core.scope import Scope
from app.db import db
from app.db.turns import take_turn
from app.enterprises.models import Enterprise
from app.enterprises.queries import check_allowed
from app.enterprises.queries import enterprise as enterprise_within
from app.enterprises.rules.consents import BASE
from app.history.rules import FieldWording, register_actions, register_fields
from app.history.services import record

SUBJECT = "diary_month"
register_actions(
    {"diary.recorded": "Catatan bulanan diisi", "diary.corrected": "Catatan bulanan dibetulkan"}
)
# The amounts are not told: who may read the history may not always read what came in.
register_fields(SUBJECT, {"month": FieldWording(label="Bulan")})


def record_month(
    *,
    scope: Scope,
    by: UUID,
    way: str,
    enterprise_id: UUID,
    month: date,
    sales: int | None,
    costs: int | None,
    produced: int | None,
    workers: int | None,
    keeps_record: bool | None,
    diary_id: UUID | None = None,
    corrects_id: UUID | None = None,
) -> DiaryMonth:
    """Keep what was told of a month (its first day), once for each `diary_id`.

    A month that was told is told anew by naming what stands (`corrects_id`); all empty then says
    that nothing is known of it after all.

    Raises:
        NotFound: the enterprise is unknown or outside the scope, or never told what is corrected.
        InvalidInput: a month that is not over or too long ago; nothing, too much or less than zero.
        Conflict: the month was told meanwhile, or something else came under this id before.
        WrongState: the owner withdrew their consent.
    """
    enterprise = enterprise_within(scope, enterprise_id)
    check_allowed(enterprise.owner_id, BASE)
    told = FiveNumbers(
        sales=sales, costs=costs, produced=produced, workers=workers, keeps_record=keeps_record
    )
    known = _known(diary_id, enterprise_id, month, corrects_id, told)
    if known is not None:
        return known
    check_month(month, today=local_today())
    check_numbers(told, is_correction=corrects_id is not None)
    row = DiaryMonth(id=diary_id or new_id(), month=month, way=way, corrects_id=corrects_id)
    return _keep(row, told, enterprise, by=by)


def _keep(row: DiaryMonth, told: FiveNumbers, enterprise: Enterprise, *, by: UUID) -> DiaryMonth:
    take_turn(f"diary {enterprise.id} {row.month}")
    _step_back(enterprise.id, row.month, row.corrects_id)
    row.enterprise_id, row.is_current = enterprise.id, True
    row.recorded_by, row.recorded_at = by, utc_now()
    for name, value in asdict(told).items():
        setattr(row, name, value)
    db.session.add(row)
    db.session.flush()
    _note(row, enterprise, by=by)
    return row


def _known(
    diary_id: UUID | None,
    enterprise_id: UUID,
    month: date,
    corrects_id: UUID | None,
    told: FiveNumbers,
) -> DiaryMonth | None:
    """What was kept under this id before, with the same content."""
    if diary_id is None:
        return None
    take_turn(f"once {diary_id}")
    row = db.session.get(DiaryMonth, diary_id)
    if row is None:
        return None
    said = (enterprise_id, month, corrects_id, told)
    if (row.enterprise_id, row.month, row.corrects_id, told_of(row)) != said:
        raise Conflict(
            "diary_sent_otherwise",
            message="Catatan ini sudah tersimpan dengan isi lain. Muat ulang halamannya.",
        )
    return row


def _step_back(enterprise_id: UUID, month: date, corrects_id: UUID | None) -> None:
    """Let what stands of a month make room; only what the sender saw is replaced."""
    current = db.session.scalars(
        select(DiaryMonth)
        .where(
            DiaryMonth.enterprise_id == enterprise_id,
            DiaryMonth.month == month,
            DiaryMonth.is_current,
        )
        .execution_options(populate_existing=True)
    ).one_or_none()
    if corrects_id is not None:
        named = db.session.get(DiaryMonth, corrects_id)
        if named is None or (named.enterprise_id, named.month) != (enterprise_id, month):
            raise NotFound("diary_unknown", message="Catatan bulan ini tidak ditemukan.")
    if (None if current is None else current.id) != corrects_id:
        raise Conflict(
            "month_told_meanwhile",
            message="Bulan ini sudah diisi. Buka catatannya, lalu betulkan.",
        )
    if current is not None:
        current.is_current = False
        # Before the new one comes: of each month one stands.
        db.session.flush()


def _note(row: DiaryMonth, enterprise: Enterprise, *, by: UUID) -> None:
    record(
        subject_type=SUBJECT,
        subject_id=row.id,
        enterprise_id=row.enterprise_id,
        area_code=enterprise.village_code,
        action="diary.recorded" if row.corrects_id is None else "diary.corrected",
        by=by,
        changes={"month": [None, long_month(row.month)]},
    )
