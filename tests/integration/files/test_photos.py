"""Photos on disk and in the database, and how they are sent."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from PIL import Image

from app.core import settings
from app.core.errors import InvalidInput, NotFound
from app.core.ids import new_id
from app.db import db
from app.db.transaction import transaction
from app.files.models import StoredFile
from app.files.queries import open_photo
from app.files.responses import photo_response
from app.files.services import store_photo


def upload(colour: str = "red") -> io.BytesIO:
    buffer = io.BytesIO()
    Image.new("RGB", (900, 600), colour).save(buffer, "JPEG")
    buffer.seek(0)
    return buffer


def test_a_photo_is_kept_with_a_small_variant(app: Flask):
    maker = new_id()

    with transaction():
        photo_id = store_photo(upload(), by=maker).id

    stored = db.session.get_one(StoredFile, photo_id)
    assert (stored.width, stored.height, stored.created_by) == (900, 600, maker)
    assert open_photo(photo_id).stat().st_size == stored.bytes
    with Image.open(open_photo(photo_id, is_thumbnail=True)) as small:
        assert small.size == (320, 213)


def test_the_same_photo_twice_is_two_rows_and_one_file(app: Flask):
    with transaction():
        first = store_photo(upload("blue"), by=None).id
        second = store_photo(upload("blue"), by=None).id

    assert first != second
    assert open_photo(first) == open_photo(second)


def test_a_refused_photo_leaves_nothing(app: Flask):
    folder = settings.current().folder / "files"
    before = sorted(folder.rglob("*"))

    with pytest.raises(InvalidInput), transaction():
        store_photo(io.BytesIO(b"<svg onload=alert(1)>"), by=None)

    assert sorted(folder.rglob("*")) == before
    assert db.session.query(StoredFile).count() == 0


def test_no_half_written_file_is_left_beside_the_photo(app: Flask):
    with transaction():
        photo_id = store_photo(upload("green"), by=None).id

    names = sorted(path.name for path in open_photo(photo_id).parent.iterdir())
    assert not [name for name in names if name.startswith(".")]


def test_a_photo_is_sent_so_that_nothing_keeps_or_runs_it(app: Flask):
    with transaction():
        photo_id = store_photo(upload(), by=None).id

    with app.test_request_context():
        response = photo_response(photo_id)

    assert response.mimetype == "image/jpeg"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    response.close()


@pytest.mark.parametrize("photo_id", [None, new_id()])
def test_a_photo_that_is_not_there_is_not_found(app: Flask, photo_id):
    with pytest.raises(NotFound):
        open_photo(photo_id)
