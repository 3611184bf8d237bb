"""How people name themselves at the door, and how their devices are told apart."""

from __future__ import annotations

from app.core.errors import InvalidInput
from app.core.identity import parse_phone

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
