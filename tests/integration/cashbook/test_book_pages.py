"""Pages of the book: writing, paying, putting right, the slip, the grid; and who may not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.cashbook.models import BookHabit, CashCount, CashEntry
from app.core.clock import local_today
from app.core.ids import new_id
from app.core.permissions import Role
from app.db import db
from app.web.filters import tanggal


def rows(**where):
    statement = select(CashEntry).filter_by(is_current=True, **where).order_by(CashEntry.id)
    return list(db.session.scalars(statement.execution_options(populate_existing=True)))


def text_of(answer):
    return answer.get_data(as_text=True)


@pytest.fixture
def book(enterprise):
    return f"/usaha/{enterprise.id}/buku"


def said(**changed):
    return {
        "number": str(new_id()),
        "happened_on": tanggal(local_today()),
        "category": "bahan",
        "amount": "2,5 jt",
        **changed,
    }


def test_a_line_is_written_and_said_back_in_words(book, mentor_client):
    data = said(note="Kelapa")
    for _ in range(2):
        mentor_client.post(f"{book}/catat", data=data)

    page = text_of(mentor_client.get(book))
    assert "Rp 2.500.000 (dua juta lima ratus ribu rupiah)" in page
    assert [(row.amount, row.category, row.way) for row in rows()] == [
        (2_500_000, "bahan", "pendamping")
    ]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"amount": "25"}, "Tulis lengkap"),
        ({"amount": "5.000.000.000"}, "Periksa angka nolnya"),
        ({"amount": "2,5"}, "dapat berarti"),
        ({"category": ""}, "Pilih untuk apa"),
        ({"category": "prive", "is_owed": "y"}, "dibayar langsung"),
    ],
)
def test_a_slip_of_the_finger_is_asked_back_and_nothing_typed_is_lost(
    book, mentor_client, changed, words
):
    answer = mentor_client.post(f"{book}/catat", data=said(note="Kelapa", **changed))

    assert answer.status_code == 422
    assert words in text_of(answer)
    assert "Kelapa" in text_of(answer)
    assert rows() == []


def test_a_line_is_put_right_and_taken_back_on_its_pages(book, mentor_client):
    mentor_client.post(f"{book}/catat", data=said(amount="50rb"))
    old = rows()[0].id
    form = mentor_client.get(f"{book}/catatan/{old}/betulkan")
    mentor_client.post(f"{book}/catatan/{old}/betulkan", data=said(amount="60rb"))
    new = rows()[0].id
    again = mentor_client.post(f"{book}/catatan/{old}/betulkan", data=said(amount="70rb"))
    unsaid = mentor_client.post(f"{book}/catatan/{new}/batalkan", data={"reason": ""})
    mentor_client.post(f"{book}/catatan/{new}/batalkan", data={"reason": "Tertulis dua kali"})

    assert "50.000" in text_of(form)
    assert (again.status_code, unsaid.status_code) == (409, 422)
    assert rows() == []
    assert "Tertulis dua kali" not in text_of(mentor_client.get(book))
    struck = text_of(mentor_client.get(f"{book}?dibetulkan=ya"))
    assert "Alasan: Tertulis dua kali" in struck
    assert "<del>Beli bahan</del>" in struck


def test_an_owed_line_waits_on_the_page_until_it_is_paid(book, mentor_client):
    due = local_today() + timedelta(days=7)
    mentor_client.post(f"{book}/catat", data=said(amount="300rb", is_owed="y", due_on=tanggal(due)))
    owed = rows()[0].id
    page = text_of(mentor_client.get(book))
    too_much = mentor_client.post(f"{book}/catatan/{owed}/lunas", data=said(amount="400rb"))
    mentor_client.post(f"{book}/catatan/{owed}/lunas", data=said(amount="300rb"))

    assert "Harus dibayar" in page
    assert "Rp 300.000" in page
    assert "Yang belum dibayar hanya Rp 300.000" in text_of(too_much)
    assert "Harus dibayar" not in text_of(mentor_client.get(book))
    assert mentor_client.get(f"{book}/catatan/{owed}/lunas").status_code == 404


def test_a_slip_is_kept_with_its_line_and_shown_to_who_may_read_it(
    book, mentor_client, factories, as_role
):
    data = {**said(), "photo": (factories.photo_upload(), "nota.jpg")}
    mentor_client.post(f"{book}/catat", data=data, content_type="multipart/form-data")
    line = rows()[0].id
    seen = mentor_client.get(f"{book}/catatan/{line}/foto")
    kind = (seen.status_code, seen.mimetype)
    seen.close()
    stranger = as_role(Role.MENTOR)

    assert kind == (200, "image/jpeg")
    assert stranger.get(f"{book}/catatan/{line}/foto").status_code == 404
    mentor_client.post(f"{book}/catatan/{line}/betulkan", data=said(amount="60rb"))
    assert rows()[0].photo_id is not None


def test_three_taps_write_a_line_and_a_usual_sum_needs_two(book, mentor_client):
    choose = text_of(mentor_client.get(f"{book}/cepat"))
    mentor_client.post(f"{book}/cepat/penjualan", data=said(amount="75rb"))
    amounts = text_of(mentor_client.get(f"{book}/cepat/penjualan"))
    mentor_client.post(f"{book}/cepat/penjualan", data=said(amount="", usual="75000"))
    after = text_of(mentor_client.get(f"{book}/cepat"))
    empty = mentor_client.post(f"{book}/cepat/penjualan", data=said(amount=""))

    assert f"{book}/cepat/upah" in choose
    assert 'value="75000"' in amounts
    assert "tujuh puluh lima ribu rupiah" in after
    assert [row.amount for row in rows()] == [75_000, 75_000]
    assert empty.status_code == 422
    assert mentor_client.get(f"{book}/cepat/gaji").status_code == 404


def test_what_a_channel_pays_later_lands_in_its_ledger(
    book, mentor_client, factories, enterprise, mentor
):
    channel = factories.sales_channel(enterprise, mentor, payment_days=14).id
    page = text_of(mentor_client.get(f"{book}/cepat/penjualan"))
    data = said(amount="90rb", channel=str(channel))
    mentor_client.post(f"{book}/cepat/penjualan", data=data)

    assert "uangnya masuk catatan kanal" in page
    assert rows() == []
    after = text_of(mentor_client.get(book))
    assert "Tersimpan di catatan kanal" in after
    assert f"/kanal/{channel}" in after


def test_the_last_day_is_repeated_once_however_often_it_is_sent(book, mentor_client):
    yesterday = tanggal(local_today() - timedelta(days=1))
    for category, amount in (("penjualan", "75rb"), ("bahan", "30rb"), ("ongkir", "5rb")):
        data = said(category=category, amount=amount, happened_on=yesterday)
        mentor_client.post(f"{book}/catat", data=data)
    page = text_of(mentor_client.get(f"{book}/ulangi"))
    sale, material, freight = rows()
    data = {
        "number": str(new_id()),
        "happened_on": tanggal(local_today()),
        f"ambil_{sale.id}": "ya",
        f"jumlah_{sale.id}": "80.000",
        f"ambil_{material.id}": "ya",
        f"jumlah_{material.id}": "30rb",
        f"jumlah_{freight.id}": "5.000",
    }
    bad = mentor_client.post(f"{book}/ulangi", data={**data, f"jumlah_{sale.id}": "delapan"})
    for _ in range(2):
        mentor_client.post(f"{book}/ulangi", data=data)

    assert "75.000" in page
    assert bad.status_code == 422
    today = rows(happened_on=local_today())
    assert sorted((row.category, row.amount) for row in today) == [
        ("bahan", 30_000),
        ("penjualan", 80_000),
    ]


def grid(lines, **changed):
    first = local_today().replace(day=1) - timedelta(days=1)
    data = {"number": str(new_id()), "bulan": f"{first:%Y-%m}", **changed}
    for number, line in enumerate(lines, start=1):
        for box, value in zip(("tanggal", "jenis", "jumlah", "catatan"), line, strict=False):
            data[f"{box}_{number}"] = value
    return data


def test_a_paper_month_is_typed_once_with_days_that_repeat(book, mentor_client):
    data = grid([("3", "p", "25rb", ""), ("", "bah", "1.250.000", "Gula"), ("4", "upah", "50rb")])
    data["utang_2"] = "ya"
    for _ in range(2):
        answer = mentor_client.post(f"{book}/salin", data=data)

    assert answer.status_code == 303
    assert [(row.happened_on.day, row.category, row.amount, row.is_owed) for row in rows()] == (
        sorted(
            [
                (3, "penjualan", 25_000, False),
                (3, "bahan", 1_250_000, True),
                (4, "upah", 50_000, False),
            ],
            key=lambda one: [row.category for row in rows()].index(one[1]),
        )
    )
    assert {row.way for row in rows()} == {"kertas"}


def test_problems_of_a_paper_month_name_row_and_box_and_keep_every_word(book, mentor_client):
    answer = mentor_client.post(
        f"{book}/salin",
        data=grid(
            [("", "p", "25rb"), ("32", "p", "1rb"), ("5", "be", "2rb"), ("6", "u", "banyak sekali")]
        ),
    )

    page = text_of(answer)
    assert answer.status_code == 422
    for words in (
        "Baris 1, tanggal: Isi tanggalnya.",
        "Baris 2, tanggal:",
        "Baris 3, jenis:",
        "Baris 4, jumlah:",
    ):
        assert words in page
    assert 'value="banyak sekali"' in page
    assert rows() == []


def test_a_changed_row_of_a_saved_paper_is_refused_by_its_number(book, mentor_client):
    data = grid([("3", "p", "25rb"), ("4", "p", "30rb")])
    mentor_client.post(f"{book}/salin", data=data)
    answer = mentor_client.post(f"{book}/salin", data={**data, "jumlah_2": "31rb"})

    assert answer.status_code == 422
    assert "Baris 2, jenis: Catatan ini sudah tersimpan dengan isi lain" in text_of(answer)
    assert len(rows()) == 2


def test_more_blank_rows_come_without_script_and_without_saving(book, mentor_client):
    data = {**grid([("3", "p", "25rb")]), "tambah": "ya"}
    page = text_of(mentor_client.post(f"{book}/salin", data=data))

    assert 'name="jumlah_51"' in page
    assert 'value="25rb"' in page
    assert rows() == []


def test_cash_and_open_days_are_kept(book, mentor_client):
    day = tanggal(local_today())
    mentor_client.post(f"{book}/hitung-kas", data={"counted_on": day, "amount": "0"})
    saved = mentor_client.post(
        f"{book}/hari-buka", data={"days": ["0", "6"], "is_seasonal": "y", "version": "0"}
    )
    stale = mentor_client.post(f"{book}/hari-buka", data={"days": ["1"], "version": "0"})
    none = mentor_client.post(f"{book}/hari-buka", data={"version": "1"})

    assert db.session.scalars(select(CashCount.amount)).all() == [0]
    assert (saved.status_code, stale.status_code, none.status_code) == (303, 409, 422)
    assert db.session.scalars(select(BookHabit.open_weekdays)).all() == [[0, 6]]
    assert "Senin, Minggu" in text_of(mentor_client.get(book))


def test_sums_lead_to_their_lines(book, mentor_client):
    mentor_client.post(f"{book}/catat", data=said(category="penjualan", amount="75rb", note="Pagi"))
    mentor_client.post(f"{book}/catat", data=said(category="prive", amount="20rb", note="Beras"))
    sales = text_of(mentor_client.get(f"{book}?angka=penjualan"))

    assert "Pagi" in sales
    assert "Beras" not in sales


@pytest.mark.parametrize(
    "path",
    ["", "/catat", "/cepat", "/cepat/upah", "/ulangi", "/salin", "/hitung-kas", "/hari-buka"],
)
def test_no_book_of_others_is_told_from_one_that_is_not(book, path, as_role, enterprise):
    village = as_role(Role.VILLAGE_OFFICER)
    cooperative = as_role(Role.COOPERATIVE_OFFICER)
    other = as_role(Role.MENTOR)

    foreign = other.get(f"{book}{path}")
    unknown = other.get(f"/usaha/{new_id()}/buku{path}")
    assert (foreign.status_code, unknown.status_code) == (404, 404)
    assert village.get(f"{book}{path}").status_code == 403
    assert cooperative.get(f"{book}{path}").status_code == 403
    assert other.post(f"{book}{path or '/catat'}", data=said()).status_code in (404, 405)
    assert rows() == []


def test_the_history_tells_a_village_officer_nothing_of_what_the_book_says(
    book, enterprise, mentor_client, as_role
):
    mentor_client.post(f"{book}/catat", data=said(category="bunga", note="Bu Rentenir"))
    (row,) = rows()
    there = f"{book}/catatan/{row.id}"
    mentor_client.post(f"{there}/betulkan", data=said(category="bunga", amount="2,6 jt"))
    (row,) = rows()
    took_back = {"number": str(new_id()), "reason": "Rentenir ditagih 2,6 jt"}
    mentor_client.post(f"{book}/catatan/{row.id}/batalkan", data=took_back)
    counted = {"number": str(new_id()), "counted_on": tanggal(local_today()), "amount": "750rb"}
    mentor_client.post(f"{book}/hitung-kas", data=counted)

    page = text_of(as_role(Role.VILLAGE_OFFICER).get(f"/usaha/{enterprise.id}/riwayat"))

    for told in ("kas ditulis", "kas dibetulkan", "kas dibatalkan", "Kas dihitung"):
        assert told in page
    for word in ("2.500.000", "2.600.000", "2,6 jt", "750.000", "entenir", "Bunga"):
        assert word not in page
