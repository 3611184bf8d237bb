"""What a phone saved for the office: opened by its key alone, applied once, under its author."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from random import Random
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_public_key,
)
from PIL import Image

from app.accounts.models import Account
from app.core.clock import local_today, utc_now
from app.core.ids import new_id
from app.core.permissions import Role
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from app.field.models import InboxItem, SyncOperation
from app.field.rules.files import PIECE_BYTES
from app.field.services.field_keys import office_public_key
from app.history.models import HistoryEntry
from app.mentoring.models import Visit, VisitPhoto
from tests.browserless import CleanClient
from tests.integration.field.phones import HEADERS, Phone

PIXEL = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwc"
    "KDcpLDAxNDQ0Hyc5PTgyPC4zNDL/wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAA"
    "AAAAAAAAAAD/2gAIAQEAAD8AVN//2Q=="
)


def sealed(key: bytes, content: bytes, bound: bytes) -> dict[str, str]:
    iv = b"0123456789ab"
    told = AESGCM(key).encrypt(iv, content, bound)
    return {"iv": base64.b64encode(iv).decode(), "ct": base64.b64encode(told).decode()}


def saved(phone: Phone, operations: list[Any], *, files: Any = (), office: str = "") -> bytes:
    """A backup as the app makes it (app/field/static/backup.js)."""
    bound = f"pulih-cadangan:1:{phone.account_id}:{phone.device_id}".encode()
    theirs = load_der_public_key(base64.b64decode(office or office_public_key()))
    assert isinstance(theirs, ec.EllipticCurvePublicKey)
    own = ec.generate_private_key(ec.SECP256R1())
    epk = own.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    derive = HKDF(algorithm=SHA256(), length=32, salt=epk, info=b"pulih cadangan v1").derive
    secret = b"s" * 32
    content = {
        "device_id": str(phone.device_id),
        "account_id": str(phone.account_id),
        "app_version": "1.0",
        "epoch": "e-of-before",
        "ops": operations,
        "files": [
            {"id": key, "op_id": str(new_id()), "bytes": len(one), "b64": _text(one)}
            for key, one in files
        ],
    }
    told = {
        "kind": "pulih-cadangan",
        "v": 1,
        "account_id": str(phone.account_id),
        "device_id": str(phone.device_id),
        "made_at": utc_now().isoformat(),
        "ops": len(operations),
        "office": {
            "epk": _text(epk),
            **sealed(derive(own.exchange(ec.ECDH(), theirs)), secret, bound),
        },
        "own": sealed(b"o" * 32, secret, bound),
        **sealed(secret, json.dumps(content).encode(), bound),
    }
    return json.dumps(told).encode()


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()


def hand_in(client: CleanClient, content: bytes) -> Any:
    return client.post("/kiriman/cadangan", data={"file": (BytesIO(content), "cadangan.json")})


@pytest.fixture
def phone(phone_of: Callable[..., Phone], factories: SimpleNamespace) -> Phone:
    return phone_of(factories.mentor().account_id)


@pytest.fixture
def cared(factories: SimpleNamespace, phone: Phone) -> UUID:
    row = factories.enterprise()
    factories.assigned(phone.account_id, row, from_on=local_today() - timedelta(days=60))
    key: UUID = row.id
    return key


def test_a_backup_counts_under_its_author_and_once(
    phone: Phone, cared: UUID, factories: SimpleNamespace, officer_client: CleanClient
) -> None:
    photo = str(new_id())
    said = [{"id": photo, "sha256": sha256(PIXEL).hexdigest(), "bytes": len(PIXEL)}]
    sent, unsent = (factories.visit_operation(cared) for _ in range(2))
    with_photo = factories.visit_operation(cared, attachments=said)
    phone.results(sent)
    file = saved(phone, [sent, unsent, with_photo], files=[(photo, PIXEL)])

    answers = [hand_in(officer_client, file) for _ in range(2)]

    assert [one.status_code for one in answers] == [303, 303]
    page = officer_client.get("/kiriman/cadangan").get_data(as_text=True)
    assert "3 dari 3 kiriman sudah tersimpan." in page
    assert {one.mentor_id for one in db.session.query(Visit)} == {phone.account_id}
    assert db.session.query(Visit).count() == 3
    assert db.session.get_one(VisitPhoto, UUID(photo)).arrived_at is not None
    noted = db.session.query(HistoryEntry).filter_by(action="field_backup.handed_in").all()
    assert {one.account_id for one in noted} == {officer_client.account_id}


def test_of_a_closed_account_everything_is_kept_and_looked_at_first(
    phone: Phone, cared: UUID, factories: SimpleNamespace, officer_client: CleanClient
) -> None:
    operations = [factories.visit_operation(cared) for _ in range(10)]
    with transaction():
        db.session.get_one(Account, phone.account_id).is_active = False
    assert phone.push(*operations).status_code == 401

    hand_in(officer_client, saved(phone, operations))

    assert {one.status for one in db.session.query(SyncOperation)} == {"review"}
    assert db.session.query(Visit).count() == 0
    items = [str(one.id) for one in db.session.query(InboxItem)]
    assert len(items) == 10
    for item in items:
        said = {"decision": "terima", "version": "1"}
        assert officer_client.post(f"/kiriman/tinjau/{item}", data=said).status_code == 303
    assert db.session.query(Visit).count() == 10


def test_an_office_elsewhere_and_other_mentors_can_not_hand_it_in(
    phone: Phone,
    cared: UUID,
    factories: SimpleNamespace,
    phone_of: Callable[..., Phone],
    as_role: Callable[..., CleanClient],
) -> None:
    file = saved(phone, [factories.visit_operation(cared)])
    stranger = phone_of(factories.mentor().account_id)

    elsewhere = hand_in(as_role(Role.LABOUR_OFFICER, "35.07"), file)
    foreign = stranger.post("/api/v1/backups", file)
    village = hand_in(as_role(Role.VILLAGE_OFFICER, "33.02.04.2005"), file)

    assert [one.status_code for one in (elsewhere, foreign, village)] == [404, 404, 403]
    assert db.session.query(SyncOperation).count() == 0


def test_another_phone_of_the_same_person_hands_it_in(
    phone: Phone, cared: UUID, factories: SimpleNamespace, phone_of: Callable[..., Phone]
) -> None:
    file = saved(phone, [factories.visit_operation(cared)])
    other = phone_of(phone.account_id)

    answer = other.post("/api/v1/backups", file)

    assert [one["status"] for one in answer.get_json()["results"]] == ["ok"]
    assert db.session.query(SyncOperation).one().device_id == phone.device_id
    assert db.session.query(Enterprise).one().last_visit_on == local_today()


def test_a_photo_that_the_phone_had_begun_is_finished_by_its_backup(
    phone: Phone, cared: UUID, factories: SimpleNamespace, officer_client: CleanClient
) -> None:
    key, content = str(new_id()), noise(580)
    said = [{"id": key, "sha256": sha256(content).hexdigest(), "bytes": len(content)}]
    visit = factories.visit_operation(cared, attachments=said)
    phone.results(visit)
    begun = phone.client.patch(
        f"/api/v1/files/{key}",
        data=content[:PIECE_BYTES],
        headers={**HEADERS, "Upload-Offset": "0"},
        content_type="application/octet-stream",
    )
    assert begun.status_code == 204
    assert len(content) > PIECE_BYTES

    hand_in(officer_client, saved(phone, [visit], files=[(key, content)]))

    assert db.session.get_one(VisitPhoto, UUID(key)).arrived_at is not None


def noise(side: int) -> bytes:
    """A photo that takes more than one piece, and not so much more that the client needs a file."""
    dots = Random(1).randbytes(side**2)  # noqa: S311
    buffer = BytesIO()
    Image.frombytes("L", (side, side), dots).save(buffer, "JPEG", quality=90)
    return buffer.getvalue()


def foreign_key() -> str:
    public = ec.generate_private_key(ec.SECP256R1()).public_key()
    return _text(public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))


@pytest.mark.parametrize("flaw", ["office", "author", "cut", "text", "list"])
def test_what_can_not_be_opened_is_refused_in_words(
    phone: Phone, cared: UUID, factories: SimpleNamespace, officer_client: CleanClient, flaw: str
) -> None:
    operations = [factories.visit_operation(cared)]
    whole = saved(phone, operations, office=foreign_key() if flaw == "office" else "")
    other = str(new_id()).encode()
    broken = {
        "office": whole,
        "author": whole.replace(str(phone.account_id).encode(), other),
        "cut": whole[:-40],
        "text": b"bukan cadangan",
        "list": b"[" * 90_000,
    }[flaw]

    answer = hand_in(officer_client, broken)

    assert answer.status_code == 422
    assert "bukan cadangan ponsel dari kantor ini" in answer.get_data(as_text=True)
    assert db.session.query(SyncOperation).count() == 0
