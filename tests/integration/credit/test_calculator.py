"""The loan calculator: by itself, for an enterprise from its book, on paper, and who may not."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from app.cashbook.services.entries import record_entry
from app.core.clock import local_today
from app.core.months import add_months
from app.core.permissions import Role
from app.core.scope import everywhere
from app.db.transaction import transaction
from tests.pdf_text import pdf_text

ADDRESS = "/pinjaman/hitung"
FLAT = {
    "jumlah": "10.000.000",
    "metode": "flat",
    "bunga": "12",
    "per": "tahun",
    "kali": "12",
}
HOUSEHOLD = {
    "sisa": "1.500.000",
    "cicilan": "150.000",
    "kebutuhan": "700.000",
    "penjualan": "6.000.000",
    "buku": "ya",
    "tunggakan": "tidak",
    "kelas": "sehat",
    "tujuan": "barang",
    "dihitung": "ya",
}


def asked(client, **words):
    answer = client.get(ADDRESS, query_string=words)
    assert answer.status_code == 200
    return answer.text


def test_a_flat_loan_is_shown_with_what_it_truly_costs(mentor_client):
    page = asked(mentor_client, **FLAT)

    for words in ("Rp 933.400 tiap bulan", "Rp 1.200.000", "21,46% setahun", "832.600", "Jumlah"):
        assert words in page
    assert "Beban sebenarnya 21,46%" in page


def test_an_offer_fills_in_what_was_left_empty(mentor_client):
    page = asked(mentor_client, produk="kur_mikro", jumlah="25.000.000", kali="36")
    outside = asked(mentor_client, produk="kur_mikro", jumlah="5.000.000", kali="36")

    assert "Rp 760.600 tiap bulan" in page
    assert "6,00% setahun" in page
    assert "Naskah lengkap Permenko 1/2026 belum dibaca" in page
    assert "Jumlah untuk KUR Mikro" in outside
    assert "Jumlah untuk KUR Mikro" not in page


def test_a_rate_by_the_month_is_a_twelfth_of_a_year(mentor_client):
    page = asked(
        mentor_client, jumlah="5.000.000", metode="flat", bunga="1,5", per="bulan", kali="10"
    )

    assert "Rp 575.000 tiap bulan" in page
    assert "31,50% setahun" in page


def test_two_offers_stand_side_by_side(mentor_client):
    page = asked(mentor_client, **FLAT, produk2="kur_mikro", kali2="12")

    assert "KUR Mikro lebih murah" in page
    assert "Seluruh biaya KUR Mikro lebih kecil" in page


def test_whether_it_can_be_carried_is_told_with_reasons(mentor_client):
    small = {**FLAT, "jumlah": "3.000.000", "kali": "12"}
    fits = asked(mentor_client, **small, **HOUSEHOLD)
    heavy = asked(mentor_client, **FLAT, **HOUSEHOLD)
    sick = asked(mentor_client, **small, **{**HOUSEHOLD, "kelas": "sakit"})
    unsaid = asked(mentor_client, **small, sisa="1.500.000")

    assert "Sanggup</strong>" in fits
    assert "Bila penjualan turun 20%" in fits
    for words in ("Jangan dulu", "72,3%", "Kurang Rp", "Rp 375.000", "Rp 4.017.000"):
        assert words in heavy
    assert "sedang sakit" in sick
    assert "Belum dapat diputuskan" in unsaid


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"jumlah": "50.000"}, "Rp 100.000 sampai"),
        ({"bunga": ""}, "Isi bunga"),
        ({"bunga": "26", "per": "bulan"}, "paling tinggi 300%"),
        ({"metode": ""}, "Pilih cara menghitung"),
        ({"metode": "murabahah"}, "Isi margin"),
        ({"metode": "murabahah", "margin": "500.000"}, "bukan bunga"),
        ({"margin": "500.000"}, "Margin hanya untuk murabahah"),
        ({"kali": ""}, "Isi berapa kali"),
        ({"kali": "121"}, "Paling banyak 120"),
        ({"biaya": "10.000.000"}, "lebih kecil daripada pinjaman"),
        ({"produk": "tidak_ada"}, "Hasilnya muncul"),
        ({"metode2": "flat"}, "Isi bunga"),
    ],
)
def test_what_makes_no_loan_is_asked_again(mentor_client, changes, words):
    page = asked(mentor_client, **{**FLAT, **changes})

    assert words in page
    assert "Jadwal angsuran" not in page


def test_the_schedule_is_printed_without_a_word_of_the_household(mentor_client):
    page = asked(mentor_client, **FLAT, **HOUSEHOLD, produk="koperasi")
    link = next(part for part in page.split('"') if "jadwal.pdf" in part).replace("&amp;", "&")

    answer = mentor_client.get(link)
    text = pdf_text(answer.data)

    assert answer.mimetype == "application/pdf"
    assert not set(HOUSEHOLD) & {part.partition("=")[0] for part in link.split("?")[1].split("&")}
    for words in ("Rp 10.000.000", "933.400", "932.600", "21,46% setahun", "Belum pasti"):
        assert words in text


def test_paper_of_no_loan_leads_back_to_the_questions(mentor_client):
    answer = mentor_client.get(
        f"{ADDRESS}/jadwal.pdf", query_string={"jumlah": "5", "_scheme": "x"}
    )

    assert answer.status_code == 303
    assert answer.location == f"{ADDRESS}?jumlah=5"


@pytest.fixture
def booked(factories, mentor_client):
    """An enterprise of the mentor with three full months: 3.000.000 sold, 1.800.000 spent."""
    enterprise = factories.enterprise(
        mentor_id=mentor_client.account_id, health_class="kurang_sehat"
    )
    first = add_months(local_today().replace(day=1), -3)
    rows = [("penjualan", 3_000_000), ("bahan", 1_800_000), ("cicilan_pokok", 100_000)]
    with transaction():
        for back in range(3):
            for category, amount in rows:
                record_entry(
                    scope=everywhere(mentor_client.account_id),
                    by=mentor_client.account_id,
                    way="pendamping",
                    entry_id=uuid4(),
                    enterprise_id=enterprise.id,
                    happened_on=add_months(first, back) + timedelta(days=2),
                    category=category,
                    amount=amount,
                )
    return enterprise


def test_an_enterprise_begins_with_what_its_book_says(booked, mentor_client):
    page = mentor_client.get(f"/usaha/{booked.id}{ADDRESS}").text

    for value in ('value="1.200.000"', 'value="100.000"', 'value="3.000.000"'):
        assert value in page
    assert "diisi dari buku kas" in page
    # Three lines in a month are far from half of its days.
    assert "baru pengakuan pemilik" in page
    assert '<option selected value="kurang_sehat">' in page


def test_an_enterprise_without_a_book_begins_with_its_class_alone(factories, mentor_client):
    enterprise = factories.enterprise(mentor_id=mentor_client.account_id, health_class="sakit")

    page = mentor_client.get(f"/usaha/{enterprise.id}{ADDRESS}").text
    answered = mentor_client.get(
        f"/usaha/{enterprise.id}{ADDRESS}", query_string={**FLAT, **HOUSEHOLD, "kelas": "sakit"}
    ).text

    assert "belum punya buku kas" in page
    assert '<option selected value="sakit">' in page
    assert "Jangan dulu" in answered


def test_a_strangers_enterprise_is_answered_as_one_that_is_nowhere(factories, mentor_client):
    foreign = factories.enterprise()

    answers = [mentor_client.get(f"/usaha/{key}{ADDRESS}") for key in (foreign.id, uuid4())]

    assert [one.status_code for one in answers] == [404, 404]


@pytest.mark.parametrize(
    ("role", "calculates", "sees_books"),
    [
        (Role.ADMIN, 200, 200),
        (Role.LABOUR_OFFICER, 200, 200),
        # Members are seen with their consent alone, which a book of an enterprise is not.
        (Role.COOPERATIVE_OFFICER, 200, 403),
        (Role.VILLAGE_OFFICER, 403, 403),
        (Role.ENTREPRENEUR, 403, 403),
    ],
)
def test_who_calculates_and_who_sees_the_book(factories, as_role, role, calculates, sees_books):
    enterprise = factories.enterprise()
    client = as_role(role)

    answers = [
        client.get(path, query_string=FLAT).status_code
        for path in (ADDRESS, f"{ADDRESS}/jadwal.pdf", "/pinjaman/produk")
    ]

    assert answers == [calculates] * 3
    assert client.get(f"/usaha/{enterprise.id}{ADDRESS}").status_code == sees_books
