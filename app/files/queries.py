"""Finding stored photos. The caller has made sure that the person may see what they belong to."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from app.core import settings
from app.core.errors import NotFound
from app.db import db
from app.files.models import StoredFile
from app.files.rules import photo_path


def folder() -> Path:
    """Where files are kept."""
    return settings.current().folder / "files"


def open_photo(file_id: UUID | None, *, is_thumbnail: bool = False) -> Path:
    """The path of a stored photo, or of its small variant.

    Raises:
        NotFound: there is no such photo.
    """
    stored = db.session.get(StoredFile, file_id) if file_id is not None else None
    path = folder() / photo_path(stored.sha256, is_thumbnail=is_thumbnail) if stored else None
    if path is None or not path.is_file():
        raise NotFound("photo_unknown", message="Foto ini tidak ditemukan.")
    return path
