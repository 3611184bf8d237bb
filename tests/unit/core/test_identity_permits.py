from datetime import date

import pytest

from app.core.errors import InvalidInput
from app.core.identity import (
    check_pirt_against,
    parse_halal,
    parse_kbli,
    parse_md,
    parse_merek,
    parse_nib,
    parse_nitku,
    parse_npwp,
    parse_pirt,
)

TODAY = date(2026, 11, 22)


def codes(doubts):
    return [doubt.code for doubt in doubts]


@pytest.mark.parametrize("text", ["013000666091000", "024212755091000", "02.421.275.5-091.000"])
def test_old_npwp_with_a_right_check_digit_passes(text):
    assert parse_npwp(text).warnings == ()


@pytest.mark.parametrize("text", ["024212756091000", "0024212756091000", "12345", "abc"])
def test_npwp_that_is_mistyped_is_refused(text):
    with pytest.raises(InvalidInput):
        parse_npwp(text)


def test_npwp_of_sixteen_digits_is_a_nik_or_doubted():
    assert parse_npwp("3302145208850003").is_nik
    assert parse_npwp("0024212755091000").warnings == ()
    assert codes(parse_npwp("1000000000123456").warnings) == ["npwp_no_nik"]


def test_nitku_is_an_npwp_and_six_digits():
    assert parse_nitku("3302145208850003000001").value == "3302145208850003000001"
    with pytest.raises(InvalidInput) as caught:
        parse_nitku("0024212756091000000001")
    assert caught.value.field == "nitku"


def test_nib_and_kbli_are_digits_of_one_length():
    assert parse_nib("1208 2200 12345") == "1208220012345"
    assert parse_kbli("01111") == "01111"
    for parse, text in ((parse_nib, "120822001234"), (parse_kbli, "1111")):
        with pytest.raises(InvalidInput):
            parse(text)


@pytest.mark.parametrize(
    ("text", "value", "warnings"),
    [
        ("P-IRT No. 2063306010072-29", "2063306010072-29", []),
        ("PIRT 3063306010072-19", "3063306010072-19", ["pirt_expired"]),
        ("206 3306 01 0072 – 29", "2063306010072-29", []),
        ("P-IRT No: 206330601007229", "2063306010072-29", []),
    ],
)
def test_pirt_is_read_in_the_ways_people_write_it(text, value, warnings):
    permit = parse_pirt(text, today=TODAY)

    assert (permit.value, codes(permit.warnings)) == (value, warnings)
    assert (permit.food_type, permit.regency_code) == ("06", "33.06")
    assert (permit.product_serial, permit.producer_serial) == ("01", "0072")


@pytest.mark.parametrize("text", ["9063306010072-29", "2063306010072", "P-IRT", ""])
def test_pirt_of_another_shape_is_refused(text):
    with pytest.raises(InvalidInput):
        parse_pirt(text, today=TODAY)


def test_pirt_is_compared_with_the_certificate():
    permit = parse_pirt("2063306010072-29", today=TODAY)

    same = check_pirt_against(permit, issued_on=date(2024, 3, 1), pack_type="2", food_type="06")
    other = check_pirt_against(permit, issued_on=date(2022, 3, 1), pack_type="3", food_type="10")

    assert same == ()
    assert codes(other) == ["pirt_year_differs", "pirt_food_differs", "pirt_pack_differs"]


def test_halal_number_begins_with_id():
    assert parse_halal("ID 35110007788610723").warnings == ()
    assert codes(parse_halal("ID351100077886").warnings) == ["halal_length"]


@pytest.mark.parametrize(
    ("text", "hint"),
    [("10030005641013", "MUI"), ("KH-123/2024", "ketetapan"), ("ID123456789", "ID"), ("", "ID")],
)
def test_numbers_that_are_no_halal_certificate_say_why(text, hint):
    with pytest.raises(InvalidInput) as caught:
        parse_halal(text)

    assert hint in caught.value.message


def test_md_has_twelve_or_fifteen_digits():
    assert parse_md("BPOM RI MD 224510107115").value == "MD 224510107115"
    assert parse_md("240935001200027").is_risk_based
    with pytest.raises(InvalidInput):
        parse_md("MD 2245101071155")


def test_mark_is_registered_or_applied_for():
    assert parse_merek("IDM000594940").is_registered
    applied = parse_merek("did2019056507", today=TODAY)
    assert (applied.is_registered, applied.applied_year, applied.warnings) == (False, 2019, ())
    assert codes(parse_merek("DID2091056507", today=TODAY).warnings) == ["merek_year"]
    with pytest.raises(InvalidInput):
        parse_merek("IDM00059494")
