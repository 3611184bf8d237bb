"""The pages of who did what: by person, time and action, within one's own areas."""

from __future__ import annotations

import re
from datetime import timedelta

import openpyxl
import pytest
import sqlalchemy as sa
import time_machine

from app.accounts.models import Account
from app.core.clock import local_today, utc_now
from app.core.permissions import Role
from app.core.scope import Scope
from app.db import db
from app.db.transaction import transaction
from app.enterprises.exports import file_path
from app.enterprises.models import RegisterExport
from app.enterprises.queries import audit
from app.enterprises.rules.export_limits import NIK_MOST, OFFICE_MOST, PER_DAY, row_cap
from app.history.models import ReadEntry
from app.history.rules.reading import MANY_PAGES
from app.history.services import record

NIK = "3302145208850003"
PAGES = ("/jejak", "/jejak/pembukaan", "/jejak/unduhan")


def note(enterprise, by, *, action="enterprise.updated", text=None):
    with transaction():
        record(
            subject_type="enterprise",
            subject_id=enterprise.id,
            enterprise_id=enterprise.id,
            action=action,
            by=by,
            area_code=enterprise.village_code,
            changes={"name": ["nilai lama", "nilai baru"]},
            note=text,
        )


def rows(answer):
    return re.findall(r"<tr.*?</tr>", answer.text, re.DOTALL)[1:]


def test_changes_of_ones_areas_are_shown_with_who_what_and_which(officer_client, factories):
    mentor = factories.account(role=Role.MENTOR, name="Rina Lestari")
    enterprise = factories.enterprise(name="Keripik Sari")
    note(enterprise, mentor.id, text="alamat pindah")

    (line,) = rows(officer_client.get("/jejak"))

    for word in ("Rina Lestari", "Keripik Sari", "Nama", "alamat pindah"):
        assert word in line
    assert "nilai lama" not in line
    assert f"/usaha/{enterprise.id}" in line


def test_what_happened_elsewhere_is_not_shown(officer_client, as_role, factories):
    there = factories.account(role=Role.MENTOR, area="35.07", name="Orang Malang")
    foreign = factories.enterprise(village_code="35.07.10.2003", name="Usaha Malang")
    note(foreign, there.id)
    far = as_role(Role.LABOUR_OFFICER, "35.07")
    far.get(f"/usaha/{foreign.id}")
    far.post("/usaha/unduh")

    for page in PAGES:
        text = officer_client.get(page).text
        assert "Orang Malang" not in text
        assert "Usaha Malang" not in text
        assert "Tidak ada catatan" in text
    assert "Usaha Malang" in as_role(Role.ADMIN, "").get("/jejak").text


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ({}, 3),
        ({"orang": "rina"}, 2),
        ({"orang": "tidak ada"}, 0),
        ({"tindakan": "enterprise.created"}, 1),
        ({"tindakan": "apa saja"}, 3),
        ({"dari": "{today}", "sampai": "{today}"}, 3),
        ({"sampai": "{yesterday}"}, 0),
        ({"dari": "{yesterday}"}, 3),
    ],
)
def test_changes_are_found_by_person_time_and_action(officer_client, factories, words, count):
    rina = factories.account(role=Role.MENTOR, name="Rina Lestari")
    tono = factories.account(role=Role.MENTOR, name="Tono")
    enterprise = factories.enterprise()
    note(enterprise, rina.id)
    note(enterprise, rina.id, action="enterprise.created")
    note(enterprise, tono.id)
    today = local_today()
    days = {
        name: f"{today + timedelta(days=shift):%d-%m-%Y}"
        for name, shift in (("today", 0), ("yesterday", -1))
    }
    query = {name: word.format(**days) for name, word in words.items()}

    answer = officer_client.get("/jejak", query_string=query)

    assert answer.status_code == 200
    assert len(rows(answer)) == count


@pytest.mark.parametrize("page", PAGES)
def test_odd_addresses_are_answered_plainly(officer_client, page):
    for query in ("sebelum=x", "dari=kemarin", "orang=%27", "tindakan=%27;--", "sebelum=-1"):
        assert officer_client.get(f"{page}?{query}").status_code == 200


def test_older_changes_come_page_by_page(officer_client, factories, monkeypatch):
    monkeypatch.setattr(audit, "PAGE_SIZE", 2)
    enterprise = factories.enterprise()
    for number in range(5):
        note(enterprise, None, text=f"nomor {number}")
    seen, address = [], "/jejak"

    while address:
        text = officer_client.get(address).text
        seen += re.findall(r"nomor \d", text)
        following = re.search(r'href="([^"]+)" rel="next"', text)
        address = following and following[1].replace("&amp;", "&")

    assert seen == [f"nomor {number}" for number in (4, 3, 2, 1, 0)]


def test_seeing_and_taking_along_stand_on_pages_of_their_own(officer_client, factories):
    owner = factories.owner(nik=NIK, name="Bu Sari")
    factories.enterprise(owner=owner)
    officer_client.post(f"/pemilik/{owner.id}/nik", data={"reason": "mendaftarkan NIB di OSS"})
    officer_client.post("/usaha/unduh", data={"with_nik": "y", "reason": "pengajuan NIB bersama"})

    seen = officer_client.get("/jejak/pembukaan").text
    taken = officer_client.get("/jejak/unduhan").text

    assert "Membuka NIK lengkap" in seen
    assert "mendaftarkan NIB di OSS" in seen
    assert "Mengunduh daftar" not in seen
    assert "pengajuan NIB bersama" in taken
    assert NIK not in seen + taken


@pytest.mark.parametrize(
    "role",
    [Role.MENTOR, Role.VILLAGE_OFFICER, Role.ENTREPRENEUR, Role.COOPERATIVE_OFFICER],
)
def test_others_do_not_see_who_did_what(as_role, role):
    client = as_role(role)

    assert [client.get(page).status_code for page in PAGES] == [403, 403, 403]


def test_a_village_officer_who_opens_very_many_people_waits_and_is_shown(
    as_role, officer_client, factories
):
    official = factories.account(
        role=Role.VILLAGE_OFFICER, area="33.02.04.2005", name="Kaur Keuangan"
    )
    client = as_role(Role.VILLAGE_OFFICER, account=official)
    ids = [factories.enterprise().id for _ in range(MANY_PAGES + 3)]

    statuses = [client.get(f"/usaha/{one}").status_code for one in ids]

    assert statuses == [200] * MANY_PAGES + [429] * 3
    refused = client.get(f"/usaha/{ids[-1]}")
    assert 0 < int(refused.headers["Retry-After"]) <= 600
    assert "Petugas Disnaker dapat melihat" in refused.text
    alert = officer_client.get("/jejak/pembukaan").text
    assert "Membuka data sangat banyak orang" in alert
    assert alert.count("orang atau usaha dalam 10 menit") == 1
    assert "Kaur Keuangan" in alert
    with time_machine.travel(utc_now() + timedelta(minutes=11)):
        assert client.get(f"/usaha/{ids[-1]}").status_code == 200


def test_a_labour_officer_who_works_through_many_is_not_slowed(officer_client, factories):
    ids = [factories.enterprise().id for _ in range(MANY_PAGES + 3)]

    assert {officer_client.get(f"/usaha/{one}").status_code for one in ids} == {200}


def test_the_twenty_first_file_of_a_day_is_refused(officer_client, as_role, factories):
    factories.enterprise()
    statuses = [officer_client.post("/usaha/unduh").status_code for _ in range(PER_DAY + 1)]

    assert statuses == [303] * PER_DAY + [409]
    assert "sudah mengunduh 20 daftar" in officer_client.post("/usaha/unduh").text
    person = db.session.get_one(Account, officer_client.account_id)
    with time_machine.travel(utc_now() + timedelta(days=1)):
        tomorrow = as_role(Role.LABOUR_OFFICER, account=person).post("/usaha/unduh")
    assert tomorrow.status_code == 303
    noted = db.session.scalar(
        sa.select(sa.func.count()).select_from(ReadEntry).where(ReadEntry.kind == "export")
    )
    assert noted == PER_DAY + 1


@pytest.mark.parametrize(
    ("is_whole_country", "with_nik", "rows_allowed"),
    [
        (True, False, 100_000),
        (False, False, OFFICE_MOST),
        (True, True, NIK_MOST),
        (False, True, NIK_MOST),
    ],
)
def test_how_many_rows_leave_depends_on_role_and_content(is_whole_country, with_nik, rows_allowed):
    cap = row_cap(most=100_000, is_whole_country=is_whole_country, with_nik=with_nik)

    assert cap == rows_allowed
    assert row_cap(most=10, is_whole_country=is_whole_country, with_nik=with_nik) == 10


def test_a_file_says_in_itself_and_on_paper_who_took_it_and_when(officer_client, factories):
    factories.enterprise()
    officer_client.post("/usaha/unduh")
    made = db.session.scalars(sa.select(RegisterExport)).one()

    book = openpyxl.load_workbook(file_path(made.id))

    footer = book["Usaha"].oddFooter.left.text
    assert re.match(r"Diunduh oleh: Orang \d+, Waktu: \d+ \w+ \d{4} \d\d\.\d\d WIB", footer)
    assert book.properties.creator.startswith("Orang")
    assert "Waktu:" in book.properties.description


def test_a_list_with_niks_asks_for_a_password_given_just_now(officer_client, factories):
    factories.enterprise(owner=factories.owner(nik=NIK))
    asked = {"with_nik": "y", "reason": "pengajuan NIB bersama"}
    opened_at = utc_now()
    for minutes in (25, 50):
        with time_machine.travel(opened_at + timedelta(minutes=minutes)):
            answer = officer_client.post("/usaha/unduh?sektor=A", data=asked)

    assert answer.location.startswith("/saya/konfirmasi?next=/usaha/unduh")


def test_the_scope_without_areas_sees_nothing(factories):
    note(factories.enterprise(), None)

    page = audit.changes(Scope(account_id=None), audit.AuditFilter(), before=None)

    assert page.lines == ()
