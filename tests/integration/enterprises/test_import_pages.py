"""The pages of an import: from upload to the register, and who may not."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
import sqlalchemy as sa

from app.core.permissions import Role
from app.db import db
from app.enterprises.models import ColumnMemory, Enterprise, ImportRun
from app.jobs import run_pending
from tests.cases import messy_sheets
from tests.integration.enterprises import imports as trial


@pytest.fixture
def places(factories):
    factories.country()


def upload(client, content, name="daftar.xlsx"):
    return client.post(
        "/impor",
        data={"file": (BytesIO(content), name)},
        content_type="multipart/form-data",
    )


def uploaded(client, content):
    """The id of a run after its check."""
    response = upload(client, content)
    assert response.status_code == 303
    run_pending()
    return db.session.scalars(
        sa.select(ImportRun.id).order_by(ImportRun.created_at.desc()).limit(1)
    ).one()


def text_of(response):
    return response.get_data(as_text=True)


def test_a_list_goes_from_upload_to_register(officer_client, places):
    run_id = uploaded(officer_client, messy_sheets.clean())
    preview = text_of(officer_client.get(f"/impor/{run_id}"))
    before = trial.stored()

    confirmed = officer_client.post(f"/impor/{run_id}/catat")
    run_pending()

    assert "Catat 3 usaha" in preview
    assert before == (0, 0)
    assert confirmed.status_code == 303
    assert trial.stored() == (3, 3)
    assert "3 baris sudah dicatat" in text_of(officer_client.get(f"/impor/{run_id}"))


def test_an_import_that_wrote_nothing_says_so_and_leads_to_no_new_enterprises(
    officer_client, places
):
    both = [uploaded(officer_client, messy_sheets.clean()) for _ in range(2)]
    for run_id in both:
        officer_client.post(f"/impor/{run_id}/catat")
        run_pending()

    first, second = (text_of(officer_client.get(f"/impor/{run_id}")) for run_id in both)

    assert "Lihat usaha baru" in first
    assert "tidak ada yang dicatat" in second
    assert "Lihat usaha" not in second


def test_confirming_twice_writes_once(officer_client, places):
    run_id = uploaded(officer_client, messy_sheets.clean())

    officer_client.post(f"/impor/{run_id}/catat")
    officer_client.post(f"/impor/{run_id}/catat")
    run_pending()

    assert trial.stored() == (3, 3)


def test_faults_are_shown_with_their_cell_and_reason(officer_client, places):
    run_id = uploaded(officer_client, messy_sheets.numeric_identity())

    page = text_of(officer_client.get(f"/impor/{run_id}"))

    assert "sel D2" in page
    assert "NIK ini tersimpan sebagai angka" in page


def test_rows_to_mend_come_as_texts_in_a_workbook(officer_client, places):
    run_id = uploaded(officer_client, messy_sheets.numeric_identity())

    response = officer_client.get(f"/impor/{run_id}/perbaikan.xlsx")

    sheet = openpyxl.load_workbook(BytesIO(response.data)).active
    headers = [cell.value for cell in sheet[1]]
    assert headers[-2:] == ["Masalah", "Baris asal"]
    assert [row[-1].value for row in sheet.iter_rows(min_row=2)] == [2, 3, 4]
    assert sheet["D4"].value == "330204590885000"


def test_formula_like_names_never_become_formulas(officer_client, places):
    header = ("Nama Usaha", "Nama Pemilik", "Desa")
    run_id = uploaded(officer_client, trial.sheet(header, ("=1+1 Sari", "Siti", "Entah")))

    response = officer_client.get(f"/impor/{run_id}/perbaikan.xlsx")

    cell = openpyxl.load_workbook(BytesIO(response.data)).active["A2"]
    assert (cell.value, cell.data_type) == ("=1+1 Sari", "s")


def test_what_a_column_means_is_remembered_for_the_office(officer_client, places):
    header = ("Nama Usaha", "Nama Pemilik", "Desa", "Omset")
    content = trial.sheet(header, ("Sari", "Siti", "Losari", 2_000_000))
    first = uploaded(officer_client, content)
    officer_client.post(f"/impor/{first}/kolom", data={"kolom-0-4": "monthly_sales"})
    run_pending()

    second = uploaded(officer_client, content)
    officer_client.post(f"/impor/{second}/catat")
    run_pending()

    assert db.session.scalars(sa.select(ColumnMemory.field)).one() == "monthly_sales"
    assert db.session.scalars(sa.select(Enterprise.yearly_sales)).one() == 24_000_000


def test_a_near_column_is_marked_until_somebody_confirms_it(officer_client, places):
    header = ("Nama Usahaa", "Nama Pemilik", "Desa")
    run_id = uploaded(officer_client, trial.sheet(header, ("Sari", "Siti", "Losari")))
    before = text_of(officer_client.get(f"/impor/{run_id}"))

    officer_client.post(f"/impor/{run_id}/kolom", data={"kolom-0-1": "name"})
    run_pending()

    assert "kira-kira" in before
    assert "kira-kira" not in text_of(officer_client.get(f"/impor/{run_id}"))


def test_one_sheet_of_several_can_be_chosen(officer_client, places):
    run_id = uploaded(officer_client, messy_sheets.several_sheets())

    officer_client.post(f"/impor/{run_id}/kolom", data={"lembar": "Menganti"})
    run_pending()

    assert trial.counts_of(trial.run_of(run_id)) == (1, 0, 0, 0)


@pytest.mark.parametrize(
    ("content", "name", "text"),
    [
        (b"", "kosong.xlsx", "Berkas ini kosong"),
        (messy_sheets.picture(), "foto.xlsx", "gambar PNG"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "lama.xls", "Excel lama"),
        (messy_sheets.zip_bomb(120), "besar.xlsx", "terlalu besar"),
    ],
)
def test_an_unfit_file_is_refused_at_the_form(officer_client, places, content, name, text):
    response = upload(officer_client, content, name)

    assert response.status_code == 422
    assert text in text_of(response)
    assert db.session.scalars(sa.select(ImportRun)).all() == []


def test_without_a_file_the_form_asks_for_one(officer_client, places):
    response = officer_client.post("/impor", data={})

    assert response.status_code == 422
    assert "Pilih berkas" in text_of(response)


def test_a_discarded_file_is_gone(officer_client, places):
    run_id = uploaded(officer_client, messy_sheets.clean())

    officer_client.post(f"/impor/{run_id}/batal")

    assert officer_client.get(f"/impor/{run_id}").status_code == 404
    assert db.session.scalars(sa.select(ImportRun)).all() == []


def test_a_written_import_can_not_be_discarded_or_changed(officer_client, places):
    run_id = uploaded(officer_client, messy_sheets.clean())
    officer_client.post(f"/impor/{run_id}/catat")
    run_pending()

    assert officer_client.post(f"/impor/{run_id}/batal").status_code == 409
    assert officer_client.post(f"/impor/{run_id}/kolom", data={}).status_code == 409


@pytest.mark.parametrize("role", [Role.MENTOR, Role.VILLAGE_OFFICER, Role.ENTREPRENEUR])
def test_only_offices_import(as_role, places, role):
    client = as_role(role)

    assert client.get("/impor").status_code == 403
    assert upload(client, messy_sheets.clean()).status_code == 403


def test_another_office_finds_no_trace_of_an_import(officer_client, as_role, places):
    run_id = uploaded(officer_client, messy_sheets.clean())
    other = as_role(Role.LABOUR_OFFICER, "33.03")

    for method, path in (
        ("GET", ""), ("GET", "/perbaikan.xlsx"), ("POST", "/catat"), ("POST", "/kolom"),
        ("POST", "/batal"), ("POST", "/lanjut"),
    ):  # fmt: skip
        assert other.open(f"/impor/{run_id}{path}", method=method).status_code == 404
    assert "daftar.xlsx" not in text_of(other.get("/impor"))
