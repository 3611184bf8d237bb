"""A calendar as phones and programs subscribe to it (RFC 5545), of whole days alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

# Octets in one line, without its end (RFC 5545, 3.1).
_LINE_OCTETS = 75
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": ""})
_REFRESH_HOURS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something on a day; `warn_days` are so many days before it."""

    key: str
    on: date
    title: str
    text: str = ""
    address: str = ""
    warn_days: tuple[int, ...] = ()


def calendar_text(name: str, events: Iterable[Event], *, now: datetime, host: str) -> str:
    """The whole calendar, lines folded and ended as the standard asks."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Pulih//Izin//ID",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
        f"REFRESH-INTERVAL;VALUE=DURATION:PT{_REFRESH_HOURS}H",
        *(line for event in events for line in _event(event, now, host)),
        "END:VCALENDAR",
    ]
    return "".join(f"{part}\r\n" for line in lines for part in folded(line))


def escaped(text: str) -> str:
    """Text as a value: what parts values is escaped, line ends are told.

    >>> escaped("Bu Sri; keripik, tempe")
    'Bu Sri\\\\; keripik\\\\, tempe'
    """
    return text.translate(_ESCAPED)


def folded(line: str) -> Iterator[str]:
    """The line in pieces of at most 75 octets, never through a sign; later ones begin blank."""
    piece, size = "", 0
    for sign in line:
        octets = len(sign.encode())
        if size + octets > _LINE_OCTETS:
            yield piece
            piece, size = " ", 1
        piece += sign
        size += octets
    yield piece


def _event(event: Event, now: datetime, host: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.key}@{host}"
    yield f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{event.on:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.on + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(event.title)}"
    if event.text:
        yield f"DESCRIPTION:{escaped(event.text)}"
    if event.address:
        yield f"URL:{event.address}"
    yield "TRANSP:TRANSPARENT"
    for days in event.warn_days:
        yield "BEGIN:VALARM"
        yield "ACTION:DISPLAY"
        yield f"DESCRIPTION:{escaped(event.title)}"
        yield f"TRIGGER:-P{days}D"
        yield "END:VALARM"
    yield "END:VEVENT"
