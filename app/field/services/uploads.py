"""Taking files in pieces, and putting whole ones where they belong."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from app.core.clock import utc_now
from app.core.errors import InvalidInput
from app.db import db
from app.field.models import FileUpload
from app.field.queries.uploads import is_slip, part_of, same_file_of, upload_of
from app.field.rules.files import BROKEN, EXPIRED, KEPT_DAYS, NO_PHOTO, NOT_KEPT, check_piece
from app.field.services.apply_cash import attach_slip
from app.files.models import StoredFile
from app.files.services import keep_photo
from app.mentoring.services.photos import attach_photo

_REFUSALS = {
    EXPIRED: "Foto ini terlalu lama belum selesai dikirim.",
    BROKEN: "Foto rusak di jalan. Kirim lagi dari awal.",
    NO_PHOTO: "Berkas ini tidak dapat dibaca sebagai foto.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """How far a file has come; `refusal` says why it was thrown away, `done` is its part on disk
    that nobody needs any more once this is committed."""

    received: int
    refusal: str | None = None
    done: Path | None = None

    @property
    def message(self) -> str:
        """The refusal in words."""
        return _REFUSALS.get(self.refusal or "", "")


def take_piece(*, upload_id: UUID, account_id: UUID, offset: int, piece: bytes) -> Taken:
    """Add a piece to a file; the last one makes a photo of it.

    What was received must have the announced hash, else it begins anew. A file that the
    enterprise has already isn't asked for again.

    Raises:
        NotFound: not announced by this account.
        Conflict: the piece doesn't go on where the last one ended.
        InvalidInput: the piece is empty, or goes beyond the announced size.
    """
    row = upload_of(account_id, upload_id, locked=True)
    if row.refusal in (EXPIRED, NO_PHOTO):
        return Taken(received=row.received, refusal=row.refusal)
    if row.finished_at is not None or row.refusal == NOT_KEPT:
        return Taken(received=row.size)
    known = same_file_of(row)
    if known is not None:
        _finish(row, db.session.get_one(StoredFile, known), account_id)
        return Taken(received=row.size, done=part_of(row.id))
    check_piece(offset=offset, length=len(piece), received=row.received, size=row.size)
    _write(part_of(row.id), offset, piece)
    row.received, row.touched_at, row.refusal = offset + len(piece), utc_now(), None
    if row.received < row.size:
        return Taken(received=row.received)
    return _whole(row, account_id)


def expire_uploads(*, now: datetime) -> list[Path]:
    """Give up what began long ago and was never finished; gives the parts to remove afterwards.

    What announced it stays; it is told that the photo is missing.
    """
    rows = db.session.scalars(
        select(FileUpload)
        .where(
            FileUpload.finished_at.is_(None),
            FileUpload.refusal.is_(None) | (FileUpload.refusal == BROKEN),
            FileUpload.touched_at < now - timedelta(days=KEPT_DAYS),
        )
        .order_by(FileUpload.id)
        .with_for_update()
    ).all()
    for row in rows:
        row.refusal, row.received = EXPIRED, 0
    return [part_of(row.id) for row in rows]


def forget_uploads(upload_ids: Iterable[UUID]) -> list[Path]:
    """Take no more of files that speak of somebody who is made nobody; gives the parts to remove
    after the commit."""
    rows = db.session.scalars(
        select(FileUpload)
        .where(FileUpload.id.in_(list(upload_ids)))
        .order_by(FileUpload.id)
        .with_for_update()
    ).all()
    for row in rows:
        row.photo_id, row.received, row.refusal = None, 0, EXPIRED
    return [part_of(row.id) for row in rows]


def remove_parts(paths: list[Path]) -> None:
    """Remove parts that nobody needs: after the commit."""
    for path in paths:
        path.unlink(missing_ok=True)


def _whole(row: FileUpload, account_id: UUID) -> Taken:
    path = part_of(row.id)
    content = path.read_bytes()
    if len(content) != row.size or hashlib.sha256(content).hexdigest() != row.sha256:
        row.received, row.refusal = 0, BROKEN
        return Taken(received=0, refusal=BROKEN, done=path)
    try:
        stored = keep_photo(content, by=account_id)
    except InvalidInput:
        row.received, row.refusal = 0, NO_PHOTO
        return Taken(received=0, refusal=NO_PHOTO, done=path)
    _finish(row, stored, account_id)
    return Taken(received=row.size, done=path)


def _finish(row: FileUpload, stored: StoredFile, account_id: UUID) -> None:
    row.photo_id, row.received, row.refusal = stored.id, row.size, None
    row.finished_at = row.touched_at = utc_now()
    if is_slip(row):
        attach_slip(entry_id=row.record_id, photo_id=stored.id)
    else:
        attach_photo(photo_id=row.id, stored=stored, by=account_id)


def _write(path: Path, offset: int, piece: bytes) -> None:
    """Put a piece on disk; what lay behind it, of a try whose answer was never stored, goes."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600, exist_ok=True)
    with path.open("r+b") as file:
        file.truncate(offset)
        file.seek(offset)
        file.write(piece)
        file.flush()
        os.fsync(file.fileno())
