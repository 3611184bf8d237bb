"""Doubtful data: found by the job, listed, mended, called true, asked about again; by whom."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import openpyxl
import pytest
from sqlalchemy import select

from app.core.clock import local_today
from app.core.permissions import Role
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from app.history.models import HistoryEntry
from app.jobs import run_pending
from app.jobs.models import JobRun
from app.quality.models import Finding
from tests.factories.enterprises import OTHER_VILLAGE

LIST = "/mutu/periksa"
TODAY = local_today()
REASON = "Suratnya memang berbentuk lama, sudah dilihat"


@pytest.fixture
def odd(factories):
    """Two enterprises with a wrong NIB and one that starts tomorrow; one that is well."""
    rows = [
        factories.enterprise(name="Keripik Pisang", nib="12345"),
        factories.enterprise(name="Sale Pisang", nib="54321"),
        factories.enterprise(name="Getuk Ayu", started_on=TODAY + timedelta(days=9)),
    ]
    factories.enterprise(name="Tempe Sehat")
    return [row.id for row in rows]


def look(client) -> dict:
    """Have the data looked through; what the job says of it."""
    assert client.post(f"{LIST}/mulai").status_code == 303
    assert run_pending() == 1
    db.session.rollback()
    return db.session.scalars(select(JobRun).order_by(JobRun.id.desc())).first().result


def of(name: str) -> Finding:
    db.session.rollback()
    return db.session.scalars(
        select(Finding).join(Enterprise, Enterprise.id == Finding.enterprise_id)
        .where(Enterprise.name == name)
    ).one()  # fmt: skip


def change(name: str, **values) -> None:
    with transaction():
        row = db.session.scalars(select(Enterprise).where(Enterprise.name == name)).one()
        for column, value in values.items():
            setattr(row, column, value)
        row.version += 1


def rows_of(file) -> list[list]:
    sheet = openpyxl.load_workbook(io.BytesIO(file.data)).active
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    head = next(number for number, row in enumerate(rows) if row[0] == "Usaha")
    return rows[head + 1 :]


def test_the_number_of_the_desk_is_the_list_and_the_file(officer_client, odd):
    look(officer_client)

    desk = officer_client.get("/daftar-kerja").text
    page = officer_client.get(f"{LIST}?jenis=pertentangan")
    file = officer_client.get(f"{LIST}/unduh?jenis=pertentangan")

    assert re.search(r'href="/mutu/periksa\?jenis=pertentangan"><span[^>]*>3</span>', desk)
    assert "3 soal</strong> menunggu diperiksa" in page.text
    assert len(re.findall(r'<th scope="row"', page.text)) == 3
    assert [row[0] for row in rows_of(file)] == ["Getuk Ayu", "Keripik Pisang", "Sale Pisang"]
    assert "NIB harus 13 angka" in page.text


def test_the_list_can_be_narrowed(officer_client, odd):
    look(officer_client)

    by_rule = officer_client.get(f"{LIST}?aturan=mulai_nanti").text
    elsewhere = officer_client.get(f"{LIST}?wilayah=33.02.05").text

    assert "Getuk Ayu" in by_rule
    assert "Keripik Pisang" not in by_rule
    assert "0 soal</strong> menunggu diperiksa" in elsewhere
    assert (
        "0 soal</strong> menunggu diperiksa" in officer_client.get(f"{LIST}?jenis=tidak_biasa").text
    )


def test_what_is_mended_leaves_the_list_at_the_next_look(officer_client, odd):
    look(officer_client)
    page = officer_client.get(f"{LIST}/{of('Keripik Pisang').id}").text
    assert f'href="/usaha/{odd[0]}/ubah"' in page

    change("Keripik Pisang", nib="1234567890123")
    look(officer_client)

    assert "Keripik Pisang" not in officer_client.get(LIST).text
    assert "Sale Pisang" in officer_client.get(LIST).text


def test_what_is_called_true_does_not_come_back_until_it_changes(officer_client, odd):
    look(officer_client)
    finding = of("Keripik Pisang")
    answer = officer_client.post(
        f"{LIST}/{finding.id}/benar", data={"fingerprint": finding.fingerprint, "reason": REASON}
    )
    assert answer.status_code == 303

    change("Keripik Pisang", address="Jalan Baru 4")
    look(officer_client)
    still = officer_client.get(LIST).text
    kept = officer_client.get(f"{LIST}?keadaan=benar").text
    change("Keripik Pisang", nib="777")
    look(officer_client)

    assert "Keripik Pisang" not in still
    assert REASON in kept
    assert "Keripik Pisang" in officer_client.get(LIST).text
    assert of("Keripik Pisang").reason is None
    actions = db.session.scalars(
        select(HistoryEntry.action).where(HistoryEntry.enterprise_id == odd[0])
    ).all()
    assert "enterprise.finding_true" in actions


def test_what_was_called_true_can_be_put_back(officer_client, odd):
    look(officer_client)
    finding = of("Keripik Pisang")
    officer_client.post(
        f"{LIST}/{finding.id}/benar", data={"fingerprint": finding.fingerprint, "reason": REASON}
    )

    officer_client.post(f"{LIST}/{finding.id}/buka")

    assert "Keripik Pisang" in officer_client.get(LIST).text


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"reason": "ya"}, "Tulis alasannya"),
        ({"reason": REASON, "fingerprint": "0" * 64}, "baru saja berubah"),
    ],
)
def test_no_reason_or_another_value_is_refused(officer_client, odd, sent, words):
    look(officer_client)
    finding = of("Keripik Pisang")

    answer = officer_client.post(
        f"{LIST}/{finding.id}/benar", data={"fingerprint": finding.fingerprint, **sent}
    )

    assert answer.status_code == 422
    assert words in answer.text
    assert of("Keripik Pisang").state == "terbuka"


def test_a_regency_in_which_nothing_changed_is_passed_over(officer_client, odd):
    first = look(officer_client)

    second = look(officer_client)
    change("Tempe Sehat", address="Jalan Baru 4")
    third = look(officer_client)

    assert (first["looked_through"], first["open"]) == (4, 3)
    assert second["looked_through"] == 0
    assert third["looked_through"] == 4


def test_a_visit_after_the_end_is_found_with_a_link_to_it(officer_client, factories):
    row = factories.enterprise(
        name="Warung Tutup", life_cycle="tutup", life_cycle_on=TODAY - timedelta(days=30)
    )
    mentor = factories.mentor()
    visit = factories.visit(row, mentor.account_id, visited_on=TODAY - timedelta(days=2))
    visit_id = visit.id
    look(officer_client)

    page = officer_client.get(f"{LIST}/{of('Warung Tutup').id}").text

    assert f'href="/kunjungan/{visit_id}"' in page
    assert "Tutup sejak" in page


def test_another_area_sees_decides_and_takes_nothing(officer_client, as_role, odd, factories):
    factories.enterprise(name="Bakso Malang", nib="99", village_code=OTHER_VILLAGE)
    look(officer_client)
    far = as_role(Role.LABOUR_OFFICER, "35.07")
    finding = of("Keripik Pisang")
    address = f"{LIST}/{finding.id}"
    told = {"fingerprint": finding.fingerprint, "reason": REASON}

    assert "Pisang" not in far.get(LIST).text
    assert "Pisang" not in far.get(f"{LIST}?wilayah=33.02").text
    assert rows_of(far.get(f"{LIST}/unduh")) == []
    assert far.get(address).status_code == 404
    assert far.post(f"{address}/benar", data=told).status_code == 404
    assert far.post(f"{address}/buka").status_code == 404
    assert of("Keripik Pisang").state == "terbuka"
    # Whoever asks has their own area looked through, and no other.
    look(far)
    assert [row[0] for row in rows_of(far.get(f"{LIST}/unduh"))] == ["Bakso Malang"]


def test_who_asked_to_be_let_alone_is_asked_nothing(officer_client, odd):
    look(officer_client)
    with transaction():
        db.session.get_one(Enterprise, odd[0]).owner.restricted_on = TODAY

    assert "Keripik Pisang" not in officer_client.get(LIST).text
    assert "2 soal</strong> menunggu diperiksa" in officer_client.get(LIST).text


@pytest.mark.parametrize(
    "role", [Role.MENTOR, Role.VILLAGE_OFFICER, Role.ENTREPRENEUR, Role.COOPERATIVE_OFFICER]
)
def test_others_may_not(as_role, role):
    client = as_role(role)

    assert client.get(LIST).status_code == 403
    assert client.get(f"{LIST}/unduh").status_code == 403
    assert client.post(f"{LIST}/mulai").status_code == 403
