"""Lists as workbooks: the rows of the page, nothing computed, nothing that is not allowed."""

from __future__ import annotations

import re
import sys
from io import BytesIO

import openpyxl
import pytest
import sqlalchemy as sa

from app.core.permissions import Role
from app.db import db
from app.enterprises.exports import COLUMNS, file_path
from app.enterprises.models import RegisterExport
from app.enterprises.rules import export_limits
from app.history.models import HistoryEntry
from app.jobs import run_pending

NIK = "3302145208850003"
# The package's name `exports` is that of the blueprint.
export_routes = sys.modules["app.enterprises.routes.exports"]
EVIL = ["=HYPERLINK(1)", "=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1", '";=1+1']


def exported(client, words="", **form):
    answer = client.post(f"/usaha/unduh{words}", data=form)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    ready = client.get(answer.location)
    href = re.search(r'href="([^"]+/berkas)"', ready.get_data(as_text=True))[1]
    file = client.get(href)
    content = file.data
    file.close()
    assert file.status_code == 200
    return openpyxl.load_workbook(BytesIO(content)), href


def notes(book):
    return {row[0].value: row[1].value for row in book["Keterangan"].iter_rows()}


def test_the_file_has_the_rows_of_the_page_and_says_what_it_is(officer_client, factories):
    factories.enterprise(name="A", sector="C", capital=5_000_000, health_score=573)
    factories.enterprise(name="B", sector="C")
    factories.enterprise(name="Lain", sector="D")
    factories.enterprise(name="Luar", sector="C", village_code="35.07.10.2003")

    book, _ = exported(officer_client, "?sektor=C")

    rows = list(book["Usaha"].iter_rows(values_only=True))
    assert rows[0] == tuple(column.heading for column in COLUMNS)
    assert [row[0] for row in rows[1:]] == ["A", "B"]
    first = dict(zip(rows[0], rows[1], strict=True))
    assert (first["Modal (Rp)"], first["Skor"]) == (5_000_000, 57.3)
    assert (first["Sektor"], first["Desa"]) == ("Produk non-pangan", "Losari")
    told = notes(book)
    assert (told["Jumlah baris"], told["Sektor"], told["NIK"]) == (
        "2",
        "Produk non-pangan",
        "disamarkan",
    )
    assert told["Diunduh oleh"].startswith("Orang")


def test_a_search_is_exported_as_it_is_listed(officer_client, factories):
    factories.enterprise(name="Warung Kenari")
    factories.enterprise(name="Toko Lain")

    book, _ = exported(officer_client, "?cari=kenari")

    assert [row[0] for row in book["Usaha"].iter_rows(values_only=True)][1:] == ["Warung Kenari"]


def test_no_cell_is_ever_a_formula(officer_client, factories):
    for place, text in enumerate(EVIL):
        owner = factories.owner(name=text)
        factories.enterprise(name=f"{place}", owner=owner, address=text, product_line=text)

    book, _ = exported(officer_client)

    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    written = {cell.value for cell in cells}
    assert {"=1+1", "@SUM(A1)", "-2+3"} <= written


def test_letters_that_no_sheet_can_hold_are_replaced_and_reported(officer_client, factories):
    factories.enterprise(name="Lonceng", address="ding\x07dong", hamlet="\x1b[31m")

    book, _ = exported(officer_client)

    texts = {cell.value for row in book["Usaha"].iter_rows() for cell in row}
    assert "ding�dong" in texts
    assert notes(book)["Sel yang diganti karena memuat huruf terlarang"] == "2"


def test_numbers_that_identify_are_text(officer_client, factories):
    owner = factories.owner(nik=NIK, phone="+6281234567890")
    factories.enterprise(owner=owner, nib="0123456789012")

    book, _ = exported(officer_client)

    by_value = {cell.value: cell.data_type for row in book["Usaha"].iter_rows() for cell in row}
    assert by_value["0123456789012"] == by_value["0812-3456-7890"] == "s"
    assert by_value["330214••••••••03"] == "s"
    assert NIK not in by_value


def test_whole_niks_need_a_reason_and_are_recorded(officer_client, factories):
    factories.enterprise(owner=factories.owner(nik=NIK))

    without = officer_client.post("/usaha/unduh", data={"with_nik": "y", "reason": "perlu"})
    book, _ = exported(officer_client, with_nik="y", reason="pengajuan NIB bersama")

    assert without.status_code == 422
    assert NIK in {cell.value for row in book["Usaha"].iter_rows() for cell in row}
    entry = db.session.scalars(sa.select(HistoryEntry)).one()
    assert (entry.action, entry.note) == ("enterprise.exported", "pengajuan NIB bersama")
    assert entry.changes["row_count"] == [None, 1]


def test_a_file_is_for_its_maker_alone(officer_client, as_role, factories):
    factories.enterprise()
    _, href = exported(officer_client)

    assert as_role(Role.LABOUR_OFFICER).get(href).status_code == 404
    assert as_role(Role.ADMIN, "").get(href).status_code == 404


def test_who_has_lost_the_reach_can_not_fetch_it_any_more(officer_client, factories):
    factories.enterprise()
    _, href = exported(officer_client)
    db.session.execute(
        sa.text("UPDATE membership SET area_code = '35.07'").execution_options(autocommit=True)
    )
    db.session.commit()

    assert officer_client.get(href).status_code == 404


@pytest.mark.parametrize("role", [Role.MENTOR, Role.VILLAGE_OFFICER, Role.ENTREPRENEUR])
def test_who_may_not_export_gets_nothing(as_role, factories, role):
    client = as_role(role)

    assert client.get("/usaha/unduh").status_code == 403
    assert client.post("/usaha/unduh").status_code == 403


def test_a_long_list_is_made_in_the_background(officer_client, factories, monkeypatch):
    monkeypatch.setattr(export_routes, "AT_ONCE", 1)
    factories.enterprise(name="A")
    factories.enterprise(name="B")

    answer = officer_client.post("/usaha/unduh")
    assert answer.location.startswith("/pekerjaan/")
    run_pending()

    made = db.session.scalars(sa.select(RegisterExport)).one()
    ready = officer_client.get(f"/usaha/unduh/{made.id}")
    assert made.row_count == 2
    assert ready.status_code == 200
    assert openpyxl.load_workbook(file_path(made.id))["Usaha"].max_row == 3


def test_too_many_files_a_day_are_refused(officer_client, factories, monkeypatch):
    monkeypatch.setattr(export_limits, "PER_DAY", 1)
    factories.enterprise()
    exported(officer_client)

    answer = officer_client.post("/usaha/unduh")

    assert answer.status_code == 409
    assert "sudah mengunduh" in answer.get_data(as_text=True)


def test_a_list_found_by_nik_is_not_exported(officer_client, factories):
    answer = officer_client.post(f"/usaha/unduh?cari={NIK}")

    assert answer.status_code == 422
    assert db.session.scalars(sa.select(RegisterExport)).all() == []
