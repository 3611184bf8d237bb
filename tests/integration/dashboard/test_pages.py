"""The pages of the overview: who may open them, and that numbers, lists and files agree."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from io import BytesIO

import openpyxl
import pytest
import sqlalchemy as sa

from app.core import settings
from app.core.permissions import Role
from app.dashboard import routes
from app.db import db
from app.enterprises.models.exports import RegisterExport
from app.history.models import HistoryEntry
from app.jobs import run_pending
from tests.browserless import as_told

LINK = re.compile(r'<a class="pulih-figure__link" href="([^"]+)"><span[^>]*>([\d.]+)</span>')
CELL = re.compile(r'<a class="govuk-link" href="(/dasbor/usaha[^"]*)"[^>]*>(\d+)</a>')
COUNT = re.compile(r"<strong>(\d+) \w+</strong>")
ROW = re.compile(r'<th scope="row"')
PAGES = ["/dasbor", "/dasbor/33.02", "/dasbor/perpindahan", "/dasbor/usaha", "/dasbor/unduh"]


def table_of(answer):
    """The first sheet of a workbook as lists of values."""
    book = openpyxl.load_workbook(BytesIO(answer.data))
    answer.close()
    return [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]


def fetched(client, answer):
    """The file that an answer leads to."""
    assert answer.status_code == 303
    return client.get(f"{answer.location}/berkas")


@pytest.mark.parametrize("path", [*PAGES, "/daftar-kerja"])
def test_an_officer_opens_every_page(register, officer_client, path):
    assert officer_client.get(path).status_code == 200


@pytest.mark.parametrize(
    "path", ["/dasbor", "/dasbor/33.02", "/dasbor/perpindahan", "/dasbor/unduh"]
)
@pytest.mark.parametrize("role", [Role.MENTOR, Role.ENTREPRENEUR, Role.COOPERATIVE_OFFICER])
def test_who_may_not_see_figures_is_turned_away(as_role, role, path):
    assert as_role(role).get(path).status_code == 403


@pytest.mark.parametrize("role", [Role.MENTOR, Role.VILLAGE_OFFICER, Role.ENTREPRENEUR])
def test_work_lists_are_the_officers(as_role, role):
    area = "33.02.04.2005" if role == Role.VILLAGE_OFFICER else "33.02"

    assert as_role(role, area).get("/daftar-kerja").status_code == 403


def test_a_village_officer_sees_the_village_alone(register, as_role):
    client = as_role(Role.VILLAGE_OFFICER, "33.02.15.2003")

    assert "<h1" in client.get("/dasbor").text
    assert client.get("/dasbor/33.02.15.2003").status_code == 200
    assert client.get("/dasbor/33.02.04.2005").status_code == 404


def test_a_foreign_area_answers_exactly_like_an_unknown_one(register, officer_client):
    foreign, unknown = officer_client.get("/dasbor/35.07"), officer_client.get("/dasbor/98.76")

    assert foreign.status_code == unknown.status_code == 404
    assert as_told(foreign) == as_told(unknown)


@pytest.mark.parametrize("path", ["/dasbor", "/dasbor/33.02.04", "/daftar-kerja"])
def test_every_number_opens_a_list_of_that_length(register, officer_client, path):
    numbers = LINK.findall(officer_client.get(path).text)

    assert len(numbers) >= 6
    for href, number in numbers:
        page = officer_client.get(unescape(href)).text
        assert COUNT.search(page)[1] == number
        assert len(ROW.findall(page)) == int(number)


def test_every_cell_of_the_matrix_opens_a_list_of_that_length(register, officer_client):
    cells = CELL.findall(officer_client.get("/dasbor/perpindahan").text)

    assert len(cells) > 10
    for href, number in cells:
        page = officer_client.get(unescape(href)).text
        assert COUNT.search(page)[1] == number
        assert len(ROW.findall(page)) == int(number)


def test_the_file_of_a_list_has_the_rows_of_the_list_and_masked_numbers(register, officer_client):
    path = "/dasbor/usaha?wilayah=33.02&awal=sehat&akhir=sakit"
    number = int(COUNT.search(officer_client.get(path).text)[1])

    answer = fetched(officer_client, officer_client.post(path))

    rows = table_of(answer)
    assert number == 3
    assert {row[0] for row in rows[1:]} == {"sakit", "sakit lama", "sakit berencana"}
    assert "attachment" in answer.headers["Content-Disposition"]


def test_who_takes_a_list_is_noted(register, officer_client):
    officer_client.post("/dasbor/usaha?wilayah=33.02&akhir=sakit")

    taken = db.session.scalars(sa.select(RegisterExport)).one()
    noted = db.session.scalars(
        sa.select(HistoryEntry).where(HistoryEntry.action == "enterprise.exported")
    ).one()
    assert taken.account_id == noted.account_id == officer_client.account_id
    assert noted.changes["row_count"] == [None, 3]


def test_a_long_list_is_written_in_the_background(register, officer_client, monkeypatch):
    monkeypatch.setattr(routes, "AT_ONCE", 2)
    path = "/dasbor/usaha?wilayah=33.02&awal=sehat&akhir=sakit"

    answer = officer_client.post(path)
    assert answer.location.startswith("/pekerjaan/")
    run_pending()

    export_id = db.session.scalars(sa.select(RegisterExport.id)).one()
    shown = officer_client.get(answer.location).text
    file = officer_client.get(f"/usaha/unduh/{export_id}/berkas")
    assert f"/usaha/unduh/{export_id}" in shown
    assert {row[0] for row in table_of(file)[1:]} == {"sakit", "sakit lama", "sakit berencana"}


def test_a_file_behind_a_number_is_its_makers(register, officer_client, as_role):
    made = officer_client.post("/dasbor/usaha?wilayah=33.02&akhir=sakit").location

    assert as_role(Role.LABOUR_OFFICER).get(f"{made}/berkas").status_code == 404


def test_a_list_longer_than_a_file_is_refused(register, officer_client, monkeypatch):
    bound = settings.current()
    monkeypatch.setattr(settings, "current", lambda: replace(bound, export_max_rows=1))

    answer = officer_client.post("/dasbor/usaha?wilayah=33.02&akhir=sakit")

    assert answer.status_code == 422
    assert db.session.scalars(sa.select(RegisterExport)).all() == []


def test_a_mentor_may_not_take_a_list(register, as_role):
    assert as_role(Role.MENTOR).post("/dasbor/usaha").status_code == 403


def test_a_mentor_reads_only_their_own_behind_a_number(register, as_role):
    client = as_role(Role.MENTOR, account=register.mentor)

    answer = client.get("/dasbor/usaha")

    assert answer.status_code == 200
    assert "malang" not in answer.text
    assert "sakit lama" not in answer.text


def test_the_workbook_says_what_the_page_says(register, officer_client):
    rows = table_of(officer_client.get("/dasbor/unduh?wilayah=33.02"))

    heading = rows[4]
    whole = dict(zip(heading, rows[-1], strict=True))
    assert rows[0][0] == "Wilayah usaha: Kabupaten Banyumas"
    assert whole["Usaha didampingi"] == 9
    assert whole["Sakit"] == 3
    assert whole["Sudah dikunjungi"] == 1
    assert "Orang" in rows[2][0]


def test_the_matrix_of_the_workbook_sums_to_its_cohort(register, officer_client):
    book = openpyxl.load_workbook(BytesIO(officer_client.get("/dasbor/unduh?wilayah=33.02").data))
    rows = [list(row) for row in book["Perpindahan"].iter_rows(min_row=6, values_only=True)]

    assert sum(row[-1] for row in rows[:-1]) == rows[-1][-1] == 10


@pytest.mark.parametrize("words", ["dari=besok", "dari=2026-12-01&sampai=2026-01-01", "sampai='--"])
def test_a_period_that_cannot_be_is_said_so_and_the_usual_one_shown(
    register, officer_client, words
):
    answer = officer_client.get(f"/dasbor?{words}")

    assert answer.status_code == 200
    assert "govuk-error-message" in answer.text


def test_a_period_may_be_asked_for_in_words(register, officer_client):
    answer = officer_client.get("/dasbor?dari=1+Januari+2026&sampai=31/3/2026")

    assert "dari=2026-01-01" in answer.text
    assert "sampai=2026-03-31" in answer.text


def test_an_empty_area_says_so(factories, as_role):
    factories.village_rows("33.02.04.2005")

    assert "Belum ada usaha" in as_role(Role.LABOUR_OFFICER).get("/dasbor").text
