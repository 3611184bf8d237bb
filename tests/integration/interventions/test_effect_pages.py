import re
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import openpyxl
import pytest
from sqlalchemy import func, select

from app.core.clock import local_today, utc_now
from app.core.errors import NotFound
from app.core.permissions import Role
from app.core.scope import Scope
from app.db import db
from app.db.transaction import transaction
from app.enterprises.rules.consents import BASE, WITHDRAWN
from app.history.models import ReadEntry
from app.interventions import queries
from app.interventions.models import EffectCase, EffectReport
from app.jobs import run_pending
from app.web.filters import tanggal

TODAY = local_today()
FIRST, END, SECOND = (TODAY - timedelta(days=days) for days in (200, 120, 100))
PAGE = "/terapi/manfaat"


def assessed(factories, enterprise, points, day, **answers):
    found = factories.findings(points, **answers)
    return factories.assessment(enterprise=enterprise, found=found, assessed_on=day)


def treated(factories, name, *, after, provider="PLUT", spent=None, second=True, **values):
    """An enterprise with no book, a therapy for it, and (unless not yet) a second look."""
    enterprise = factories.enterprise(name=name, **values.pop("where", {}))
    before = assessed(factories, enterprise, 2, FIRST, MNJ1=0)
    if second:
        assessed(factories, enterprise, values.pop("level", 2), SECOND, MNJ1=after)
    factories.intervention(
        enterprise=enterprise,
        therapy_code="T01",
        state="selesai",
        result="berhasil",
        assessment=before,
        indicators=["MNJ1"],
        provider=provider,
        closed_on=END,
        decided_at=utc_now() - timedelta(days=190),
        cost=spent or 0,
        spent=spent,
        funding_source="csr" if spent else "tanpa_biaya",
    )
    return enterprise


def other(factories, name, *, after, **values):
    enterprise = factories.enterprise(name=name, **values)
    assessed(factories, enterprise, 2, FIRST, MNJ1=0)
    assessed(factories, enterprise, 2, SECOND, MNJ1=after)
    return enterprise


def count(client, area="33.02"):
    asked = client.post(f"{PAGE}/hitung", data={"wilayah": area})
    assert asked.status_code == 303
    run_pending()
    db.session.rollback()
    return asked


@pytest.fixture
def world(factories):
    treated(factories, "Naik Satu", after=3, spent=300_000, level=4)
    treated(factories, "Naik Dua", after=2, provider="BLK")
    treated(factories, "Tetap", after=0)
    treated(factories, "Belum Dinilai", after=0, second=False)
    treated(factories, "Sudah Tutup", after=0, second=False, where={"life_cycle": "tutup"})
    other(factories, "Tanpa Naik", after=3)
    other(factories, "Tanpa Tetap", after=0)
    other(factories, "Jauh Sekali", after=4, village_code="35.07.10.2003")
    sick = factories.enterprise(name="Masih Sakit")
    factories.assessment(enterprise=sick, health_class="sakit", assessed_on=FIRST)
    well = factories.enterprise(name="Sudah Keluar")
    factories.assessment(enterprise=well, health_class="sakit", assessed_on=FIRST)
    factories.assessment(enterprise=well, health_class="sehat", assessed_on=SECOND)


def test_nothing_counted_yet_is_said_and_can_be_asked_for(officer_client, world):
    before = officer_client.get(PAGE)

    asked = count(officer_client)

    assert "belum dihitung" in before.text
    assert asked.location.startswith("/pekerjaan/")
    assert "Menghitung manfaat terapi" in officer_client.get(asked.location).text
    assert "/terapi/manfaat?wilayah=33.02" in officer_client.get(asked.location).text
    assert "belum dihitung" not in officer_client.get(PAGE).text


def test_figures_are_those_counted_by_hand_and_warn_of_few(officer_client, world):
    count(officer_client)

    page = queries.effect_page(Scope(account_id=None, areas=("33.02",)), "33.02")

    (line,) = page.overall
    assert (line.therapy, line.measure) == ("Buku kas satu halaman", "Catatan buku kas")
    assert (line.treated.improved, line.treated.count) == (2, 3)
    assert (line.treated.waiting, line.treated.gone) == (1, 1)
    # Tanpa Naik and Sudah Keluar of these and Tanpa Tetap; Masih Sakit was not looked at again.
    assert (line.others.improved, line.others.count) == (2, 3)
    assert (line.others.waiting, line.others.gone) == (1, 0)
    assert (line.treated.before, line.treated.after) == (0, 1.67)
    assert line.difference == 0
    assert line.verdict == "belum cukup data"
    assert "Kurang dari 30 usaha dengan terapi ini" in line.warnings[0]
    assert [one.provider for one in page.of_therapy("T01")] == ["", "BLK", "PLUT"]
    whole = page.costs[0]
    assert (whole.money, whole.moved, whole.per_mover) == (300_000, 1, 300_000)
    assert (page.sick["keluar"], page.sick["masih_sakit"], page.sick["sakit_pergi"]) == (1, 1, 0)


def test_pages_say_it_in_words(officer_client, world):
    count(officer_client)

    page = officer_client.get(PAGE).text
    therapy = officer_client.get(f"{PAGE}/T01?wilayah=33.02").text

    for words in ("membaik (67%)", "belum cukup data", "Kurang dari 30", "Cara membandingkan"):
        assert words in page
    assert "Separuh usaha keluar dari sakit dalam" in page
    assert "<svg" in page
    for words in ("BLK", "PLUT", "Semua pelaksana", "tutup atau berhenti sebelum dinilai lagi"):
        assert words in therapy


def test_every_figure_leads_to_as_many_enterprises(officer_client, world):
    count(officer_client)
    pages = [officer_client.get(path).text for path in (PAGE, f"{PAGE}/T01?wilayah=33.02")]

    links = {
        (link.replace("&amp;", "&"), int(figure.replace(".", "")))
        for page in pages
        for link, figure in re.findall(r'href="(/terapi/manfaat/daftar/[^"]+)">([\d.]+)</a>', page)
    }

    assert len(links) > 10
    for link, figure in links:
        listed = officer_client.get(link)
        assert listed.status_code == 200
        rows = len(re.findall(r'<tr class="govuk-table__row" role="row">', listed.text))
        heading = 1 if figure else 0
        assert (figure, f"<strong>{figure} usaha</strong>" in listed.text) == (rows - heading, True)


def test_long_lists_are_paged_to_their_end(officer_client, factories):
    for number in range(3):
        treated(factories, f"Dengan {number}", after=3)
    for number in range(52):
        other(factories, f"Lain {number:02d}", after=1)
    count(officer_client)
    report = db.session.scalars(select(EffectReport.id)).one()

    first = officer_client.get(f"{PAGE}/daftar/{report}?baris=0&bagian=lain").text
    following = re.search(r'href="(/terapi/manfaat/daftar/[^"]*sesudah=[^"]*)"', first)[1]
    second = officer_client.get(following.replace("&amp;", "&")).text

    file = officer_client.get(f"{PAGE}/daftar/{report}/unduh?baris=0&bagian=lain")
    sheet = openpyxl.load_workbook(BytesIO(file.data))["Daftar usaha"]
    file.close()
    in_file = [row[0] for row in sheet.iter_rows(min_row=7, values_only=True)]

    assert "<strong>52 usaha</strong>" in first
    names = re.findall(r">(Lain \d\d)</a>", first + second)
    assert len(names) == len(set(names)) == 52
    assert in_file == names


def test_the_file_keeps_the_line_but_not_the_name_of_who_withdrew_and_is_noted(
    officer_client, factories
):
    treated(factories, "Dengan", after=3)
    stays, gone = other(factories, "Tetap Ikut", after=1), other(factories, "Keluar", after=1)
    count(officer_client)
    officer_client.post(
        f"/pemilik/{gone.owner_id}/persetujuan/{BASE}/tarik",
        data={"withdrawn_on": tanggal(local_today())},
    )
    report = db.session.scalars(select(EffectReport.id)).one()

    file = officer_client.get(f"{PAGE}/daftar/{report}/unduh?baris=0&bagian=lain")
    sheet = openpyxl.load_workbook(BytesIO(file.data))["Daftar usaha"]
    file.close()

    named = {row[0] for row in sheet.iter_rows(min_row=7, values_only=True)}
    noted = db.session.scalars(
        select(ReadEntry).where(ReadEntry.endpoint.endswith("download_effect_cases"))
    ).one()
    assert named == {"Tetap Ikut", WITHDRAWN}
    assert noted.enterprises == stays.id.bytes


def test_workbook_holds_what_the_page_shows(officer_client, world):
    count(officer_client)

    answer = officer_client.get(f"{PAGE}/unduh?wilayah=33.02")

    book = openpyxl.load_workbook(BytesIO(answer.data))
    rows = list(book["Manfaat"].iter_rows(values_only=True))
    whole = next(row for row in rows if row[1] == "Semua")
    assert book.sheetnames == ["Manfaat", "Biaya naik kelas", "Lama sakit"]
    assert whole[:5] == ("Buku kas satu halaman", "Semua", "Catatan buku kas", 3, 2)
    assert whole[10:12] == (3, 2)
    assert next(book["Biaya naik kelas"].iter_rows(min_row=7, values_only=True))[3] == 300_000


def test_new_count_replaces_the_one_before_with_its_lists(officer_client, world, factories):
    count(officer_client)
    first = db.session.scalars(select(EffectReport.id)).one()

    treated(factories, "Baru", after=4)
    count(officer_client)

    second = db.session.scalars(select(EffectReport.id)).one()
    reports = db.session.scalars(select(EffectCase.report_id).distinct()).all()
    assert second != first
    assert reports == [second]
    assert officer_client.get(f"{PAGE}/daftar/{first}?baris=0&bagian=terapi").status_code == 404


def test_counting_again_after_a_break_leaves_no_rows_twice(officer_client, world):
    count(officer_client)
    report = db.session.scalars(select(EffectReport)).one()
    before = db.session.scalar(select(func.count()).select_from(EffectCase))
    with transaction():
        report = db.session.get_one(EffectReport, report.id)
        report.made_at = None
    officer_client.post(f"{PAGE}/hitung", data={"wilayah": "33.02"})

    run_pending()
    db.session.rollback()

    assert db.session.scalar(select(func.count()).select_from(EffectCase)) == before


@pytest.mark.parametrize("role", [Role.MENTOR, Role.VILLAGE_OFFICER, Role.ENTREPRENEUR])
def test_only_officers_see_or_ask(as_role, role):
    client = as_role(role)

    for path in (PAGE, f"{PAGE}/T01", f"{PAGE}/unduh", f"{PAGE}/daftar/{uuid4()}"):
        assert client.get(path).status_code == 403
    assert client.post(f"{PAGE}/hitung", data={"wilayah": "33.02"}).status_code == 403


def test_without_an_area_the_own_one_is_counted(officer_client, world):
    asked = officer_client.post(f"{PAGE}/hitung")

    assert asked.status_code == 303
    assert db.session.scalars(select(EffectReport.area_code)).one() == "33.02"


def test_counts_of_other_areas_are_unknown(officer_client, as_role, world):
    count(officer_client)
    report = db.session.scalars(select(EffectReport.id)).one()
    stranger = as_role(Role.LABOUR_OFFICER, "35.07")

    assert stranger.get(f"{PAGE}?wilayah=33.02").status_code == 404
    assert stranger.get(f"{PAGE}/unduh?wilayah=33.02").status_code == 404
    assert stranger.post(f"{PAGE}/hitung", data={"wilayah": "33.02"}).status_code == 404
    assert stranger.get(f"{PAGE}/daftar/{report}?baris=0&bagian=terapi").status_code == 404
    assert officer_client.get(f"{PAGE}?wilayah=33").status_code == 404
    assert officer_client.get(f"{PAGE}/daftar/{report}?baris=77&bagian=terapi").status_code == 404
    assert officer_client.get(f"{PAGE}/daftar/{report}?baris=0&bagian=apa").status_code == 404
    with pytest.raises(NotFound):
        queries.effect_area(Scope(account_id=None, areas=("35.07",)), "33.02")


def test_count_of_an_area_holds_nobody_from_elsewhere(officer_client, world):
    count(officer_client)
    report = db.session.scalars(select(EffectReport.id)).one()

    page = officer_client.get(f"{PAGE}/daftar/{report}?baris=0&bagian=lain").text

    assert "Tanpa Naik" in page
    assert "Jauh Sekali" not in page
