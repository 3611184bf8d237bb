"""A book from a spreadsheet: looked at first, written once, mended rows given back."""

from __future__ import annotations

import html
import json
import re
from datetime import date
from io import BytesIO
from uuid import UUID

import openpyxl
import pytest
from sqlalchemy import select

from app.cashbook.models import CashEntry
from app.core.permissions import Role
from app.db import db
from app.market.models import ChannelPayment, SalesChannel

HEADER = ("Tanggal", "Jenis", "Jumlah", "Keterangan")
GOOD = (
    ("1/10/2026", "penjualan", "75rb", "Bazar"),
    ("1/10/2026", "penjualan", "75rb", "Bazar"),
    ("2/10/2026", "bahan", 30_000, "Singkong"),
)
BAD = (("35/10/2026", "upah", "50rb", "Tini"), ("3/10/2026", "entah", "=1+", "Ibu"))


@pytest.fixture
def book(enterprise):
    return f"/usaha/{enterprise.id}/buku/impor"


def workbook(*rows, header=HEADER):
    out = BytesIO()
    made = openpyxl.Workbook()
    for row in (header, *rows):
        made.active.append(row)
    made.save(out)
    out.seek(0)
    return out


def upload(client, address, *rows, header=HEADER):
    data = {"file": (workbook(*rows, header=header), "buku.xlsx")}
    return client.post(address, data=data, content_type="multipart/form-data")


def carried(answer, part=0):
    found = re.findall(r'name="lines" value="([^"]*)"', answer.get_data(as_text=True))
    return {"lines": html.unescape(found[part])}


def rows():
    return [
        (row.happened_on.day, row.category, row.amount, row.way)
        for row in db.session.scalars(select(CashEntry).order_by(CashEntry.happened_on))
    ]


def test_a_file_is_looked_at_before_anything_is_written(book, mentor_client):
    look = upload(mentor_client, book, *GOOD, *BAD)
    before = rows()
    answer = mentor_client.post(f"{book}/catat", data=carried(look))

    page = look.get_data(as_text=True)
    assert "3 baris" in page
    assert "A5" in page
    assert "B6" in page
    assert before == []
    assert answer.status_code == 303
    assert rows() == [
        (1, "penjualan", 75_000, "impor"),
        (1, "penjualan", 75_000, "impor"),
        (2, "bahan", 30_000, "impor"),
    ]


def test_the_same_book_counts_once_also_from_another_file(book, mentor_client):
    first = upload(mentor_client, book, *GOOD)
    for _ in range(2):
        mentor_client.post(f"{book}/catat", data=carried(first))
    again = upload(mentor_client, book, *GOOD, ("4/10/2026", "upah", "50rb", ""))
    mentor_client.post(f"{book}/catat", data=carried(again))

    assert "Sudah tercatat sebelumnya 3 baris" in again.get_data(as_text=True)
    assert len(rows()) == 4


def test_rows_to_mend_come_back_as_a_file_that_names_their_cells(book, mentor_client):
    look = upload(mentor_client, book, *GOOD, *BAD)
    answer = mentor_client.post(f"{book}/perbaikan.xlsx", data=carried(look, 1))

    sheet = openpyxl.load_workbook(BytesIO(answer.get_data())).active
    given = list(sheet.iter_rows(values_only=True))
    assert given[0][:4] == HEADER
    assert given[1][:4] == BAD[0]
    assert "A5:" in given[1][4]
    assert len(given) == 3


@pytest.mark.parametrize(
    "lines",
    [
        "",
        "[[1]]",
        '[["x", "y", "z", "p", 1, false, "", ""]]',
        f'[["{UUID(int=1)}", "p", "2026-10-01", "bahan", 1e400, false, "", ""]]',
        "[" * 100_000,
        '[["[]:*?/", ["a"], [[1, ["a"], ["x"]]]]]',
        '[["S", ["a"], [[1e400, ["a"], ["x"]]]]]',
    ],
)
def test_what_was_changed_on_the_way_is_refused(book, mentor_client, lines):
    assert mentor_client.post(f"{book}/catat", data={"lines": lines}).status_code == 422
    assert mentor_client.post(f"{book}/perbaikan.xlsx", data={"lines": lines}).status_code == 422
    assert rows() == []


def test_signs_that_no_database_keeps_are_left_out_of_a_note(book, mentor_client):
    lines = json.dumps(
        [[str(UUID(int=1)), "p", "2026-10-01", "bahan", 5000, False, "a\x00\ud800b", ""]]
    )

    assert mentor_client.post(f"{book}/catat", data={"lines": lines}).status_code == 303
    assert db.session.scalars(select(CashEntry.note)).all() == ["ab"]


def test_totals_that_are_passed_over_are_named(book, mentor_client):
    look = upload(mentor_client, book, *GOOD, ("", "", 180_000, "Total"))

    assert "tidak dicatat: baris 5." in look.get_data(as_text=True)


def test_a_file_that_is_none_is_refused_with_a_hint(book, mentor_client):
    data = {"file": (BytesIO(b"%PDF-1.7"), "buku.pdf")}
    answer = mentor_client.post(book, data=data, content_type="multipart/form-data")

    assert answer.status_code == 422
    assert "PDF" in answer.get_data(as_text=True)


def test_nobody_else_brings_a_book_in(book, mentor_client, as_role):
    look = upload(mentor_client, book, *GOOD)
    other, village = as_role(Role.MENTOR), as_role(Role.VILLAGE_OFFICER)

    assert upload(other, book, *GOOD).status_code == 404
    assert other.post(f"{book}/catat", data=carried(look)).status_code == 404
    assert village.post(f"{book}/catat", data=carried(look)).status_code == 403
    assert rows() == []


WITH_CHANNEL = (*HEADER, "Status", "Kanal")


@pytest.fixture
def channels(factories, enterprise, mentor):
    """A shop that pays later and a stall that pays at once."""
    shop = factories.sales_channel(
        enterprise, mentor, name="Toko Sari Rasa", is_consignment=True, opened_on=date(2026, 5, 1)
    )
    stall = factories.sales_channel(
        enterprise, mentor, kind="pasar", name="Pasar Wagé", payment_days=0
    )
    return shop.id, stall.id


def paid():
    return db.session.scalars(select(ChannelPayment).order_by(ChannelPayment.paid_on)).all()


def test_a_paid_sale_of_a_file_goes_the_way_of_its_channel(book, mentor_client, channels):
    shop, stall = channels
    sold = (
        ("1/10/2026", "penjualan", "75rb", "Titip", "", "toko  SARI rasa"),
        ("2/10/2026", "penjualan", "40rb", "", "", "pasar wage"),
        ("3/10/2026", "penjualan", "30rb", "", "", ""),
    )
    look = upload(mentor_client, book, *sold, header=WITH_CHANNEL)
    for _ in range(2):
        mentor_client.post(f"{book}/catat", data=carried(look))
    again = upload(mentor_client, book, *sold, header=WITH_CHANNEL)

    page = look.get_data(as_text=True)
    assert "1 di antaranya masuk catatan kanal" in page
    assert "Penjualan, Toko Sari Rasa" in page
    assert [(one.channel_id, one.paid_on.day, one.amount) for one in paid()] == [(shop, 1, 75_000)]
    kept = db.session.scalars(select(CashEntry).order_by(CashEntry.happened_on)).all()
    assert [(one.amount, one.channel_id) for one in kept] == [(40_000, stall), (30_000, None)]
    assert "Sudah tercatat sebelumnya 3 baris" in again.get_data(as_text=True)


def test_rows_whose_channel_cannot_be_come_back_with_the_reason(
    book, mentor_client, channels, factories, mentor
):
    shop, _ = channels
    factories.paid_by(db.session.get(SalesChannel, shop), mentor, 30, 60_000)
    day = f"{paid()[0].paid_on:%d/%m/%Y}"
    look = upload(
        mentor_client,
        book,
        ("1/10/2026", "penjualan", "75rb", "", "", "Toko Entah"),
        ("1/10/2026", "penjualan", "75rb", "", "belum dibayar", "Toko Sari Rasa"),
        ("1/10/2026", "bahan", "75rb", "", "", "Pasar Wage"),
        (day, "penjualan", "60rb", "", "", "Toko Sari Rasa"),
        header=WITH_CHANNEL,
    )
    mended = mentor_client.post(f"{book}/perbaikan.xlsx", data=carried(look))

    sheet = openpyxl.load_workbook(BytesIO(mended.get_data())).active
    reasons = [row[6] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert reasons[0].startswith("F2: Kanal ini tidak ada di usaha ini.")
    assert "Toko Sari Rasa" in reasons[0]
    assert reasons[1].startswith("E3: Barang yang belum dibayar Toko Sari Rasa dicatat sebagai")
    assert reasons[2] == "F4: Kanal hanya untuk jualan."
    assert reasons[3].startswith("F5: Pembayaran ini sudah ada di catatan kanal.")
    assert "Catat 0 baris" not in look.get_data(as_text=True)


def test_a_channel_of_others_is_neither_read_nor_written(
    book, mentor_client, channels, factories, mentor
):
    foreign = factories.sales_channel(factories.enterprise(mentor=mentor), mentor, name="Toko Jauh")
    row = ("1/10/2026", "penjualan", "75rb", "", "", "Toko Jauh")
    look = upload(mentor_client, book, row, header=WITH_CHANNEL)
    own = upload(mentor_client, book, (*row[:5], "Pasar Wage"), header=WITH_CHANNEL)
    lines = carried(own)["lines"].replace(str(channels[1]), str(foreign.id))

    assert "Kanal ini tidak ada di usaha ini" in look.get_data(as_text=True)
    assert mentor_client.post(f"{book}/catat", data={"lines": lines}).status_code == 404
    assert rows() == []
