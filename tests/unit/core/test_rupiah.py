"""Every row of the table of rupiah that offices write, and the neighbours of each rule."""

import pytest

from app.core.errors import InvalidInput
from app.core.rupiah import parse_rupiah


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("1.250.000", 1_250_000),
        ("Rp1.250.000,-", 1_250_000),
        ("Rp. 1.250.000,--", 1_250_000),
        ("1.250.000,00", 1_250_000),
        ("1 250 000", 1_250_000),
        ("1\u00a0250\u00a0000", 1_250_000),
        (1250000, 1_250_000),
        (1250000.0, 1_250_000),
        ("1250000.0", 1_250_000),
        ("IDR 1.250.000", 1_250_000),
        ("250.000", 250_000),
        ("Rp 25.000", 25_000),
        ("Rp 2,5 jt", 2_500_000),
        ("2.5jt", 2_500_000),
        ("2,5 juta", 2_500_000),
        ("2,5 JUTA rupiah", 2_500_000),
        ("1jt500", 1_500_000),
        ("1 juta 500 ribu", 1_500_000),
        ("1jt500rb", 1_500_000),
        ("1jt 250.000", 1_250_000),
        ("1,5 miliar", 1_500_000_000),
        ("0", 0),
        ("nihil", 0),
        ("Rp 0,-", 0),
    ],
)
def test_clear_amounts_are_read_without_a_remark(written, amount):
    parsed = parse_rupiah(written)

    assert (parsed.amount, parsed.is_estimate, parsed.notes) == (amount, False, ())


@pytest.mark.parametrize(
    "written",
    ["±500rb", "500 ribu", "500k", "kurang lebih 500rb", "sekitar Rp 500.000", "500 ribuan"],
)
def test_round_or_approximate_amounts_are_flagged_as_estimates(written):
    parsed = parse_rupiah(written)

    assert (parsed.amount, parsed.is_estimate) == (500_000, True)


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("1,250,000", 1_250_000),
        ("1,250,000.00", 1_250_000),
        ("１２５", 125),
        ("1.250.000,50", 1_250_001),
    ],
)
def test_unusual_but_clear_amounts_carry_a_note(written, amount):
    parsed = parse_rupiah(written)

    assert parsed.amount == amount
    assert parsed.notes


@pytest.mark.parametrize("written", ["", "  ", "-", "n/a", None, "–"])
def test_empty_is_not_zero(written):
    assert parse_rupiah(written).amount is None


@pytest.mark.parametrize(
    ("written", "readings"),
    [
        ("1.250", (1_250, 1_250_000)),
        ("1,250", (1_250, 1_250_000)),
        ("2,5", (2_500_000, 2_500)),
        (2.5, (2_500_000, 2_500)),
        ("10M", (10_000_000_000, 10_000_000)),
        ("1,5 m", (1_500_000_000, 1_500_000)),
        ("250,000", (250_000, 250_000_000)),
    ],
)
def test_two_readings_are_asked_and_never_chosen(written, readings):
    with pytest.raises(InvalidInput) as refusal:
        parse_rupiah(written)

    assert refusal.value.code == "rupiah_ambiguous"
    assert refusal.value.values["readings"] == readings


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("500rb-1jt", "rupiah_range"),
        ("500.000 s/d 1.000.000", "rupiah_range"),
        ("dua juta", "rupiah_unreadable"),
        ("1.25.000", "rupiah_unreadable"),
        ("1.25E+06", "rupiah_unreadable"),
        ("(250.000)", "rupiah_negative"),
        ("-250.000", "rupiah_negative"),
        ("Rp -250.000", "rupiah_negative"),
        (-5, "rupiah_negative"),
        ("9" * 20, "rupiah_too_large"),
        (1e300, "rupiah_too_large"),
        ("2 jt 3 jt", "rupiah_unreadable"),
        ("=1+1", "rupiah_unreadable"),
        (True, "rupiah_unreadable"),
    ],
)
def test_what_is_no_amount_is_refused(written, code):
    with pytest.raises(InvalidInput) as refusal:
        parse_rupiah(written)

    assert refusal.value.code == code


@pytest.mark.parametrize("written", ["500rb-1jt", "dua juta", "1.25.000", "1.25E+06"])
def test_the_refusal_shows_an_example(written):
    with pytest.raises(InvalidInput) as refusal:
        parse_rupiah(written)

    assert "misalnya 1.250.000" in refusal.value.message


@pytest.mark.parametrize("written", ["(250.000)", "-250.000"])
def test_negative_amounts_pass_where_they_are_allowed(written):
    assert parse_rupiah(written, allow_negative=True).amount == -250_000


def test_a_period_in_the_text_is_given_back():
    parsed = parse_rupiah("Rp 100rb/hari")

    assert (parsed.amount, parsed.unit) == (100_000, "hari")


def test_a_period_that_fits_the_column_passes():
    assert parse_rupiah("2 juta per bulan", unit="bulan").amount == 2_000_000


def test_a_period_that_does_not_fit_the_column_is_asked():
    with pytest.raises(InvalidInput) as refusal:
        parse_rupiah("Rp 100rb/hari", unit="bulan")

    assert refusal.value.code == "rupiah_unit"
