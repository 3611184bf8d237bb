"""A file that only the holder of a key can read, and in which no byte can be changed unseen.

AES-256-GCM in the STREAM construction: the content is sealed in chunks; the nonce of a chunk is
its number and whether it is the last, so that chunks can't be cut off, swapped or repeated. Each
file has a key of its own, derived (HKDF-SHA-256) from the backup key and a random salt, so that
no nonce is ever used twice under one key.

    magic (15 bytes) | key mark (8) | salt (32) | sealed chunks of 1 MiB + 16, the last one shorter
"""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"pulih-backup-1\n"
KEY_BYTES = 32
CHUNK_BYTES = 1024 * 1024
_MARK_BYTES = 8
_SALT_BYTES = 32
_TAG_BYTES = 16
_SEALED_BYTES = CHUNK_BYTES + _TAG_BYTES
_COUNTER_BYTES = 11


class BackupBroken(Exception):
    """The file is no backup of ours, was cut or changed, or no key fits. The text says which."""


class SealedWriter(io.RawIOBase):
    """Seals what is written to it into `target`; without `close` the file is not whole."""

    def __init__(self, target: BinaryIO, key: bytes) -> None:
        header = MAGIC + _mark(key) + os.urandom(_SALT_BYTES)
        target.write(header)
        self._target = target
        self._cipher = _cipher(key, header)
        self._waiting = bytearray()
        self._number = 0

    def writable(self) -> bool:
        """It is written to."""
        return True

    def write(self, content: object) -> int:
        """Take some bytes. The last chunk waits for `close`, which alone knows that it is last."""
        view = memoryview(content)  # type: ignore[arg-type]
        self._waiting += view
        while len(self._waiting) > CHUNK_BYTES:
            self._seal(bytes(self._waiting[:CHUNK_BYTES]), is_last=False)
            del self._waiting[:CHUNK_BYTES]
        return len(view)

    def close(self) -> None:
        """Seal the last chunk. The target stays open."""
        if not self.closed:
            self._seal(bytes(self._waiting), is_last=True)
        super().close()

    def _seal(self, chunk: bytes, *, is_last: bool) -> None:
        nonce = _nonce(self._number, is_last=is_last)
        self._target.write(self._cipher.encrypt(nonce, chunk, None))
        self._number += 1


class SealedReader(io.RawIOBase):
    """The content of a sealed file; gives no byte that was not authenticated.

    Raises:
        BackupBroken: on opening or reading; also at the end of a file that was cut there.
    """

    def __init__(self, source: BinaryIO, keys: Sequence[bytes]) -> None:
        header = source.read(len(MAGIC) + _MARK_BYTES + _SALT_BYTES)
        if not header.startswith(MAGIC) or len(header) < len(MAGIC) + _MARK_BYTES + _SALT_BYTES:
            raise BackupBroken("Berkas ini bukan cadangan Pulih, atau terpotong di awal.")
        mark = header[len(MAGIC) : len(MAGIC) + _MARK_BYTES]
        key = next((one for one in keys if _mark(one) == mark), None)
        if key is None:
            raise BackupBroken("Kunci tidak cocok: cadangan ini dibuat dengan BACKUP_KEY lain.")
        self._source = source
        self._cipher = _cipher(key, header)
        self._number = 0
        self._ahead = source.read(_SEALED_BYTES)
        self._open = b""
        self._is_at_end = False

    def readable(self) -> bool:
        """It is read from."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill some of `buffer`; 0 at the end."""
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        while not self._open and not self._is_at_end:
            self._open = self._next()
        taken = self._open[: len(view)]
        view[: len(taken)] = taken
        self._open = self._open[len(taken) :]
        return len(taken)

    def _next(self) -> bytes:
        sealed, self._ahead = self._ahead, self._source.read(_SEALED_BYTES)
        self._is_at_end = not self._ahead
        nonce = _nonce(self._number, is_last=self._is_at_end)
        self._number += 1
        try:
            return self._cipher.decrypt(nonce, sealed, None)
        except InvalidTag as broken:
            raise BackupBroken(
                f"Cadangan rusak atau terpotong pada bagian ke-{self._number}."
            ) from broken


def _mark(key: bytes) -> bytes:
    """By which a key is known without telling anything of it."""
    return _derived(key, b"", b"pulih backup mark", _MARK_BYTES)


def _cipher(key: bytes, header: bytes) -> AESGCM:
    salt = header[-_SALT_BYTES:]
    return AESGCM(_derived(key, salt, b"pulih backup file" + header[:-_SALT_BYTES], KEY_BYTES))


def _derived(key: bytes, salt: bytes, purpose: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt or None, info=purpose).derive(key)


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(_COUNTER_BYTES, "big") + (b"\x01" if is_last else b"\x00")
