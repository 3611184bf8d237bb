"""Reports of an area: they say what the pages say, to whom it may be said, once."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4
from xml.etree import ElementTree as ET

import pytest
import sqlalchemy as sa

from app.accounts.models import Account, Membership
from app.core.clock import local_today, utc_now
from app.core.money import format_rupiah
from app.core.permissions import Role
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise, Owner
from app.history.models import HistoryEntry, ReadEntry
from app.history.rules import unpack
from app.jobs import run_pending
from app.jobs.models import JobRun
from app.jobs.running import run_job
from app.places.queries import path_label
from app.reports.exports import forget_old_files
from app.reports.models import OfficeReport
from app.reports.rules import limits
from tests.browserless import as_told
from tests.pdf_text import pdf_text

LABELLED = re.compile(
    r'<span class="pulih-figure__value">([\d.]+)</span> <span class="pulih-figure__label">([^<]+)<'
)
CELL = re.compile(r'<a class="govuk-link" href="/dasbor/usaha[^"]*"[^>]*>([\d.]+)</a>')
SVG = "http://www.w3.org/2000/svg"
MATRIX = "Perpindahan kelas: dari (baris) ke (kolom)"


def row_of(rows, first):
    """The last row of a sheet that begins with a word."""
    return next(row for row in reversed(rows) if row[0] == first)


def as_pairs(rows, heading="Wilayah", line="Jumlah"):
    """One row of a sheet by the words above it."""
    return dict(zip(row_of(rows, heading), row_of(rows, line), strict=True))


def numbers_of(page):
    """Figures of a page by their words."""
    return {label.strip(): int(value.replace(".", "")) for value, label in LABELLED.findall(page)}


def files_of(location):
    """The addresses of both files."""
    return [f"{location}/berkas.{ending}" for ending in ("pdf", "xlsx")]


def test_pages_workbook_and_print_say_the_same(register, officer_client, ask, fetch, month):
    days = f"dari={month}-01&sampai={local_today().isoformat()}"
    page = numbers_of(officer_client.get(f"/dasbor/33.02?{days}").text)
    matrix = officer_client.get(f"/dasbor/perpindahan?wilayah=33.02&{days}").text
    work = numbers_of(officer_client.get("/daftar-kerja").text)

    made = fetch(officer_client, ask(officer_client))

    told = as_pairs(made.sheets["Wilayah"]) | as_pairs(made.sheets["Kunjungan"])
    assert len(page) >= 10
    assert {label: told[label] for label in page} == page
    classes = made.sheets["Kelas usaha"]
    start = next(place for place, row in enumerate(classes) if row[0] == MATRIX)
    cells = [value for row in classes[start + 2 : start + 11] for value in row[1:9] if value]
    assert sorted(map(int, CELL.findall(matrix))) == sorted(cells)
    left = {row[0]: row[1] for row in made.sheets["Daftar kerja"] if isinstance(row[1], int)}
    assert len(left) >= 5
    assert {label: work[label] for label in left} == left
    words = pdf_text(made.pdf)
    assert f"Dari {page['Perlu dikunjungi']} usaha yang perlu dikunjungi" in words
    assert " ".join(str(told[label]) for label in ("Sehat", "Kurang sehat", "Sakit")) in words


def test_money_is_that_of_its_own_page(register, factories, officer_client, ask, fetch):
    enterprise = db.session.get_one(Enterprise, register.ids["sakit"])
    year = local_today().year
    for source, cost in (("apbn", 1_500_000), ("dana_desa", 700_000)):
        factories.intervention(
            enterprise=enterprise,
            therapy_code="T01" if source == "apbn" else "T29",
            state="berjalan",
            cost=cost,
            funding_source=source,
            budget_year=year,
        )
    page = officer_client.get(f"/terapi/sebaran?wilayah=33.02&tahun={year}").text

    made = fetch(officer_client, ask(officer_client))

    money = made.sheets["Dana"]
    assert row_of(money, "Jumlah")[1:4] == [2, 2_200_000, 0]
    assert row_of(money, "Dana Desa")[2] == 700_000
    assert format_rupiah(2_200_000) in page
    assert format_rupiah(2_200_000) in pdf_text(made.pdf)
    assert row_of(made.sheets["Terapi"], "Berjalan")[1] == 2


def test_the_print_is_tagged_titled_in_indonesian_and_tells_its_maker(
    register, officer_client, ask, fetch
):
    location = ask(officer_client)

    made = fetch(officer_client, location)

    assert b"/StructTreeRoot" in made.pdf
    assert b"/Lang(id" in made.pdf.replace(b"/Lang (", b"/Lang(")
    words = pdf_text(made.pdf)
    maker = db.session.scalars(sa.select(OfficeReport)).one().account_id
    assert db.session.get_one(Account, maker).name in words
    assert str(location)[-12:].upper() in words
    assert "Kabupaten Banyumas" in words
    assert made.book.properties.title.startswith("Laporan usaha PMI purna: Kabupaten Banyumas")


def test_without_asking_for_names_nobody_is_named(register, officer_client, ask, fetch):
    made = fetch(officer_client, ask(officer_client))

    text = pdf_text(made.pdf) + repr(made.sheets)
    assert "sakit berencana" not in text
    assert (
        db.session.scalars(sa.select(ReadEntry).where(ReadEntry.kind == "export")).one().enterprises
        is None
    )


def test_who_withdrew_is_not_named_and_who_is_named_is_noted(register, officer_client, ask, fetch):
    owner_id = db.session.get_one(Enterprise, register.ids["sakit lama"]).owner_id
    with transaction():
        db.session.get_one(Owner, owner_id).objected_on = local_today()

    made = fetch(officer_client, ask(officer_client, with_names="y"))

    named = [row[0] for row in made.sheets["Usaha sakit"]]
    assert {"sakit", "sakit berencana"} <= set(named)
    assert "sakit lama" not in named
    assert "1 tidak disebut namanya" in repr(made.sheets["Usaha sakit"])
    noted = db.session.scalars(sa.select(ReadEntry).where(ReadEntry.kind == "export")).one()
    assert set(unpack(noted.enterprises)) == {
        register.ids["sakit"],
        register.ids["sakit berencana"],
    }


def test_no_number_of_a_person_is_in_any_report(register, officer_client, ask, fetch):
    owners = db.session.scalars(sa.select(Owner)).all()
    masked = {one.nik_masked for one in owners if one.nik_masked}

    made = fetch(officer_client, ask(officer_client, with_names="y"))

    text = pdf_text(made.pdf) + repr(made.sheets)
    assert not re.search(r"\d{16}|\+62\d|08\d{8}", text)
    assert not any(number in text for number in masked)


def test_asking_twice_gives_one_and_asking_again_later_another(
    register, officer_client, ask, month
):
    data = {"area": "33.02", "span": month, "kind": "pdf"}

    first, second = (officer_client.post("/laporan", data=data).location for _ in range(2))
    run_pending()
    third = officer_client.post("/laporan", data=data).location

    assert first == second != third
    assert len(db.session.scalars(sa.select(JobRun)).all()) == 2


def test_a_report_that_was_killed_is_made_again_and_noted_once(
    register, officer_client, ask, fetch
):
    location = ask(officer_client)
    job = db.session.scalars(sa.select(JobRun)).one()
    for file in files_of(location):
        officer_client.get(file).close()

    with transaction():
        job = db.session.get_one(JobRun, job.id)
        job.state, job.finished_at, job.result = "running", None, None
    run_job(job.id)

    assert len(fetch(officer_client, location).sheets) > 5
    made = sa.select(HistoryEntry).where(HistoryEntry.action == "report.made")
    assert len(db.session.scalars(made).all()) == 1


def test_a_report_in_the_making_shows_how_far_it_is(register, officer_client, month):
    data = {"area": "33.02", "span": month, "kind": "pdf"}
    location = officer_client.post("/laporan", data=data).location

    waiting = officer_client.get(location).text
    figures = officer_client.get(f"{location}.json").json
    missing = officer_client.get(files_of(location)[0])
    run_pending()

    assert "data-progress" in waiting
    assert not figures["is_over"]
    assert missing.status_code == 404
    assert officer_client.get(f"{location}.json").json["is_over"]
    assert f"{location}/berkas.pdf" in officer_client.get(location).text
    assert f"{location}/berkas.xlsx" not in officer_client.get(location).text
    assert officer_client.get(files_of(location)[1]).status_code == 404
    assert location in officer_client.get("/laporan").text


def test_what_somebody_else_asked_for_answers_like_what_nobody_did(
    register, officer_client, ask, as_role
):
    location = ask(officer_client)
    other = as_role(Role.LABOUR_OFFICER)
    unknown = f"/laporan/{uuid4()}"

    for ending in ("", ".json", "/berkas.pdf"):
        foreign, nowhere = other.get(f"{location}{ending}"), other.get(f"{unknown}{ending}")
        assert foreign.status_code == nowhere.status_code == 404
        assert as_told(foreign) == as_told(nowhere)


def test_who_lost_the_area_loses_the_report(register, officer_client, ask):
    location = ask(officer_client)

    with transaction():
        db.session.execute(sa.update(Membership).values(area_code="35.07"))

    assert officer_client.get(location).status_code == 404
    assert officer_client.get(f"{location}/berkas.pdf").status_code == 404


@pytest.mark.parametrize("role", [Role.MENTOR, Role.ENTREPRENEUR, Role.COOPERATIVE_OFFICER])
def test_who_may_not_make_reports_is_turned_away(as_role, role, month):
    client = as_role(role)

    for path in ("/laporan", "/laporan/pendamping", "/laporan/kop"):
        assert client.get(path).status_code == 403
        assert client.post(path, data={"span": month}).status_code == 403


def test_another_area_can_be_asked_for_by_nobody(register, officer_client, month):
    posted = {"span": month, "kind": "pdf"}

    foreign = officer_client.get("/laporan?wilayah=35.07")
    unknown = officer_client.get("/laporan?wilayah=98.76")
    chosen = officer_client.post("/laporan", data={**posted, "area": "35.07"})
    village = officer_client.post(
        "/laporan", data={**posted, "area": "33.02", "village": "35.07.10.2003"}
    )

    assert foreign.status_code == unknown.status_code == 404
    assert as_told(foreign) == as_told(unknown)
    assert chosen.status_code == village.status_code == 422
    assert db.session.scalars(sa.select(OfficeReport)).all() == []


def test_a_village_officer_reports_the_village_without_names_or_mentors(
    register, as_role, fetch, ask
):
    client = as_role(Role.VILLAGE_OFFICER, "33.02.15.2003")

    made = fetch(client, ask(client, area="33.02.15.2003", with_names="y"))

    assert as_pairs(made.sheets["Wilayah"])["Usaha didampingi"] == 1
    assert not {"Usaha sakit", "Pendamping", "Daftar kerja"} & set(made.sheets)
    assert client.get("/laporan/pendamping").status_code == 403
    assert client.get("/laporan/kop").status_code == 403


def test_one_village_of_an_area_may_be_asked_for(register, officer_client, ask, fetch):
    location = ask(officer_client, village="33.02.15.2003")

    made = fetch(officer_client, location)

    assert as_pairs(made.sheets["Wilayah"])["Usaha didampingi"] == 1
    assert path_label("33.02.15.2003") in officer_client.get(location).text


@pytest.mark.parametrize("span", ["2026-13", "2026-T5", "2199-01", "besok", ""])
def test_a_month_that_is_none_is_refused(register, officer_client, span):
    answer = officer_client.post("/laporan", data={"area": "33.02", "span": span, "kind": "pdf"})

    assert answer.status_code == 422
    assert db.session.scalars(sa.select(OfficeReport)).all() == []


def test_a_day_has_an_end(register, officer_client, monkeypatch, month):
    monkeypatch.setattr(limits, "PER_DAY", 1)
    words = {"area": "33.02", "span": month}

    first = officer_client.post("/laporan", data={**words, "kind": "pdf"})
    second = officer_client.post("/laporan", data={**words, "kind": "xlsx"})

    assert (first.status_code, second.status_code) == (303, 409)
    assert len(db.session.scalars(sa.select(JobRun)).all()) == 1


def test_files_are_forgotten_in_their_time(register, officer_client, ask):
    plain, named = ask(officer_client), ask(officer_client, with_names="y")

    forget_old_files(utc_now() + timedelta(days=2))

    kept = officer_client.get(f"{plain}/berkas.pdf")
    kept.close()
    assert kept.status_code == 200
    assert officer_client.get(f"{named}/berkas.pdf").status_code == 404
    assert "sudah dihapus" in officer_client.get(named).text


def test_charts_are_files_of_their_own_with_title_and_words(register, as_role, ask, fetch):
    client = as_role(Role.LABOUR_OFFICER)
    location = ask(client)
    made = fetch(client, location)
    page = client.get(location).text

    links = re.findall(rf'href="({location}/diagram-[a-z]+\.svg)"', page)

    assert links == [f"{location}/diagram-kelas.svg"]
    answer = client.get(links[0])
    drawn = ET.fromstring(answer.data)  # noqa: S314 - it is our own
    title, told = (drawn.find(f"{{{SVG}}}{name}") for name in ("title", "desc"))
    assert answer.mimetype == "image/svg+xml"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert drawn.attrib["aria-labelledby"].split() == [title.attrib["id"], told.attrib["id"]]
    assert title.text.startswith("Usaha menurut keadaan pada")
    words = {element.text for element in drawn.iter(f"{{{SVG}}}text")}
    for label in ("Sehat", "Kurang sehat", "Sakit"):
        number = next(row[2] for row in made.sheets["Kelas usaha"] if row[0] == label)
        assert f"{label} {number}" in told.text
        assert {label, str(number)} <= words
    answer.close()
    stranger = as_role(Role.LABOUR_OFFICER)
    assert stranger.get(links[0]).status_code == 404
    assert client.get(f"{location}/diagram-dana.svg").status_code == 404
