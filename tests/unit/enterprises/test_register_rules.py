"""Sizes, windows, life cycle, near names, search words, filters."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import InvalidInput, WrongState
from app.core.identity import Doubt
from app.enterprises.rules import labels
from app.enterprises.rules.eligibility import windows, years_after
from app.enterprises.rules.export_limits import CELL_MAX, check_size, safe_text
from app.enterprises.rules.facts import EnterpriseFacts, OwnerFacts, owner_problems
from app.enterprises.rules.life_cycle import MOVES, check_move
from app.enterprises.rules.list_filter import ListFilter, described, filter_from
from app.enterprises.rules.numbers import ask_about, kept_npwp, kept_phone
from app.enterprises.rules.similar import near_names
from app.enterprises.rules.size import is_ultra_micro, read_size, total_workers
from app.enterprises.rules.words import wanted

TODAY = date(2026, 11, 22)
M = 10**9
ADDRESS_WORDS = ("wilayah", "kelas", "sektor", "pendamping", "keadaan", "cari", "terdaftar_dari")


@pytest.mark.parametrize(
    ("capital", "sales", "started_on", "size_class", "decided_by"),
    [
        (1 * M, None, None, "mikro", "modal"),
        (1 * M + 1, None, None, "kecil", "modal"),
        (5 * M, None, None, "kecil", "modal"),
        (10 * M, None, None, "menengah", "modal"),
        (10 * M + 1, None, None, "besar", "modal"),
        (None, 2 * M, None, "mikro", "penjualan"),
        (None, 2 * M + 1, None, "kecil", "penjualan"),
        (None, 15 * M, None, "kecil", "penjualan"),
        (None, 50 * M, None, "menengah", "penjualan"),
        (None, 50 * M + 1, None, "besar", "penjualan"),
        (1, 3 * M, date(2020, 1, 1), "kecil", "penjualan"),
        (1, 3 * M, date(2026, 6, 1), "mikro", "modal"),
        (None, None, None, None, None),
    ],
)
def test_size_class_follows_the_decree(capital, sales, started_on, size_class, decided_by):
    reading = read_size(capital=capital, yearly_sales=sales, started_on=started_on, today=TODAY)

    assert (reading.size_class, reading.decided_by) == (size_class, decided_by)


def test_both_readings_are_told_when_they_differ():
    reading = read_size(capital=1, yearly_sales=3 * M, started_on=None, today=TODAY)

    assert reading.is_disputed
    assert (reading.by_capital, reading.by_sales) == ("mikro", "kecil")


def test_the_owner_counts_among_those_who_work():
    assert total_workers((None, None, None, None)) is None
    assert is_ultra_micro("mikro", total_workers((1, 1, 1, None))) is True
    assert is_ultra_micro("mikro", total_workers((1, 1, 1, 1))) is False
    assert is_ultra_micro("kecil", None) is False
    assert is_ultra_micro("mikro", None) is None


@pytest.mark.parametrize(
    ("returned_on", "last_on"),
    [(date(2024, 2, 29), date(2027, 2, 28)), (date(2023, 11, 22), date(2026, 11, 22))],
)
def test_the_last_day_of_a_window_is_the_same_day_years_later(returned_on, last_on):
    assert years_after(returned_on, 3) == last_on


def test_a_window_is_open_on_its_last_day_and_closed_the_next():
    returned_on = date(2023, 11, 22)

    on_last_day = {one.code: one.is_open for one in windows("purna", returned_on, today=TODAY)}
    next_day = windows("purna", returned_on, today=date(2026, 11, 23))

    assert on_last_day == {"desmigratif": True, "bp2mi_sosial": True, "p2mi_sosial": False}
    assert not next(one for one in next_day if one.code == "desmigratif").is_open


def test_only_returnees_with_a_date_have_windows():
    assert windows("keluarga", date(2025, 1, 1), today=TODAY) == ()
    assert windows("purna", None, today=TODAY) == ()


def test_every_state_can_be_left_and_no_state_follows_itself():
    assert set(MOVES) == set(labels.LIFE_CYCLE_LABELS)
    assert all(moves and state not in moves for state, moves in MOVES.items())


def test_moves_need_to_be_possible_and_explained():
    with pytest.raises(WrongState):
        check_move("aktif", "terdaftar", "alasan")
    with pytest.raises(InvalidInput):
        check_move("aktif", "tutup", "  ")

    check_move("terdaftar", "aktif", None)
    check_move("aktif", "tutup", "pindah")


def test_near_names_ignore_order_and_generic_words():
    known = ["warung bu sri", "toko jaya abadi", "keripik tempe barokah"]

    assert [near.place for near in near_names("Sri, Warung", known)] == [0]
    assert [near.place for near in near_names("Kripik Tempe Barokah", known)] == [2]
    assert near_names("toko maju", known) == []
    assert near_names("!!!", known) == []


@given(st.text(max_size=60))
def test_any_text_can_be_searched_for(text):
    asked = wanted(text)

    for word in asked.prefixes + asked.words:
        assert word.replace("_", "").isalnum()


def test_numbers_in_the_search_box_are_recognised():
    assert wanted("3302 1452 0885 0003").nik == "3302145208850003"
    assert wanted("9123456789012").nib == "9123456789012"
    assert wanted("0812345").phone == ""
    assert wanted("081234567890").phone == "+6281234567890"
    assert (wanted("0812345678901").nib, wanted("0812345678901").phone) == (
        "0812345678901",
        "+62812345678901",
    )
    assert wanted("12345").prefixes == ("12345",)
    assert wanted("  .,  ").is_empty


def test_a_filter_survives_its_address():
    given_filter = ListFilter(
        area="33.02",
        health="sakit",
        sector="A",
        mentor=UUID(int=7),
        life_cycle="aktif",
        text="keripik",
        is_overdue=True,
        is_without_plan=True,
        created_from=date(2026, 1, 1),
        created_until=date(2026, 2, 1),
    )

    assert filter_from(given_filter.address()) == given_filter
    assert ListFilter().address() == {}
    assert not ListFilter().is_active


@given(st.dictionaries(st.sampled_from(ADDRESS_WORDS), st.text()))
def test_any_address_gives_a_filter(words):
    filter_from(words)


@pytest.mark.parametrize("word", ["33.2", "33.02.", "1'; --", "٣٣", "33.02.04.20055"])
def test_an_area_that_is_none_narrows_nothing(word):
    assert filter_from({"wilayah": word}).area == ""


def test_a_number_that_was_searched_for_is_not_told():
    lines = dict(described(ListFilter(text="3302145208850003"), area_label="", mentor_name=""))

    assert lines == {"Kata yang dicari": "(nomor)"}


def test_texts_that_a_sheet_can_not_hold_are_replaced():
    assert safe_text("biasa\nsaja\t") == ("biasa\nsaja\t", False)
    assert safe_text("a\x00b\ud800") == ("a�b�", True)
    assert len(safe_text("x" * 40_000)[0]) == CELL_MAX


def test_a_list_that_is_too_long_is_refused():
    check_size(10, most=10)
    with pytest.raises(InvalidInput):
        check_size(11, most=10)


def test_a_doubt_is_asked_about_until_it_is_confirmed():
    doubts = (Doubt(code="a", message="A"), Doubt(code="b", message="B"))

    with pytest.raises(InvalidInput) as refusal:
        ask_about(doubts, confirmed=["a"])
    ask_about(doubts, confirmed=["a", "b"])

    assert [doubt.code for doubt in refusal.value.values["doubts"]] == ["b"]


def test_an_npwp_that_is_a_nik_is_kept_masked():
    assert kept_npwp("3302145208850003")[0] == "330214••••••••03"
    assert kept_npwp("013000666091000")[0] == "013000666091000"
    assert kept_npwp("330214••••••••03", known="330214••••••••03") == ("330214••••••••03", ())


def test_a_phone_is_kept_with_its_country():
    assert kept_phone("0812 3456 7890") == ("+6281234567890", ())
    assert kept_phone(None) == (None, ())


def test_what_can_not_be_true_of_an_owner_is_told_at_its_field():
    facts = OwnerFacts(
        name=" ",
        born_on=date(2027, 1, 1),
        category="keluarga",
        returned_on=date(2024, 1, 1),
        years_abroad=70,
    )

    fields = [problem.field for problem in owner_problems(facts, today=TODAY)]

    assert fields == ["owner_name", "born_on", "returned_on", "years_abroad", "relation"]


def test_every_stated_fact_has_a_name_on_pages():
    stated = set(OwnerFacts.__dataclass_fields__) | set(EnterpriseFacts.__dataclass_fields__)

    assert stated <= set(labels.FIELD_LABELS)


def test_values_are_told_in_words():
    assert labels.value_label("sector", "A") == "Pangan kemasan"
    assert labels.value_label("has_equipment", value=True) == "ya"
    assert labels.value_label("capital", None) == "kosong"
    assert labels.value_label("capital", 5_000_000) == "Rp 5.000.000"
