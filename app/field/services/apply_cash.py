"""The cash book as it was kept without signal."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import select

from app.cashbook.models import CashEntry, DiaryMonth
from app.cashbook.rules.entries import PHONE
from app.cashbook.services.counts import record_count
from app.cashbook.services.diaries import record_month
from app.cashbook.services.entries import Written, correct_entry, record_entry, take_back_entry
from app.core.clock import utc_now
from app.core.errors import Conflict, InvalidInput, NotFound, WrongState
from app.core.scope import everywhere
from app.db import db
from app.field.models import FileUpload
from app.field.rules import HELD, OK
from app.field.rules.cash_data import CASH_COUNT, DIARY, ENTRY, CashSaid, cash_said
from app.field.rules.files import NOT_KEPT
from app.field.services.announcing import expected, upload_for
from app.field.services.outcomes import Case, NeedsReview, Outcome
from app.market.models import ChannelPayment, SalesChannel
from app.market.services.channels import take_back

# A line of the book has one slip.
_SLIPS = 1
_ENTRY_UNKNOWN = "entry_unknown"
# Only who wrote it can say what was meant: told to the phone, where it stays to be looked at.
_ASKED_BACK = frozenset({"owed_by_ledger", "channel_planned", "entry_settled"})
_PUT_RIGHT = "Dibetulkan di ponsel"
_SLIP_NOT_KEPT = "slip_not_kept"
_WITHOUT_SLIP = "Tercatat di catatan kanal, tanpa foto nota."
_NOT_HERE_YET = "Tersimpan. Menunggu catatan yang dibatalkan."


def apply_cash(case: Case) -> Outcome:
    """Keep a line, a count or a month, once for each record id.

    A line is taken back once it is here: its own operation may still be on its way, or wait for
    a person.

    Raises:
        NeedsReview: the book was changed meanwhile, so that this doesn't fit any more.
    """
    said = cash_said(case.operation, case.sender.clock)
    try:
        uploads, refused = _kept(case, said)
    except (WrongState, Conflict) as refusal:
        if case.is_decided or refusal.code in {"consent_missing", *_ASKED_BACK}:
            raise
        raise NeedsReview(refusal.code, refusal.message) from refusal
    except NotFound as refusal:
        if refusal.code == _ENTRY_UNKNOWN and not case.is_decided:
            return Outcome(status=HELD, code=_ENTRY_UNKNOWN, pesan=_NOT_HERE_YET)
        raise InvalidInput(refusal.code, message=refusal.message) from refusal
    extra = dict(said.rest)
    if refused:
        extra["foto_ditolak"] = refused
    if said.taken.dropped:
        extra["diabaikan"] = dict(said.taken.dropped)
    is_without_slip = any(one.refusal == NOT_KEPT for one in uploads)
    return Outcome(
        status=OK,
        code=_SLIP_NOT_KEPT if is_without_slip else None,
        pesan=_WITHOUT_SLIP if is_without_slip else "",
        version=case.row.version,
        labels=said.taken.labels,
        extra=extra,
        uploads=uploads,
    )


def _kept(case: Case, said: CashSaid) -> tuple[list[FileUpload], list[str]]:
    kind, key, by = case.operation.type, case.operation.record_id, case.sender.account_id
    around: dict[str, Any] = {"scope": everywhere(by), "by": by, "enterprise_id": case.row.id}
    if kind == ENTRY:
        return _entry(case, said, around)
    if kind == CASH_COUNT:
        record_count(count_id=key, **around, **said.row)
    elif kind == DIARY:
        record_month(diary_id=key, way=PHONE, **around, **_replacing(case, said.row))
    else:
        _take_back(case, key, said.row["corrects_id"], said.row["reason"], around)
    return [], []


def _take_back(
    case: Case, key: UUID, corrects_id: UUID, reason: str, around: dict[str, Any]
) -> None:
    """Take a line back, in the book or in the ledger of the channel that it went to."""
    if not _is_payment(case, corrects_id):
        take_back_entry(entry_id=key, corrects_id=corrects_id, reason=reason, **around)
        return
    take_back(
        table=ChannelPayment,
        row_id=key,
        corrects_id=corrects_id,
        reason=reason,
        scope=around["scope"],
        by=around["by"],
    )


def _is_payment(case: Case, key: UUID) -> bool:
    """Whether this is what a channel of the enterprise paid."""
    payment = db.session.get(ChannelPayment, key)
    if payment is None:
        return False
    return db.session.get_one(SalesChannel, payment.channel_id).enterprise_id == case.row.id


def _entry(
    case: Case, said: CashSaid, around: dict[str, Any]
) -> tuple[list[FileUpload], list[str]]:
    operation = case.operation
    written = _written(case, said.row, around)
    photos, refused = expected(operation, most=_SLIPS)
    now = utc_now()
    uploads = [
        upload_for(one, operation, enterprise_id=case.row.id, by=around["by"], now=now)
        for one in photos
    ]
    if written.payment_id is not None:
        # What a channel paid stands in its ledger, where no slips are kept.
        refused += [str(one.id) for one in uploads]
        for upload in uploads:
            upload.refusal = NOT_KEPT
    return uploads, refused


def _written(case: Case, row: dict[str, Any], around: dict[str, Any]) -> Written:
    """Write the line; one that stands in place of another has that one struck out."""
    key, named = case.operation.record_id, row["corrects_id"]
    known: dict[str, Any] = {**around, **row, "entry_id": key, "way": PHONE}
    if named is not None and not _is_payment(case, named):
        return correct_entry(**known)
    del known["corrects_id"]
    if named is not None:
        _take_back(case, uuid5(key, "dibetulkan"), named, _PUT_RIGHT, around)
    return record_entry(**known)


def _replacing(case: Case, row: dict[str, Any]) -> dict[str, Any]:
    """The month as said; let through by a person, it replaces whatever stands of that month."""
    if not case.is_decided:
        return row
    standing: UUID | None = db.session.scalar(
        select(DiaryMonth.id).where(
            DiaryMonth.enterprise_id == case.row.id,
            DiaryMonth.month == row["month"],
            DiaryMonth.is_current,
        )
    )
    return {**row, "corrects_id": standing}


def attach_slip(*, entry_id: UUID, photo_id: UUID) -> None:
    """Put a slip that arrived with its line, unless the line has one or has gone."""
    entry = db.session.get(CashEntry, entry_id, with_for_update=True)
    if entry is not None and entry.photo_id is None:
        entry.photo_id = photo_id
