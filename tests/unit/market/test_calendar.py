"""The calendar's format: folding, escaping, whole days (RFC 5545)."""

from __future__ import annotations

from datetime import UTC, date, datetime

from app.market.rules.calendar import Event, calendar_text, folded

NOW = datetime(2026, 11, 22, 3, 4, 5, tzinfo=UTC)


def text_of(*events: Event) -> str:
    return calendar_text("Izin", events, now=NOW, host="pulih.test")


def test_a_day_is_an_event_that_ends_before_the_next() -> None:
    event = Event(key="1-habis", on=date(2026, 12, 31), title="SPP-IRT: Sari", warn_days=(30, 7))

    lines = text_of(event).split("\r\n")

    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    for wanted in (
        "UID:1-habis@pulih.test",
        "DTSTAMP:20261122T030405Z",
        "DTSTART;VALUE=DATE:20261231",
        "DTEND;VALUE=DATE:20270101",
        "TRIGGER:-P30D",
        "TRIGGER:-P7D",
    ):
        assert wanted in lines
    assert lines.count("BEGIN:VALARM") == lines.count("END:VALARM") == 2


def test_what_was_typed_can_not_begin_a_line_of_its_own() -> None:
    event = Event(key="1", on=date(2026, 1, 1), title="a;b,c\\d\r\nEND:VCALENDAR\nX:1")

    told = text_of(event)

    assert "SUMMARY:a\\;b\\,c\\\\d\\nEND:VCALENDAR\\nX:1\r\n" in told
    assert told.count("\r\nEND:VCALENDAR\r\n") == 1
    assert "\n" not in told.replace("\r\n", "")


def test_lines_have_at_most_75_octets_and_unfold_to_what_they_were() -> None:
    for line in ("x" * 75, "x" * 76, "SUMMARY:" + "é" * 200, "SUMMARY:" + "𝄞a" * 90, ""):
        pieces = list(folded(line))

        assert all(len(piece.encode()) <= 75 for piece in pieces)
        assert pieces[0] + "".join(piece.removeprefix(" ") for piece in pieces[1:]) == line
        assert all(piece.startswith(" ") for piece in pieces[1:])
