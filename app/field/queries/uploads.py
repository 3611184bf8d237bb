"""Files that phones send in pieces."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from app.core import settings
from app.core.errors import NotFound
from app.db import db
from app.field.models import FileUpload, SyncOperation
from app.field.rules.cash_data import ENTRY


def upload_of(account_id: UUID, upload_id: UUID, *, locked: bool = False) -> FileUpload:
    """A file that an account announced.

    Raises:
        NotFound: nobody announced it, or somebody else did: the answer is the same.
    """
    statement = select(FileUpload).where(
        FileUpload.id == upload_id, FileUpload.account_id == account_id
    )
    if locked:
        statement = statement.with_for_update()
    found = db.session.scalars(statement).one_or_none()
    if found is None:
        raise NotFound("berkas_tidak_dikenal", message="Berkas ini tidak dikenal.")
    return found


def received_of(account_id: UUID, upload_id: UUID) -> int:
    """How much of a file has come.

    Raises:
        NotFound: not announced by this account.
    """
    return upload_of(account_id, upload_id).received


def same_file_of(upload: FileUpload) -> UUID | None:
    """The stored photo of the same content at the same enterprise, if it came before.

    Never one of another enterprise: whether somebody has a picture would be told by it.
    """
    return db.session.scalar(
        select(FileUpload.photo_id)
        .where(
            FileUpload.enterprise_id == upload.enterprise_id,
            FileUpload.sha256 == upload.sha256,
            FileUpload.size == upload.size,
            FileUpload.photo_id.is_not(None),
        )
        .order_by(FileUpload.id)
        .limit(1)
    )


def is_slip(upload: FileUpload) -> bool:
    """Whether it came with a line of the cash book."""
    kind = db.session.scalar(select(SyncOperation.type).where(SyncOperation.op_id == upload.op_id))
    return kind == ENTRY


def part_of(upload_id: UUID) -> Path:
    """Where the pieces of a file lie until it is whole."""
    return settings.current().folder / "uploads" / f"{upload_id.hex}.part"
