"""Opening what phones saved for the office."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.core.errors import InvalidInput
from app.core.scope import Scope
from app.field.models import FieldDevice
from app.field.queries.handed_in import device_of_backup
from app.field.rules import FIELD_SUBJECT
from app.field.rules.files import PIECE_BYTES
from app.field.services.field_keys import office_private_keys
from app.history.rules import register_actions
from app.history.services import record

KIND, FORM = "pulih-cadangan", 1
LARGEST = 25_000_000
_INFO = b"pulih cadangan v1"
register_actions({"field_backup.handed_in": "Cadangan ponsel diserahkan"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """What a phone had not sent: operations as it would send them, and photos by their id."""

    account_id: UUID
    device_id: UUID
    batch: Mapping[str, Any]
    files: tuple[tuple[UUID, bytes], ...]

    @property
    def operations(self) -> list[Any]:
        """The operations."""
        found: list[Any] = self.batch["ops"]
        return found

    def batches(self, most: int) -> Iterator[dict[str, Any]]:
        """The same as batches of at most so many operations."""
        for start in range(0, max(len(self.operations), 1), most):
            yield {**self.batch, "ops": self.operations[start : start + most]}


def open_backup(said: Any) -> Backup:
    """Open a file that a phone made, with the key of the office, also with an earlier one.

    That it can be opened says who may read it, not who wrote it: whoever hands it in answers for
    the person from whom they took it.

    Raises:
        InvalidInput: field "file": it is none of ours, is damaged, or of another office.
    """
    try:
        # What it says of itself is sealed with it: another kind or form opens no more.
        bound = f"{KIND}:{FORM}:{said['account_id']}:{said['device_id']}".encode()
        secret = _secret(said["office"], bound)
        content = json.loads(_opened(AESGCM(secret), said, bound))
        return _backup(content, said)
    except (KeyError, TypeError, ValueError, binascii.Error, RecursionError) as broken:
        raise _unreadable() from broken


def check_handed_in(backup: Backup, *, scope: Scope, by: UUID) -> FieldDevice:
    """The phone that a backup is of, noted as handed in by somebody.

    Raises:
        NotFound: no such phone of that account within the scope.
    """
    device = device_of_backup(scope, backup.device_id, backup.account_id)
    record(
        subject_type=FIELD_SUBJECT,
        subject_id=device.id,
        action="field_backup.handed_in",
        by=by,
        changes={"count": [None, len(backup.operations)]},
    )
    return device


def pieces(content: bytes, *, received: int = 0) -> Iterator[tuple[int, bytes]]:
    """What of a file hasn't come, as the pieces in which it would have been sent, with where each
    begins."""
    for start in range(received, len(content), PIECE_BYTES):
        yield start, content[start : start + PIECE_BYTES]


def _secret(office: Mapping[str, Any], bound: bytes) -> bytes:
    raw = _bytes(office["epk"])
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw)
    for own in office_private_keys():
        shared = own.exchange(ec.ECDH(), theirs)
        key = HKDF(algorithm=SHA256(), length=32, salt=raw, info=_INFO).derive(shared)
        try:
            return _opened(AESGCM(key), office, bound)
        except ValueError:
            continue
    raise ValueError("no key fits")


def _opened(key: AESGCM, part: Mapping[str, Any], bound: bytes) -> bytes:
    try:
        return key.decrypt(_bytes(part["iv"]), _bytes(part["ct"]), bound)
    except InvalidTag as other:
        raise ValueError("sealed by another key") from other


def _backup(content: Mapping[str, Any], said: Mapping[str, Any]) -> Backup:
    if not isinstance(content["ops"], list):
        raise TypeError("ops")
    files = tuple((UUID(one["id"]), _bytes(one["b64"])) for one in content.get("files", []))
    return Backup(
        account_id=UUID(str(said["account_id"])),
        device_id=UUID(str(said["device_id"])),
        batch={
            "device_id": str(said["device_id"]),
            "app_version": content.get("app_version"),
            "epoch": None,
            "sent_at": said.get("made_at"),
            "ops": content["ops"],
        },
        files=files,
    )


def _bytes(text: Any) -> bytes:
    return base64.b64decode(text, validate=True)


def _unreadable() -> InvalidInput:
    return InvalidInput(
        "cadangan_tidak_terbaca",
        field="file",
        message="Berkas ini bukan cadangan ponsel dari kantor ini, atau rusak.",
    )
