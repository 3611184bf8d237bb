"""What a password must be, how long a session lives, when log-in is slowed down."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import timedelta

from app.core.errors import InvalidInput
from app.core.identity import parse_phone
from app.core.permissions import Role
from app.core.text import search_text

PASSWORD_MIN = 12
PASSWORD_MAX = 200
# Words that an attacker of this system would try first.
CONTEXT_WORDS = ("pulih", "desmigratif", "disnaker", "password", "katasandi", "sandi", "indonesia")
_SEQUENCES = ("0123456789012", "abcdefghijklmnop", "qwertyuiopasdf")

# The first mark that is found names it: Edge and Opera also call themselves Chrome, and so on.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("UCBrowser", "UC Browser"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)

# Failures that are allowed in the window, for one account and for one address (an office shares
# one), before a wait is asked.
THROTTLE_WINDOW = timedelta(minutes=5)
THROTTLE_PER_ACCOUNT = 10
THROTTLE_PER_ADDRESS = 60

# A session's last use is written at most this often, so that reading pages stays reading.
SEEN_EVERY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLife:
    """How long a session may lie unused, and how long it lives in all."""

    idle: timedelta
    whole: timedelta


STAFF_SESSION = SessionLife(idle=timedelta(hours=2), whole=timedelta(hours=12))
# A mentor works where there is no signal: being logged out in the field loses visits.
FIELD_SESSION = SessionLife(idle=timedelta(days=14), whole=timedelta(days=30))


def session_life(roles: frozenset[Role]) -> SessionLife:
    """The shortest life that any of the roles asks for; officers and admins work at desks."""
    staff = {Role.ADMIN, Role.LABOUR_OFFICER, Role.COOPERATIVE_OFFICER}
    return STAFF_SESSION if roles & staff or not roles else FIELD_SESSION


def check_password(password: str, *, names: tuple[str, ...] = ()) -> None:
    """Refuse a password that is short, all too common, or made of the person's own names.

    Any character counts, nothing is cut, no classes of characters are demanded (ASVS 6.2).

    Raises:
        InvalidInput: field "password", with what to do.
    """
    if len(password) < PASSWORD_MIN:
        raise InvalidInput(
            "password_short",
            field="password",
            message=f"Kata sandi paling sedikit {PASSWORD_MIN} huruf. Pakai kalimat pendek.",
        )
    if len(password) > PASSWORD_MAX:
        raise InvalidInput(
            "password_long",
            field="password",
            message=f"Kata sandi paling panjang {PASSWORD_MAX} huruf.",
        )
    if _is_guessable(password, names):
        raise InvalidInput(
            "password_guessable",
            field="password",
            message="Kata sandi ini mudah ditebak. Pakai beberapa kata yang tidak berhubungan.",
        )


def _is_guessable(password: str, names: tuple[str, ...]) -> bool:
    plain = search_text(password).replace(" ", "")
    if len(set(plain)) < 5 or any(plain in sequence * 3 for sequence in _SEQUENCES):
        return True
    rest = plain
    for word in CONTEXT_WORDS + tuple(search_text(name).replace(" ", "") for name in names):
        if len(word) >= 4:
            rest = rest.replace(word, "")
    # What is left when the guessable words are taken out must still be a secret.
    return len(re.sub(r"[\d]", "", rest)) < 6


def throttle_key(kind: str, value: str) -> str:
    """A name for an account or address under which attempts are counted, unreadable in a dump."""
    return hashlib.sha256(f"{kind}:{value}".encode()).hexdigest()


def login_phone(text: str) -> str:
    """A phone as it is kept (+62...).

    Raises:
        InvalidInput: field "phone", when it can't be a phone.
    """
    return parse_phone(text).value


def login_name(text: str) -> str:
    """What was typed to log in: an e-mail in lower case, or a phone as it is kept."""
    name = text.strip().lower()
    if "@" in name:
        return name
    try:
        return login_phone(name)
    except InvalidInput:
        return name


def device_name(user_agent: str) -> str:
    """What a browser says it is, in two words that its owner recognises.

    >>> device_name("Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/150.0 Mobile")
    'Chrome di Android'
    """
    browser = next((label for mark, label in _BROWSERS if mark in user_agent), "Peramban")
    system = next((label for mark, label in _SYSTEMS if mark in user_agent), "")
    return f"{browser} di {system}" if system else browser
