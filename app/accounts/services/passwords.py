"""Passwords as they are kept: Argon2id with the library's defaults (RFC 9106, low memory)."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.accounts.models import Account
from app.accounts.rules import POLICIES, PasswordPolicy, check_password
from app.core import settings
from app.places.queries import path_labels

HASHER = PasswordHasher()
# Verified when nobody has that name, so that the answer takes as long as for a known one.
# Of a random password that nobody kept, at the cost of `HASHER`; a test holds them together.
# Making it at every start would take a fifth of a second.
NOBODY = (
    "$argon2id$v=19$m=65536,t=3,p=4$OD9Rg4C1VBYfmYAJ6va4Kw"
    "$XOE/IZUGRNFct/fOYQ/QP2ZExgQ3fKt6pM0wsGzznTQ"
)
_NOBODY = NOBODY


def policy() -> PasswordPolicy:
    """The policy that this installation has chosen."""
    return POLICIES[settings.current().password_policy]


def check_password_of(account: Account, password: str) -> None:
    """Refuse a weak password; the person's names and places are too easy to guess.

    Raises:
        InvalidInput: field "password".
    """
    places = path_labels(membership.area_code for membership in account.memberships).values()
    names = (account.name, (account.email or "").partition("@")[0], account.phone or "")
    check_password(password, names=(*names, *places), policy=policy())


def hash_password(password: str) -> str:
    """A password or code as it is kept."""
    return HASHER.hash(password)


def matches(password_hash: str | None, password: str) -> bool:
    """Whether this is the password; without a hash it takes as long, and it is not."""
    try:
        HASHER.verify(password_hash or _NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def rehashed(password_hash: str, password: str) -> str | None:
    """The hash by today's cost, when the kept one is by an earlier one."""
    return HASHER.hash(password) if HASHER.check_needs_rehash(password_hash) else None
