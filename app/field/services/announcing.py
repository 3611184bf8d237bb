"""Files that an operation announces: they follow it in pieces."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from app.db import db
from app.field.models import FileUpload
from app.field.rules.operation import Attachment, Operation

# What no phone of ours sends: it scales photos down first.
MAX_PHOTO_BYTES = 5_000_000


def expected(
    operation: Operation, *, most: int, known: Collection[UUID] = ()
) -> tuple[list[Attachment], list[str]]:
    """The photos of an operation that are new and of a fitting size, and the ids of the others.

    `known`: ids that are photos already.
    """
    ids = [one.id for one in operation.attachments]
    taken = set(known)
    if ids:
        taken |= set(db.session.scalars(select(FileUpload.id).where(FileUpload.id.in_(ids))))
    fitting: list[Attachment] = []
    refused: list[str] = []
    for one in operation.attachments:
        if one.id in taken or one.size > MAX_PHOTO_BYTES or len(fitting) == most:
            refused.append(str(one.id))
            continue
        taken.add(one.id)
        fitting.append(one)
    return fitting, refused


def upload_for(
    photo: Attachment, operation: Operation, *, enterprise_id: UUID, by: UUID, now: datetime
) -> FileUpload:
    """The row under which the pieces of a photo come."""
    return FileUpload(
        id=photo.id,
        op_id=operation.op_id,
        account_id=by,
        enterprise_id=enterprise_id,
        record_id=operation.record_id,
        sha256=photo.sha256,
        size=photo.size,
        announced_at=now,
        touched_at=now,
    )
