"""What phones sent, sealed while somebody must still decide about it or it waits for another."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any
from uuid import UUID

from app.core import settings
from app.core.sealing import derive_key, seal, unseal
from app.field.rules.strict_json import canonical

_PURPOSE = "what phones sent"


def sealed(value: Any, *, key: UUID) -> bytes:
    """A value as it is kept in the row with this key."""
    return seal(canonical(value).decode(), _key(settings.current().secret_key), key.bytes)


def unsealed(kept: bytes, *, key: UUID) -> Any:
    """The value that lies sealed in the row with this key.

    Raises:
        SealBroken: no present or earlier secret opens it.
    """
    secrets = settings.current()
    keys = [_key(secret) for secret in (secrets.secret_key, *secrets.secret_key_fallbacks)]
    return json.loads(unseal(kept, keys, key.bytes))


@lru_cache(maxsize=8)
def _key(secret: str) -> bytes:
    return derive_key(secret, purpose=_PURPOSE)
