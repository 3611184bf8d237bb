"""Keys that phones get from the server, and the office's key for what phones save.

All are derived from the secret of the configuration, so none is stored and each can be given
again. A secret that was replaced goes on opening what it opened (`SECRET_KEY_FALLBACKS`).
"""

from __future__ import annotations

import base64
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.core import settings
from app.core.sealing import derive_key

_RECOVERY = "field recovery {account_id} {device_id}"
_BACKUP = "field backup of phones {part}"
_CURVE = ec.SECP256R1()
# The order of P-256 (FIPS 186-4).
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def recovery_keys(*, account_id: UUID, device_id: UUID) -> tuple[str, ...]:
    """The key that opens the store of one account on one phone, in base64; then earlier ones."""
    purpose = _RECOVERY.format(account_id=account_id.hex, device_id=device_id.hex)
    return tuple(
        base64.b64encode(derive_key(secret, purpose=purpose)).decode() for secret in _secrets()
    )


def office_public_key() -> str:
    """The key for which a phone seals what it saves for the office: P-256, SPKI in base64."""
    public = office_private_keys()[0].public_key()
    der = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(der).decode()


def office_private_keys() -> tuple[ec.EllipticCurvePrivateKey, ...]:
    """The keys that open what phones saved for the office: the present one, then earlier ones."""
    return tuple(_private_key(secret) for secret in _secrets())


def _private_key(secret: str) -> ec.EllipticCurvePrivateKey:
    # Two parts: sixteen bytes more than the order, so that no key is likelier than another.
    wide = b"".join(derive_key(secret, purpose=_BACKUP.format(part=part)) for part in (1, 2))
    return ec.derive_private_key(int.from_bytes(wide[:48]) % (_ORDER - 1) + 1, _CURVE)


def _secrets() -> tuple[str, ...]:
    keys = settings.current()
    return (keys.secret_key, *keys.secret_key_fallbacks)
