from datetime import date

import pytest

from app.core.errors import InvalidInput
from app.core.identity import (
    check_nik_against,
    mask_nik,
    mask_phone,
    parse_family_card,
    parse_nik,
    parse_phone,
)

TODAY = date(2026, 11, 22)


def codes(doubts):
    return [doubt.code for doubt in doubts]


def test_nik_of_a_woman_tells_sex_birth_date_and_area():
    nik = parse_nik("3302145208850003", today=TODAY)

    assert (nik.sex, nik.born_on) == ("P", date(1985, 8, 12))
    assert (nik.province_code, nik.regency_code, nik.district_code) == ("33", "33.02", "33.02.14")
    assert nik.warnings == ()


@pytest.mark.parametrize(
    "text",
    ["33.0214.520885.0003", " 3302 1452 0885 0003 ", "'3302145208850003", "33021452088500０3"],
)
def test_nik_may_be_typed_with_marks_and_blanks(text):
    assert parse_nik(text, today=TODAY).value == "3302145208850003"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("3302147208850003", "nik_date"),
        ("3302143102850003", "nik_date"),
        ("3302140008850003", "nik_date"),
        ("3302145208850000", "nik_serial"),
        ("1002145208850003", "nik_province"),
        ("9902145208850003", "nik_province"),
        ("330214520885000", "nik_wrong_length"),
        ("33021452088500031", "nik_wrong_length"),
        ("3.30215E+15", "nik_not_digits"),
        ("", "nik_not_digits"),
    ],
)
def test_impossible_nik_is_refused_with_the_reason(text, code):
    with pytest.raises(InvalidInput) as caught:
        parse_nik(text, today=TODAY)

    assert (caught.value.code, caught.value.field) == (code, "nik")
    assert caught.value.message


def test_century_is_the_last_one_when_the_day_would_lie_in_the_future():
    assert parse_nik("3302142312260001", today=TODAY).born_on == date(1926, 12, 23)
    assert parse_nik("3302142111260001", today=TODAY).born_on == date(2026, 11, 21)


def test_leap_day_exists_only_in_leap_years():
    assert parse_nik("3302142902000001", today=TODAY).born_on == date(2000, 2, 29)
    with pytest.raises(InvalidInput):
        parse_nik("3302142902010001", today=TODAY)


def test_nik_of_a_child_is_doubted_but_accepted():
    assert codes(parse_nik("3302142111200001", today=TODAY).warnings) == ["nik_very_young"]


def test_differences_from_what_was_stated_are_doubts_only():
    nik = parse_nik("3302145208850003", today=TODAY)

    same = check_nik_against(nik, born_on=date(1985, 8, 12), sex="P", area_code="33.02.04.2001")
    other = check_nik_against(nik, born_on=date(1985, 8, 13), sex="L", area_code="33.03.01.2001")

    assert same == check_nik_against(nik) == ()
    assert codes(other) == ["nik_birth_date_differs", "nik_sex_differs", "nik_area_differs"]


def test_masks_show_only_the_ends_and_reprs_are_masked():
    nik = parse_nik("3302145208850003", today=TODAY)
    phone = parse_phone("081234567890")

    assert mask_nik(nik.value) == "330214••••••••03"
    assert mask_phone(phone.value) == "+62812•••••890"
    assert "520885" not in repr(nik)
    assert "34567" not in repr(phone)


def test_family_card_with_a_birth_date_of_a_woman_is_doubted():
    good = parse_family_card("3302141708130003", today=TODAY)
    odd = parse_family_card("3302145208850003", today=TODAY)

    assert (good.issued_on, good.warnings) == (date(2013, 8, 17), ())
    assert codes(odd.warnings) == ["kk_date"]


@pytest.mark.parametrize(
    "text",
    [
        "0812-3456-7890",
        "62 812 3456 7890",
        "+62 812-3456-7890",
        "6281234567890",
        "81234567890",
        "(0812) 3456.7890",
    ],
)
def test_mobile_numbers_are_stored_one_way(text):
    phone = parse_phone(text)

    assert (phone.value, phone.is_mobile, phone.warnings) == ("+6281234567890", True, ())


@pytest.mark.parametrize(
    ("text", "value", "code"),
    [
        ("0281 636170", "+62281636170", "phone_not_mobile"),
        ("+886 912 345 678", "+886912345678", "phone_foreign"),
    ],
)
def test_other_possible_numbers_are_doubted(text, value, code):
    phone = parse_phone(text)

    assert (phone.value, codes(phone.warnings)) == (value, [code])


@pytest.mark.parametrize(
    "text",
    [
        "0813-2711-5555/0857 1111 2222",
        "081327115555, 085711112222",
        "081327115555 atau 085711112222",
    ],
)
def test_two_numbers_in_one_are_said_to_be_two(text):
    with pytest.raises(InvalidInput) as caught:
        parse_phone(text)

    assert caught.value.code == "phone_two"


def test_a_slash_after_the_area_code_makes_no_second_number():
    assert parse_phone("0281/636170").value == "+62281636170"


@pytest.mark.parametrize("text", ["0812", "0812345", "08123456789012345", "tidak ada", "", "-"])
def test_impossible_phone_is_refused(text):
    with pytest.raises(InvalidInput) as caught:
        parse_phone(text)

    assert caught.value.field == "phone"
