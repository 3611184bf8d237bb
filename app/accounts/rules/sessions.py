"""How long a session lives, what it must still do, and when log-in is slowed down."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from app.core.permissions import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """So many failures in so long a time."""

    count: int
    window: timedelta


# Failures that are allowed, for one account and for one address (an office shares one), before a
# wait is asked. A code has six figures, so a day of guessing at it must lead nowhere.
THROTTLE_WINDOW = timedelta(minutes=5)
THROTTLE_PER_ACCOUNT = 10
THROTTLE_PER_ADDRESS = 60
_SHORT = Limit(count=THROTTLE_PER_ACCOUNT, window=THROTTLE_WINDOW)
LIMITS: dict[str, tuple[Limit, ...]] = {
    "account": (_SHORT,),
    "factor": (
        Limit(count=5, window=THROTTLE_WINDOW),
        Limit(count=30, window=timedelta(hours=24)),
    ),
    "reset": (Limit(count=5, window=THROTTLE_WINDOW), Limit(count=30, window=timedelta(hours=24))),
    "pin": (Limit(count=5, window=THROTTLE_WINDOW), Limit(count=15, window=timedelta(hours=24))),
    "address": (Limit(count=THROTTLE_PER_ADDRESS, window=THROTTLE_WINDOW),),
}

# A session's last use is written at most this often, so that reading pages stays reading.
SEEN_EVERY = timedelta(minutes=1)

# Who sees and changes data of whole areas, or decides on money, proves themselves twice.
SECOND_FACTOR_ROLES = frozenset({Role.ADMIN, Role.LABOUR_OFFICER, Role.COOPERATIVE_OFFICER})
_DESK_ROLES = SECOND_FACTOR_ROLES | {Role.VILLAGE_OFFICER}

# Between password and code a session opens nothing, and not for long.
HALF_SESSION = timedelta(minutes=10)
RESET_CODE_LIFE = timedelta(hours=24)
# Pages with who a person is ask for the password again on a device that stays logged in.
PASSWORD_DAY = timedelta(hours=12)
# Whole NIKs leave the system only just after the password was given.
PASSWORD_JUST_NOW = timedelta(minutes=30)


class Step(StrEnum):
    """What must be done before a session opens anything else."""

    CODE = "code"
    PASSWORD = "password"
    SET_UP = "set_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLife:
    """How long a session may lie unused, and how long it lives in all."""

    idle: timedelta
    whole: timedelta


STAFF_SESSION = SessionLife(idle=timedelta(minutes=30), whole=timedelta(hours=12))
# A mentor works where there is no signal: being logged out in the field loses visits.
FIELD_SESSION = SessionLife(idle=timedelta(days=14), whole=timedelta(days=30))

# A card is often used on a phone that the family or the village shares.
CARD_SESSION = SessionLife(idle=timedelta(minutes=15), whole=timedelta(hours=4))


def session_life(roles: frozenset[Role]) -> SessionLife:
    """The shortest life that any of the roles asks for; whoever works at a desk has the short."""
    return STAFF_SESSION if roles & _DESK_ROLES or not roles else FIELD_SESSION


def must_have_second_factor(roles: frozenset[Role]) -> bool:
    """Whether one of the roles asks for a code besides the password."""
    return bool(roles & SECOND_FACTOR_ROLES)


def throttle_key(kind: str, value: str) -> str:
    """A name for an account or address under which attempts are counted, unreadable in a dump."""
    return hashlib.sha256(f"{kind}:{value}".encode()).hexdigest()
