"""The clock of requests, what of a row names a person, and how long what is kept."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from app.core.errors import InvalidInput, WrongState
from app.rights.rules.erasing import is_free_text, is_point, without_texts
from app.rights.rules.requests import (
    check_open,
    check_reason,
    clock_of,
    clock_time,
    due_at,
    received,
)
from app.rights.rules.retention import years_before

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def test_a_request_is_due_three_days_after_it_came_in():
    assert due_at(NOW) - NOW == timedelta(hours=72)


@pytest.mark.parametrize(
    ("left", "words", "tone"),
    [
        (timedelta(hours=53), "tersisa 2 hari 5 jam", "info"),
        (timedelta(hours=24), "tersisa 1 hari 0 jam", "warn"),
        (timedelta(hours=5, minutes=59), "tersisa 5 jam", "warn"),
        (timedelta(minutes=20), "tersisa 20 menit", "warn"),
        (timedelta(0), "tersisa 0 menit", "warn"),
        (timedelta(hours=-3), "terlambat 3 jam", "bad"),
    ],
)
def test_what_is_left_is_told_in_words_and_tone(left, words, tone):
    clock = clock_of(NOW + left, now=NOW)

    assert (clock.words, clock.tone, clock.is_overdue) == (words, tone, tone == "bad")


def test_an_answer_stops_the_clock():
    in_time = clock_of(NOW, now=NOW + timedelta(days=9), answered_at=NOW - timedelta(hours=1))
    late = clock_of(NOW, now=NOW + timedelta(days=9), answered_at=NOW + timedelta(hours=30))

    assert (in_time.words, in_time.tone) == ("dijawab tepat waktu", "good")
    assert (late.words, late.tone) == ("terlambat 1 hari 6 jam", "bad")


def test_the_time_of_a_request_is_local_and_not_to_come():
    today = date(2026, 11, 22)

    assert received(today, "", now=NOW) == NOW
    assert received(today, "09.30", now=NOW) == datetime(2026, 11, 22, 2, 30, tzinfo=UTC)
    assert received(date(2026, 11, 21), None, now=NOW) == datetime(2026, 11, 20, 17, tzinfo=UTC)
    with pytest.raises(InvalidInput):
        received(today, "10.30", now=NOW)


@pytest.mark.parametrize("text", ["24.00", "9", "09.60", "pagi"])
def test_what_is_no_time_is_refused(text):
    with pytest.raises(InvalidInput):
        clock_time(text, field="received_time")


def test_nobody_answers_twice_or_refuses_without_reason():
    with pytest.raises(WrongState):
        check_open("dipenuhi")
    with pytest.raises(InvalidInput):
        check_reason("  tidak   ")
    assert check_reason(" bukan pemilik datanya ") == "bukan pemilik datanya"


def test_typed_texts_are_told_from_codes():
    assert is_free_text("findings", None)
    assert is_free_text("met_with", 120)
    assert not is_free_text("state", 16)
    assert not is_free_text("content_sha256", 64)
    assert is_point("lat")
    assert is_point("base_lng")
    assert not is_point("plat")


def test_gathered_answers_keep_numbers_and_codes():
    told = {"a": [1, None, "KEU1"], "b": {"c": "Utang Bu Sri"}, "d": "0190d3c5-6c5e-7000-8000"}

    assert without_texts(told) == {"a": [1, None, "KEU1"], "b": {"c": ""}, "d": ""}


def test_years_go_back_to_the_same_day():
    assert years_before(date(2026, 11, 22), 5) == date(2021, 11, 22)
    assert years_before(date(2028, 2, 29), 5) == date(2023, 2, 28)
