"""Sending a stored photo to somebody who may see it."""

from __future__ import annotations

from uuid import UUID

from flask import Response, send_file

from app.files.queries import open_photo


def photo_response(file_id: UUID | None, *, is_thumbnail: bool = False) -> Response:
    """The photo as an answer that no cache keeps and no browser runs.

    The view that calls this has found the thing it belongs to within the caller's scope.

    Raises:
        NotFound: there is no such photo.
    """
    path = open_photo(file_id, is_thumbnail=is_thumbnail)
    response = send_file(
        path, mimetype="image/jpeg", download_name="foto.jpg", conditional=False, etag=False
    )
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
