"""How values are written on pages."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from app.web import filters


def test_days_are_written_in_indonesian():
    day = date(2026, 8, 5)

    assert filters.tanggal(day) == "5 Agustus 2026"
    assert filters.tanggal_pendek(day) == "5 Agu 2026"


def test_an_instant_is_shown_as_the_local_day_and_time():
    late_in_london = datetime(2026, 11, 21, 18, 5, tzinfo=UTC)

    assert filters.tanggal(late_in_london) == "22 November 2026"
    assert filters.waktu(late_in_london) == "22 November 2026 01.05 WIB"


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (1250, "1.250"), (1234567, "1.234.567"), (Decimal("12.5"), "12,5"), (-3, "-3")],
)
def test_numbers_have_dots_between_thousands_and_a_comma_before_the_fraction(value, text):
    assert filters.angka(value) == text


@pytest.mark.parametrize(
    ("tenths", "text"), [(573, "57,3"), (0, "0,0"), (1000, "100,0"), (-5, "-0,5")]
)
def test_a_score_kept_in_tenths_has_one_decimal(tenths, text):
    assert filters.skor(tenths) == text


@pytest.mark.parametrize(
    ("share", "text"), [(0, "0%"), (1, "100%"), (0.125, "13%"), (0.124, "12%"), (0.005, "1%")]
)
def test_a_share_is_whole_percent_half_up(share, text):
    assert filters.persen(share) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [(Fraction(31, 40), "77,5%"), (Fraction(1, 2), "50%"), (Fraction(3, 2), "150%"), (0, "0%"),
     (Fraction(1, 3), "33,3%"), (Fraction(2, 3), "66,7%")],
)  # fmt: skip
def test_an_exact_share_has_at_most_one_decimal(share, text):
    assert filters.bagian(Fraction(share)) == text


@pytest.mark.parametrize(
    ("amount", "text"),
    [(95_000, "Rp 95.000"), (950_000, "Rp 950 rb"), (7_935_001, "Rp 7,9 jt"),
     (-2_950_000, "-Rp 3 jt"), (1_250_000_000, "Rp 1,3 M")],
)  # fmt: skip
def test_an_amount_that_leads_to_its_rows_is_short(amount, text):
    assert filters.rupiah_ringkas(amount) == text


@pytest.mark.parametrize(
    "filter_function",
    [
        filters.angka,
        filters.bagian,
        filters.persen,
        filters.rupiah,
        filters.rupiah_ringkas,
        filters.skor,
        filters.tanggal,
        filters.tanggal_pendek,
        filters.waktu,
    ],
)
def test_nothing_is_written_as_a_dash(filter_function):
    assert filter_function(None) == "–"


def test_each_health_class_has_its_own_word_colour_and_shape():
    faces = [filters.health_face(value) for value in ("sehat", "kurang_sehat", "sakit")]

    for attribute in ("label", "tone", "path"):
        assert len({getattr(face, attribute) for face in faces}) == len(faces)


def test_an_enterprise_without_a_class_is_said_to_be_unassessed():
    assert filters.health_face(None).label == "Belum dinilai"
