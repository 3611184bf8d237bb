"""Reading typed months and spreadsheets: days that repeat, kinds by a letter, cells by name."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from app.cashbook.rules.amounts import amount_of
from app.cashbook.rules.book_files import read_book
from app.cashbook.rules.categories import LETTER_OF, LETTERS, category_in, category_of
from app.cashbook.rules.channels import BookChannel, channel_named
from app.cashbook.rules.entries import CATEGORIES
from app.cashbook.rules.paper import PaperRow, day_of, read_paper
from app.core.errors import InvalidInput
from app.core.number_words import in_words

TODAY, MONTH = date(2026, 11, 22), date(2026, 10, 1)


def test_every_kind_has_a_letter_of_its_own_and_its_own_words():
    assert set(LETTER_OF) == set(CATEGORIES)
    assert {category_of(letter) for letter in LETTERS} == set(CATEGORIES)
    assert [category_of(label) for label in CATEGORIES.values()] == list(CATEGORIES)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("BAHAN", "bahan"),
        ("bah", "bahan"),
        ("gaji", "upah"),
        ("bun", "bunga"),
        ("listrik", "sewa_listrik"),
        ("ongkos", "ongkir"),
        ("mo", "modal_masuk"),
    ],
)
def test_a_kind_is_understood_by_the_begin_of_its_word(typed, expected):
    assert category_of(typed) == expected


@pytest.mark.parametrize("typed", ["", "be", "xyz"])
def test_a_kind_with_two_readings_or_none_is_asked_back(typed):
    with pytest.raises(InvalidInput) as refusal:
        category_of(typed)

    assert refusal.value.field == "category"


def test_a_sentence_names_a_kind_only_when_it_names_one():
    assert category_in("Bayar upah Bu Tini") == "upah"
    assert category_in("Bayar upah dan bahan") is None
    assert category_in("Lain-lain") is None


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("7.500", 7_500), ("15rb", 15_000), ("2,5 jt", 2_500_000), ("Rp 1.250.000", 1_250_000)],
)
def test_sums_are_read_as_people_type_them(typed, expected):
    assert amount_of(typed) == expected


@pytest.mark.parametrize("typed", ["", "2,5", "dua puluh", "-5000", "1.2500"])
def test_a_sum_without_one_reading_is_asked_back(typed):
    with pytest.raises(InvalidInput):
        amount_of(typed)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (11, "sebelas"),
        (100, "seratus"),
        (1_000, "seribu"),
        (21_017, "dua puluh satu ribu tujuh belas"),
        (1_000_001, "satu juta satu"),
        (111_111, "seratus sebelas ribu seratus sebelas"),
    ],
)
def test_sums_are_said_in_words(number, words):
    assert in_words(number) == words


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("5", 5), ("31", 31), ("7/10", 7), ("08-10-2026", 8), ("9 Oktober 2026", 9)],
)
def test_days_of_a_paper_month_may_be_short(typed, expected):
    assert day_of(typed, month=MONTH, today=TODAY) == MONTH.replace(day=expected)


@pytest.mark.parametrize("typed", ["0", "32", "7/9", "5 November 2026", "kemarin"])
def test_days_outside_the_month_are_refused(typed):
    with pytest.raises(InvalidInput):
        day_of(typed, month=MONTH, today=TODAY)


def test_a_day_repeats_until_another_one_is_typed_also_on_a_blank_row():
    rows = [
        PaperRow(number=1, tanggal="3", jenis="p", jumlah="25rb"),
        PaperRow(number=2, jenis="b", jumlah="5rb"),
        PaperRow(number=3, tanggal="9"),
        PaperRow(number=4, jenis="u", jumlah="50rb", is_owed=True),
    ]
    count = read_paper(rows, month=MONTH, way="kertas", today=TODAY)

    assert count == 3
    assert [row.said.happened_on.day for row in rows if row.said] == [3, 3, 9]
    assert rows[3].said.is_owed


def book_of(*rows, oddities=None):
    return read_book("Lembar1", enumerate(rows, start=1), today=TODAY, oddities=oddities or {})


def said(sheet):
    return [(row.said.happened_on.day, row.said.category, row.said.amount) for row in sheet.good]


def test_a_book_with_in_and_out_is_read_below_its_titles():
    sheet = book_of(
        ("Buku kas Bu Sari",),
        ("Tanggal", "Keterangan", "Masuk", "Keluar", "Saldo"),
        (date(2026, 10, 1), "Saldo awal", 500_000, "", 500_000),
        (date(2026, 10, 2), "Keripik di bazar", 75_000, "", 575_000),
        ("", "Beli bahan singkong", "", "30.000", 545_000),
        ("3/10/2026", "Upah Tini", 0, 50_000, 495_000),
        ("Total", "", 75_000, 80_000, ""),
    )

    assert said(sheet) == [(2, "penjualan", 75_000), (2, "bahan", 30_000), (3, "upah", 50_000)]
    assert sheet.bad == []
    assert sheet.passed == [3, 7]


def test_no_sum_of_a_file_is_lost_without_a_word():
    sheet = book_of(
        ("Tanggal", "Keterangan", "Masuk", "Keluar"),
        ("1/10/2026", "Sisa bayar Bu Ani", 200_000, ""),
        ("1/10/2026", "Total penjualan hari ini", "50rb", "-"),
        ("2/10/2026", "Keripik", 75_000, 20_000),
        ("3/10/2026", "Keripik", 40_000, "Rp 0,00"),
        ("", "Total", 365_000, 20_000),
    )

    assert said(sheet) == [(3, "penjualan", 40_000)]
    assert [[one.cell for one in row.problems] for row in sheet.bad] == [["B2"], ["B3"], ["D4"]]
    assert sheet.passed == [6]


@pytest.mark.parametrize("number", [float("inf"), float("-inf"), float("nan")])
def test_a_number_that_is_none_is_a_problem_of_its_cell(number):
    sheet = book_of(
        ("Tanggal", "Jenis", "Jumlah"),
        ("1/10/2026", "bahan", number),
        (number, "bahan", 5_000),
    )

    assert [[one.cell for one in row.problems] for row in sheet.bad] == [["C2"], ["A3"]]


def test_every_problem_names_its_cell_and_the_row_stays_whole():
    sheet = book_of(
        ("Tgl", "Jenis", "Jumlah (Rp)", "Keterangan", "Status"),
        ("31/02/2026", "p", "25rb", "", ""),
        ("1/10/2026", "xyz", "banyak", "", "mungkin"),
        ("2/10/2026", "p", 25_000, "", "belum dibayar"),
        ("3/10/2026", "p", 9_999, "", ""),
        oddities={(5, 3): "formula"},
    )

    assert [[one.cell for one in row.problems] for row in sheet.bad] == [
        ["A2"],
        ["C3", "B3", "E3"],
        ["C5"],
    ]
    assert [row.said.is_owed for row in sheet.good] == [True]


def test_money_in_the_column_of_the_other_way_is_a_problem():
    sheet = book_of(("Tanggal", "Jenis", "Masuk", "Keluar"), ("1/10/2026", "upah", "50rb", ""))

    assert [one.cell for one in sheet.bad[0].problems] == ["C2"]


def test_a_sheet_without_a_header_is_none():
    assert book_of(("a", "b"), ("c", "d")) is None


def test_two_channels_of_one_name_are_asked_back():
    names = ("Toko Sari", "TOKO SARI", "Pasar")
    known = [BookChannel(id=uuid4(), name=name, is_on_ledger=False) for name in names]

    assert channel_named("pasar", known) is known[2]
    for typed in ("Toko Sari", "Tokopedia"):
        with pytest.raises(InvalidInput):
            channel_named(typed, known)
