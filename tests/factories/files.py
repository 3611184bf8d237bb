"""Photos."""

from __future__ import annotations

import io

from PIL import Image

from app.db.transaction import transaction
from app.files.models import StoredFile
from app.files.services import store_photo


def photo_upload(colour: str = "red", *, kind: str = "JPEG") -> io.BytesIO:
    """A photo as a browser sends it."""
    buffer = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(buffer, kind)
    buffer.seek(0)
    return buffer


def stored_photo(colour: str = "red") -> StoredFile:
    """A photo in the store."""
    with transaction():
        return store_photo(photo_upload(colour), by=None)
