"""Photos follow their text in pieces: whole, once, to the byte, and to nobody else's visit."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from random import Random
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from PIL import Image
from werkzeug.test import TestResponse

from app.core.clock import local_today, utc_now
from app.core.ids import new_id
from app.core.permissions import Role
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from app.field.models import FileUpload, SyncOperation
from app.field.queries.uploads import part_of
from app.field.services.uploads import expire_uploads
from app.files.models import StoredFile
from app.files.queries import open_photo
from app.mentoring.models import Visit, VisitCheck, VisitPhoto
from app.rights.services import erasing
from tests.integration.field.phones import HEADERS, Phone

PIECE = 256 * 1024
PhoneOf = Callable[..., Phone]


def photo(seed: int = 1, *, side: int = 700, exif: bytes = b"") -> bytes:
    """A JPEG that doesn't get small, as a phone's canvas makes it."""
    coarse = side // 5
    noise = Random(seed).randbytes(coarse**2)  # noqa: S311
    image = Image.frombytes("L", (coarse, coarse), noise).resize((side, side)).convert("RGB")
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=88, **({"exif": exif} if exif else {}))
    return buffer.getvalue()


@pytest.fixture
def mentor(factories: SimpleNamespace) -> UUID:
    key: UUID = factories.mentor().account_id
    return key


@pytest.fixture
def cared(factories: SimpleNamespace, mentor: UUID) -> UUID:
    row = factories.enterprise()
    factories.assigned(mentor, row, from_on=local_today() - timedelta(days=60))
    key: UUID = row.id
    return key


@pytest.fixture
def phone(phone_of: PhoneOf, mentor: UUID) -> Phone:
    return phone_of(mentor)


def announced(phone: Phone, factories: Any, enterprise_id: UUID, *photos: bytes) -> list[str]:
    """The ids of photos that were announced with a visit."""
    said = [
        {"id": str(new_id()), "sha256": hashlib.sha256(one).hexdigest(), "bytes": len(one)}
        for one in photos
    ]
    operation = factories.visit_operation(enterprise_id, attachments=said)
    (told,) = phone.results(operation)
    assert told["status"] == "ok"
    return [one["id"] for one in said]


def head(phone: Phone, file_id: str) -> TestResponse:
    return phone.client.head(f"/api/v1/files/{file_id}")


def patch(phone: Phone, file_id: str, offset: int | str, piece: bytes) -> TestResponse:
    headers = {**HEADERS, "Upload-Offset": str(offset)}
    kind = "application/octet-stream"
    path = f"/api/v1/files/{file_id}"
    return phone.client.patch(path, data=piece, headers=headers, content_type=kind)


def sent(phone: Phone, file_id: str, content: bytes) -> TestResponse:
    """The answer to the last piece of a whole file."""
    for offset in range(0, len(content), PIECE):
        answer = patch(phone, file_id, offset, content[offset : offset + PIECE])
    return answer


def stored_bytes(file_id: str) -> bytes:
    db.session.rollback()
    return open_photo(db.session.get_one(VisitPhoto, UUID(file_id)).photo_id).read_bytes()


def test_a_photo_arrives_in_pieces_with_its_bytes_intact(
    phone: Phone, cared: UUID, factories: SimpleNamespace
) -> None:
    content = photo(side=1100)
    assert PIECE < len(content) < 400 * 1024
    (key,) = announced(phone, factories, cared, content)
    first = patch(phone, key, 0, content[:PIECE])
    half = head(phone, key)
    lost = patch(phone, key, 0, content[:PIECE])

    last = patch(phone, key, PIECE, content[PIECE:])

    assert (first.status_code, first.headers["Upload-Offset"]) == (204, str(PIECE))
    assert (half.status_code, half.headers["Upload-Offset"]) == (200, str(PIECE))
    assert half.headers["Upload-Length"] == str(len(content))
    assert (lost.status_code, lost.get_json()["code"]) == (409, "offset_berbeda")
    assert (last.status_code, last.headers["Upload-Offset"]) == (204, str(len(content)))
    assert stored_bytes(key) == content
    assert not part_of(UUID(key)).exists()
    again = patch(phone, key, 0, content[:PIECE])
    assert (again.status_code, again.headers["Upload-Offset"]) == (204, str(len(content)))


def test_what_the_camera_knew_goes_before_it_is_kept(
    phone: Phone, cared: UUID, factories: SimpleNamespace
) -> None:
    exif = Image.Exif()
    exif[0x010F] = "PULIH-CANARY"
    content = photo(exif=exif.tobytes())
    assert b"PULIH-CANARY" in content
    (key,) = announced(phone, factories, cared, content)

    assert sent(phone, key, content).status_code == 204

    assert b"PULIH-CANARY" not in stored_bytes(key)


@pytest.mark.parametrize("tail", [b"hidden text", b"\xff\xd9"])
def test_nothing_hides_behind_the_end_of_a_photo(
    phone: Phone, cared: UUID, factories: SimpleNamespace, tail: bytes
) -> None:
    content = photo(side=200) + tail
    (key,) = announced(phone, factories, cared, content)

    assert sent(phone, key, content).status_code == 204

    assert stored_bytes(key) != content
    assert tail not in stored_bytes(key)[:-2]


def test_other_bytes_than_announced_are_not_kept_and_can_be_sent_again(
    phone: Phone, cared: UUID, factories: SimpleNamespace
) -> None:
    content = photo(side=200)
    (key,) = announced(phone, factories, cared, content)
    broken = content[:-20] + b"\0" + content[-19:]

    refused = sent(phone, key, broken)

    assert (refused.status_code, refused.get_json()["code"]) == (409, "isi_berbeda")
    assert head(phone, key).headers["Upload-Offset"] == "0"
    assert sent(phone, key, content).status_code == 204
    assert stored_bytes(key) == content


def test_what_is_no_photo_is_refused_for_good(
    phone: Phone, cared: UUID, factories: SimpleNamespace
) -> None:
    content = b"<script>alert(1)</script>" * 40
    (key,) = announced(phone, factories, cared, content)

    refused, again = sent(phone, key, content), sent(phone, key, content)

    assert [one.status_code for one in (refused, again)] == [422, 422]
    assert refused.get_json()["code"] == "bukan_foto"
    assert db.session.query(Visit).count() == 1


def test_a_strangers_file_is_an_unknown_one(
    phone: Phone, cared: UUID, factories: SimpleNamespace, phone_of: PhoneOf
) -> None:
    content = photo(side=200)
    (key,) = announced(phone, factories, cared, content)
    stranger = phone_of(factories.mentor().account_id)
    unknown = str(new_id())

    answers = [head(stranger, key), head(stranger, unknown)]
    tries = [patch(stranger, key, 0, content), patch(stranger, unknown, 0, content)]

    assert {one.status_code for one in (*answers, *tries)} == {404}
    assert tries[0].get_json() == tries[1].get_json()
    assert head(phone, key).headers["Upload-Offset"] == "0"


@pytest.mark.parametrize("offset", ["-1", "x", "", "9" * 20])
def test_a_piece_without_a_place_is_refused(
    phone: Phone, cared: UUID, factories: SimpleNamespace, offset: str
) -> None:
    content = photo(side=200)
    (key,) = announced(phone, factories, cared, content)

    assert patch(phone, key, offset, content).status_code == 422
    assert patch(phone, key, 0, content + b"more").status_code == 422
    assert patch(phone, key, 0, bytes(PIECE + 1)).status_code == 413


def test_the_same_photo_is_kept_once_for_an_enterprise_and_not_told_of_to_another(
    phone: Phone, cared: UUID, factories: SimpleNamespace, mentor: UUID
) -> None:
    content = photo(side=700)
    first, second = (announced(phone, factories, cared, content)[0] for _ in range(2))
    elsewhere = factories.enterprise()
    factories.assigned(mentor, elsewhere, from_on=local_today() - timedelta(days=60))
    (foreign,) = announced(phone, factories, elsewhere.id, content)
    sent(phone, first, content)

    known = patch(phone, second, 0, content[:10])
    unknown = patch(phone, foreign, 0, content[:10])

    assert known.headers["Upload-Offset"] == str(len(content))
    assert unknown.headers["Upload-Offset"] == "10"
    assert stored_bytes(second) == content
    assert db.session.query(StoredFile).count() == 1


def test_a_late_photo_that_was_seen_before_puts_the_visit_forward(
    phone: Phone, cared: UUID, factories: SimpleNamespace
) -> None:
    content = photo(side=400)
    first, second = (announced(phone, factories, cared, content)[0] for _ in range(2))
    sent(phone, first, content)
    sent(phone, second, content)

    db.session.rollback()
    visit_id = db.session.get_one(VisitPhoto, UUID(second)).visit_id
    check = db.session.get_one(VisitCheck, visit_id)
    assert "foto_sama" in [code for code, _, _ in check.signals]
    assert check.weight == sum(weight for _, weight, _ in check.signals)


def test_pages_tell_how_many_photos_are_missing_and_show_those_that_came(
    phone: Phone, cared: UUID, factories: SimpleNamespace, as_role: Any
) -> None:
    contents = [photo(seed, side=200) for seed in (1, 2, 3)]
    keys = announced(phone, factories, cared, *contents)
    sent(phone, keys[0], contents[0])
    db.session.rollback()
    visit_id = db.session.query(Visit.id).scalar()
    officer, stranger = as_role(Role.LABOUR_OFFICER), as_role(Role.LABOUR_OFFICER, "35.07")
    address = f"/kunjungan/{visit_id}/foto/{keys[0]}"

    page = officer.get(f"/kunjungan/{visit_id}").get_data(as_text=True)

    assert "2 foto belum terkirim" in page
    assert f'src="{address}"' in page
    assert "2 foto belum terkirim" in officer.get(f"/usaha/{cared}/kunjungan").get_data(True)
    with officer.get(address) as shown:
        assert shown.get_data() == contents[0]
    for refused in (
        officer.get(f"/kunjungan/{visit_id}/foto/{keys[1]}"),
        officer.get(f"/kunjungan/{new_id()}/foto/{keys[0]}"),
        stranger.get(address),
    ):
        assert refused.status_code == 404


def test_what_is_never_finished_is_given_up_and_the_visit_stays(
    phone: Phone, cared: UUID, factories: SimpleNamespace
) -> None:
    content = photo(side=1100)
    (key,) = announced(phone, factories, cared, content)
    patch(phone, key, 0, content[:PIECE])
    with transaction():
        assert expire_uploads(now=utc_now() + timedelta(days=29)) == []
    with transaction():
        gone = expire_uploads(now=utc_now() + timedelta(days=31))

    assert gone == [part_of(UUID(key))]
    assert head(phone, key).status_code == 410
    assert patch(phone, key, 0, content[:PIECE]).status_code == 410
    assert db.session.query(Visit).count() == 1


def test_who_is_erased_leaves_no_photo_and_no_sealed_words(
    phone: Phone, cared: UUID, factories: SimpleNamespace
) -> None:
    contents = [photo(1, side=700), photo(2, side=1100)]
    keys = announced(phone, factories, cared, *contents)
    sent(phone, keys[0], contents[0])
    patch(phone, keys[1], 0, contents[1][:PIECE])
    with transaction():
        operation = db.session.query(SyncOperation).one()
        operation.payload_sealed, operation.extra = b"sealed words", {"word": "PULIH-CANARY"}
    db.session.rollback()
    photo_id = db.session.get_one(VisitPhoto, UUID(keys[0])).photo_id
    path = open_photo(photo_id)
    owner_id = db.session.get_one(Enterprise, cared).owner_id

    with transaction():
        paths = erasing.erase(owner_id=owner_id, by=None)
    erasing.remove_files(paths)

    assert not path.exists()
    assert not part_of(UUID(keys[1])).exists()
    assert db.session.query(StoredFile).count() == 0
    operation = db.session.query(SyncOperation).one()
    assert (operation.payload_sealed, "CANARY" in repr(operation.extra)) == (None, False)
    assert {one.photo_id for one in db.session.query(FileUpload)} == {None}
    assert patch(phone, keys[1], PIECE, contents[1][PIECE:]).status_code == 410
