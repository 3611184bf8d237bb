"""Every row of the table of dates that offices write."""

from datetime import date, datetime

import pytest

from app.core.errors import InvalidInput
from app.core.local_dates import parse_day

TODAY = date(2026, 11, 22)
AUGUST_17 = date(2023, 8, 17)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        (date(2023, 8, 17), AUGUST_17),
        (datetime(2023, 8, 17, 10, 30), AUGUST_17),  # noqa: DTZ001 - cells have no zone.
        ("17/08/2023", AUGUST_17),
        ("17-8-23", AUGUST_17),
        ("17.08.2023", AUGUST_17),
        ("2023-08-17", AUGUST_17),
        ("2023-08-17 00:00:00", AUGUST_17),
        ("17 Agustus 2023", AUGUST_17),
        ("Kamis, 17 Agustus 2023", AUGUST_17),
        ("17 Agt 2023", AUGUST_17),
        ("17 Ags 23", AUGUST_17),
        ("17-Aug-23", AUGUST_17),
        ("1 Okt 2023", date(2023, 10, 1)),
        ("1 Mei 2023", date(2023, 5, 1)),
        ("1 Peb 2023", date(2023, 2, 1)),
        ("1 Nopember 2023", date(2023, 11, 1)),
        ("1 Des 2023", date(2023, 12, 1)),
        ("05/06/2023", date(2023, 6, 5)),
        ("12-08-85", date(1985, 8, 12)),
    ],
)
def test_days_are_read_day_first(written, day):
    parsed = parse_day(written, today=TODAY)

    assert (parsed.day, parsed.notes) == (day, ())


@pytest.mark.parametrize("written", [45155, 45155.0, "45155", "20230817", 20230817])
def test_serial_numbers_and_compact_days_carry_a_note(written):
    parsed = parse_day(written, today=TODAY)

    assert parsed.day == AUGUST_17
    assert parsed.notes


def test_a_workbook_that_counts_from_1904_is_shifted():
    assert parse_day(43693, today=TODAY, epoch1904=True).day == AUGUST_17


@pytest.mark.parametrize("written", ["00/00/0000", "0000-00-00", "-", "", None, "  "])
def test_empty_days_are_empty(written):
    assert parse_day(written, today=TODAY).day is None


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("08/17/2023", "date_month_first"),
        ("31/06/2023", "date_impossible"),
        ("29/02/2023", "date_impossible"),
        (60, "date_impossible"),
        ("Agustus 2023", "date_incomplete"),
        ("08/2023", "date_incomplete"),
        ("2023", "date_incomplete"),
        (2023, "date_incomplete"),
        ("17/08/2099", "date_future"),
        ("17/08/1745", "date_too_old"),
        ("kemarin", "date_unreadable"),
        ("17 Agustos 2023", "date_unreadable"),
        ("31/13/2023", "date_impossible"),
        (9e9, "date_unreadable"),
        (-3, "date_unreadable"),
    ],
)
def test_what_is_no_day_is_refused(written, code):
    with pytest.raises(InvalidInput) as refusal:
        parse_day(written, today=TODAY)

    assert refusal.value.code == code


def test_the_refusal_of_a_month_first_day_asks_about_the_month():
    with pytest.raises(InvalidInput) as refusal:
        parse_day("08/17/2023", today=TODAY)

    assert refusal.value.message.startswith("Bulan 17?")


@pytest.mark.parametrize(
    ("written", "rests"),
    [("05/06/2023", True), ("17/08/2023", True), ("2023-08-17", False), ("17 Agt 2023", False)],
)
def test_only_digits_alone_rest_on_the_order(written, rests):
    assert parse_day(written, today=TODAY).rests_on_order is rests
