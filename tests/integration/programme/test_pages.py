"""Pages of the programme: who opens them, links, the workbook, figures that the office types."""

from __future__ import annotations

import re
from html import unescape
from io import BytesIO

import openpyxl
import pytest

from app.core.permissions import Role
from app.db import db
from app.history.models import HistoryEntry
from app.programme.models import TypedFigure
from tests.integration.programme.conftest import LOSARI, TODAY

FIGURE = {
    "value": "12,5",
    "unit": "orang",
    "out_of": "80",
    "counted_on": TODAY.isoformat(),
    "source": "Laporan pokja",
    "note": "",
}
LINK = re.compile(r'href="(/program/usaha[^"]*)">([\d.]+)</a>')
TYPE = f"/program/{LOSARI}/isian/keluaran-4/tulis"


def typed(client, path=TYPE, **changes):
    """Type a figure."""
    return client.post(path, data={**FIGURE, **changes})


@pytest.mark.parametrize("path", ["/program", "/program/indikator", f"/program/{LOSARI}"])
def test_every_number_of_a_page_opens_a_list_of_that_length(village_world, officer_client, path):
    page = officer_client.get(path).get_data(as_text=True)

    links = LINK.findall(page)

    assert len(links) > 5
    for address, number in dict(links).items():
        shown = officer_client.get(unescape(address)).get_data(as_text=True)
        assert re.search(r"<strong>(\d+) usaha</strong>", shown)[1] == number


def test_a_village_officer_reads_the_own_village_and_no_other(village_world, as_role):
    client = as_role(Role.VILLAGE_OFFICER, LOSARI)

    assert client.get("/program").status_code == 200
    assert client.get(f"/program/{LOSARI}").status_code == 200
    for path in ("35.07", "33.02.15.2003", "99.99"):
        assert client.get(f"/program/{path}").status_code == 404
        assert client.get(f"/program/indikator?wilayah={path}").status_code == 404
        assert client.get(f"/program/unduh?wilayah={path}").status_code == 404
        assert client.get(f"/program/usaha?wilayah={path}&angka=usaha").status_code == 404
        assert client.get(f"/program/{path}/isian/keluaran-4").status_code == 404


@pytest.mark.parametrize("role", [Role.MENTOR, Role.ENTREPRENEUR, Role.COOPERATIVE_OFFICER])
@pytest.mark.parametrize("path", ["/program", "/program/indikator", "/program/unduh", TYPE])
def test_who_has_no_part_in_the_programme_is_turned_away(village_world, as_role, role, path):
    assert as_role(role).get(path).status_code == 403


def test_an_officer_types_a_figure_that_stands_apart_with_its_source(village_world, officer_client):
    answer = typed(officer_client)

    assert answer.status_code == 303
    page = officer_client.get(f"/program/indikator?wilayah={LOSARI}").get_data(as_text=True)
    assert "12,5 orang dari 80" in page
    assert "Sumber: Laporan pokja" in page
    entry = db.session.query(HistoryEntry).filter_by(action="typed_figure.added").one()
    assert entry.area_code == LOSARI


def test_a_correction_is_a_new_figure_and_the_old_one_stays(village_world, officer_client):
    typed(officer_client)
    first = db.session.query(TypedFigure).one().id

    answer = typed(officer_client, corrects=str(first), value="15", source="Surat kepala desa")
    again = typed(officer_client, corrects=str(first), value="16")

    assert (answer.status_code, again.status_code) == (303, 422)
    page = officer_client.get(f"/program/{LOSARI}/isian/keluaran-4").get_data(as_text=True)
    assert "<s>12,5 orang</s>" in page
    assert "Surat kepala desa" in page
    assert db.session.query(TypedFigure).count() == 2


def test_a_figure_of_another_item_is_not_corrected_here(village_world, officer_client):
    typed(officer_client)
    first = db.session.query(TypedFigure).one().id

    path = TYPE.replace("keluaran-4", "hasil-1")

    assert typed(officer_client, path, corrects=str(first)).status_code == 422
    assert db.session.query(TypedFigure).count() == 1


@pytest.mark.parametrize(
    "path", [TYPE.replace(LOSARI, "35.07.10.2003"), TYPE.replace("keluaran-4", "keluaran-2")]
)
def test_no_figure_is_typed_elsewhere_or_for_what_is_computed(village_world, officer_client, path):
    assert officer_client.get(path).status_code == 404
    assert typed(officer_client, path).status_code == 404
    assert db.session.query(TypedFigure).count() == 0


def test_a_village_officer_reads_typed_figures_and_types_none(
    village_world, officer_client, as_role
):
    typed(officer_client)
    client = as_role(Role.VILLAGE_OFFICER, LOSARI)

    assert "12,5 orang" in client.get(f"/program/{LOSARI}/isian/keluaran-4").get_data(as_text=True)
    assert client.get(TYPE).status_code == 403
    assert typed(client).status_code == 403


@pytest.mark.parametrize(
    "changes", [{"source": ""}, {"out_of": "3"}, {"value": "1,234"}, {"counted_on": "2099-01-01"}]
)
def test_a_figure_without_source_or_that_can_not_be_is_refused(
    village_world, officer_client, changes
):
    assert typed(officer_client, **changes).status_code == 422
    assert db.session.query(TypedFigure).count() == 0


def test_the_workbook_holds_the_figures_and_no_formula(village_world, officer_client):
    typed(officer_client, source="=1+1")

    answer = officer_client.get("/program/unduh?wilayah=33.02")
    book = openpyxl.load_workbook(BytesIO(answer.data))
    answer.close()

    assert book.sheetnames == ["Profil", "Indikator", "Angka kantor"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    words = {cell.value for cell in cells}
    assert "Produk atau jasa: =Keripik" in words
    assert any(str(word).startswith("Dibuat ") for word in words)
    village = officer_client.get(f"/program/unduh?wilayah={LOSARI}")
    sheet = openpyxl.load_workbook(BytesIO(village.data))["Angka kantor"]
    village.close()
    assert "=1+1" in [cell.value for row in sheet.iter_rows() for cell in row]
