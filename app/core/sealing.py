"""Personal numbers at rest: sealed, and found again by a blind index.

Keys come from the configuration, never from the database. The row's id is bound into the seal,
so a sealed value that is moved to another row can't be opened there.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Sequence
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_FORMAT = b"\x01"
_NONCE_BYTES = 12
KEY_BYTES = 32


class SealBroken(ValueError):
    """None of the keys opens the value, or it was sealed for another row."""


def derive_key(secret: str, *, purpose: str) -> bytes:
    """A key of 32 bytes for one purpose, from a secret of the configuration (HKDF-SHA-256).

    The same secret gives unrelated keys for unrelated purposes.
    """
    derivation = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose.encode())
    return derivation.derive(secret.encode())


def seal(plain: str, key: bytes, associated: bytes) -> bytes:
    """Encrypt with AES-256-GCM; `associated` (the row's id) must be given again to open it."""
    nonce = os.urandom(_NONCE_BYTES)
    return _FORMAT + nonce + _cipher(key).encrypt(nonce, plain.encode(), associated)


def unseal(sealed: bytes, keys: Sequence[bytes], associated: bytes) -> str:
    """Open a sealed value with the first of `keys` that fits: the present key, then older ones.

    Raises:
        SealBroken: no key fits, another row's id, or the bytes were changed.
    """
    if sealed[:1] != _FORMAT:
        raise SealBroken("unknown format")
    nonce, body = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
    for key in keys:
        try:
            return _cipher(key).decrypt(nonce, body, associated).decode()
        except InvalidTag:
            continue
    raise SealBroken("no key fits")


@lru_cache(maxsize=8)
def _cipher(key: bytes) -> AESGCM:
    """The cipher of a key: making it anew for each value took as long as sealing."""
    return AESGCM(key)


def blind_index(value: str, key: bytes) -> str:
    """Hex HMAC-SHA-256 by which a sealed value is found without opening any.

    A plain hash would not do: the numbers of one district are few enough to try them all.
    """
    return hmac.digest(key, value.encode(), "sha256").hex()


def blind_indexes(value: str, keys: Sequence[bytes]) -> tuple[str, ...]:
    """The index under each key, the present one first: rows of an older key are found too."""
    return tuple(blind_index(value, key) for key in keys)
