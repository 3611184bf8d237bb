"""Codes that people type: of the second factor, of recovery, of a reset."""

from __future__ import annotations

import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime

import pyotp

# Without letters and figures that are mistaken for each other.
_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_STEP_SECONDS = 30
# One step before and after: phones' clocks are off. ASVS 6.5.5 wants 30 s in all.
_DRIFT_STEPS = 1
RECOVERY_COUNT = 10
_RECOVERY_SIGNS = 10
_RESET_SIGNS = 12
_RECOVERY = re.compile(rf"(\d{{1,2}})[ .\-]*([{_ALPHABET}]{{5}})[ \-]*([{_ALPHABET}]{{5}})")
ISSUER = "Pulih"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryCode:
    """One of ten codes for a day without the phone. The number finds it, the secret opens."""

    number: int
    secret: str

    @property
    def shown(self) -> str:
        """As it is written down.

        >>> RecoveryCode(number=3, secret="ABCDEFGHJK").shown
        '03-ABCDE-FGHJK'
        """
        return f"{self.number:02d}-{self.secret[:5]}-{self.secret[5:]}"


def new_secret() -> str:
    """A secret for an authenticator app: 160 bits in base32."""
    return pyotp.random_base32()


def grouped(secret: str) -> str:
    """A secret as people copy it.

    >>> grouped("ABCDEFGHIJ")
    'ABCD EFGH IJ'
    """
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def app_address(secret: str, *, name: str) -> str:
    """What the QR code says to an authenticator app."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER)


def code_at(secret: str, at: datetime) -> str:
    """The six figures that the app shows at an instant."""
    return pyotp.TOTP(secret).at(at)


def step_of_code(secret: str, typed: str, *, at: datetime) -> int | None:
    """The time step whose code was typed, if it is that of `at` or one beside it."""
    figures = re.sub(r"[ \-.]", "", typed)
    now = int(at.timestamp()) // _STEP_SECONDS
    otp = pyotp.TOTP(secret)
    for step in range(now - _DRIFT_STEPS, now + _DRIFT_STEPS + 1):
        if hmac.compare_digest(otp.generate_otp(step).encode(), figures.encode()):
            return step
    return None


def new_recovery_codes() -> tuple[RecoveryCode, ...]:
    """Ten fresh codes, each with 50 random bits."""
    return tuple(
        RecoveryCode(number=number, secret=_random(_RECOVERY_SIGNS))
        for number in range(1, RECOVERY_COUNT + 1)
    )


def recovery_code(typed: str) -> RecoveryCode | None:
    """The recovery code that was typed, if it has the shape of one."""
    found = _RECOVERY.fullmatch(typed.strip().upper())
    return found and RecoveryCode(number=int(found[1]), secret=found[2] + found[3])


def new_reset_code() -> str:
    """A code that a superior hands over: 60 random bits, in groups."""
    signs = _random(_RESET_SIGNS)
    return "-".join(signs[start : start + 4] for start in range(0, _RESET_SIGNS, 4))


def plain_code(typed: str) -> str:
    """A typed reset code as it is hashed."""
    return re.sub(r"[^A-Z0-9]", "", typed.upper())


def _random(length: int) -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))
