"""Storing photos."""

from __future__ import annotations

import hashlib
import os
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from app.core.clock import utc_now
from app.core.ids import new_id
from app.db import db
from app.files.images import EncodedPhoto, encode_photo, plain_photo
from app.files.models import StoredFile
from app.files.queries import folder
from app.files.rules import PHOTO, photo_path


def store_photo(stream: BinaryIO, *, by: UUID | None) -> StoredFile:
    """Keep an uploaded photo; gives its new row, already written to the open transaction.

    The file is on disk before the row exists. When the transaction is rolled back the file stays
    behind, unreferenced and shared with the next upload of the same content.

    Raises:
        InvalidInput: no photo of ours, or beyond the limits; field "photo".
    """
    return _stored(encode_photo(stream), by)


def keep_photo(content: bytes, *, by: UUID | None) -> StoredFile:
    """Keep a photo that a phone prepared: byte for byte as it came if it holds nothing but a
    picture of our size, else encoded anew. As `store_photo` in all else.

    Raises:
        InvalidInput: as `store_photo`.
    """
    return _stored(plain_photo(content) or encode_photo(BytesIO(content)), by)


def _stored(photo: EncodedPhoto, by: UUID | None) -> StoredFile:
    sha256 = hashlib.sha256(photo.content).hexdigest()
    _keep(folder() / photo_path(sha256), photo.content)
    _keep(folder() / photo_path(sha256, is_thumbnail=True), photo.thumbnail)
    stored = StoredFile(
        id=new_id(),
        sha256=sha256,
        kind=PHOTO,
        bytes=len(photo.content),
        width=photo.width,
        height=photo.height,
        fingerprint=photo.fingerprint,
        created_at=utc_now(),
        created_by=by,
    )
    db.session.add(stored)
    # Other rows refer to it by its id alone, which the session can't order by itself.
    db.session.flush()
    return stored


def _keep(path: Path, content: bytes) -> None:
    """Put a file in its place whole or not at all."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{new_id().hex}")
    try:
        with partial.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
        # The names too must outlive a power cut: the row that points here is about to.
        for place in (path.parent, path.parent.parent):
            _settle(place)
    finally:
        partial.unlink(missing_ok=True)


def _settle(folder: Path) -> None:
    """Have the disk keep which files lie in a folder."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
