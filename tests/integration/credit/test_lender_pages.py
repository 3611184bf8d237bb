"""Pages of lenders: kept by the office of the area, read in it, formed step by step."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from app.core.clock import local_today
from app.core.permissions import Role
from app.credit.models import LenderGrade, LenderMeeting, LenderOfficer
from app.db import db
from app.web.filters import tanggal
from tests.factories.enterprises import OTHER_VILLAGE, VILLAGE

LIST = "/pinjaman/lembaga"
TODAY = local_today()
YESTERDAY = tanggal(TODAY - timedelta(days=1))


def told(**changes):
    return {
        "name": "Koperasi Mekar Jaya",
        "kind": "koperasi",
        "village": VILLAGE,
        "principal_saving": "100.000",
        "duty_saving": "10.000",
        **changes,
    }


def hidden(text, name):
    return re.search(rf'name="{name}"[^>]*value="([^"]*)"', text).group(1)


def step(client, address, code, **changes):
    form = client.get(f"{address}/langkah")
    papers = re.findall(r'name="papers"[^>]*value="([^"]+)"', form.text)
    answers = {
        "number": str(uuid4()),
        "version": hidden(form.text, "version"),
        "step": code,
        "on": YESTERDAY,
        "papers": papers,
        **changes,
    }
    return client.post(f"{address}/langkah", data=answers)


def test_an_office_writes_a_lender_down_and_changes_it(officer_client, factories):
    factories.village_rows()

    made = officer_client.post(f"{LIST}/baru", data=told())
    form = officer_client.get(f"{made.location}/ubah").text
    changed = officer_client.post(
        f"{made.location}/ubah",
        data=told(name="KSP Mekar", nib="9120001234567", version=hidden(form, "version")),
    )
    stale = officer_client.post(f"{made.location}/ubah", data=told(version="1"))

    assert (made.status_code, changed.status_code, stale.status_code) == (303, 303, 409)
    page = officer_client.get(made.location).text
    for words in ("KSP Mekar", "9120001234567", "Rp 100.000", "Losari"):
        assert words in page
    assert "KSP Mekar" in officer_client.get(f"{LIST}?cari=mekar&keadaan=bekerja").text
    assert "KSP Mekar" not in officer_client.get(f"{LIST}?keadaan=tutup").text


def test_a_village_sees_which_founders_a_cooperative_lacks(officer_client, as_role, factories):
    factories.village_rows()
    village = as_role(Role.VILLAGE_OFFICER, VILLAGE)

    made = officer_client.post(
        f"{LIST}/bentuk", data={"name": "Koperasi Losari", "kind": "kdmp", "village": VILLAGE}
    )
    at = made.location
    first = step(officer_client, at, "minat", founders="7")
    lacking = step(officer_client, at, "penyuluhan_dinas")
    seen = village.get(at).text
    enough = step(officer_client, at, "penyuluhan_dinas", founders="9")

    assert [one.status_code for one in (first, lacking, enough)] == [303, 422, 303]
    assert "perlu 2 orang lagi" in seen
    assert "perlu 2 orang lagi" in lacking.text
    assert "Adakan rapat pembentukan" in village.get(at).text
    assert "Sedang dibentuk" in village.get(LIST).text


def test_steps_ask_for_papers_a_long_name_and_a_number(officer_client, factories):
    row = factories.lender(
        name="Koperasi Losari", kind="kdmp", is_forming=True, founders=12, principal_saving=0
    )
    at = f"{LIST}/{row.id}"

    assert step(officer_client, at, "minat", founders="12").status_code == 303
    without = step(officer_client, at, "penyuluhan_dinas", papers=[])
    assert without.status_code == 422
    assert "Surat permohonan" in without.text
    assert step(officer_client, at, "penyuluhan_dinas").status_code == 303
    assert step(officer_client, at, "rapat_pembentukan", founders="12").status_code == 422
    form = officer_client.get(f"{at}/ubah").text
    version = hidden(form, "version")
    officer_client.post(
        f"{at}/ubah",
        data=told(name="Koperasi Desa Losari", kind="kdmp", founders="12", version=version),
    )
    for code in ("rapat_pembentukan", "cek_nama_sabh", "akta_notaris"):
        assert step(officer_client, at, code).status_code == 303, code
    assert step(officer_client, at, "pengesahan_ahu").status_code == 422
    for code, number in (
        ("pengesahan_ahu", "AHU-001.2026"),
        ("npwp_rekening", "01.234.567.4-521.000"),
        ("nib", "9120001234567"),
        ("aktif", ""),
    ):
        assert step(officer_client, at, code, paper_number=number).status_code == 303, code

    page = officer_client.get(at).text
    for words in ("AHU-001.2026", "9120001234567", "Bekerja", "Adakan rapat anggota tahunan"):
        assert words in page
    assert step(officer_client, at, "aktif").status_code != 303


def test_a_step_is_gone_back_to_with_a_reason(officer_client, factories):
    row = factories.lender(kind="koperasi", is_forming=True, founders=9)
    at = f"{LIST}/{row.id}"
    step(officer_client, at, "minat", founders="9")
    step(officer_client, at, "penyuluhan_dinas")

    assert step(officer_client, at, "minat").status_code == 422
    assert step(officer_client, at, "minat", note="Pendiri mundur").status_code == 303
    assert "berikutnya" in officer_client.get(at).text


def test_meetings_and_classes_of_health_are_noted_and_answer_what_comes_next(
    officer_client, mentor_client, factories
):
    row = factories.lender()
    at, year = f"{LIST}/{row.id}", TODAY.year - 1
    told_of = {
        "book_year": str(year),
        "held_on": tanggal(TODAY),
        "present": "41",
        "surplus": "12.500.000",
    }

    met = officer_client.post(f"{at}/rapat", data=told_of)
    again = officer_client.post(f"{at}/rapat", data=told_of | {"present": "42"})
    early = officer_client.post(f"{at}/rapat", data=told_of | {"book_year": str(TODAY.year)})
    graded = officer_client.post(
        f"{at}/kesehatan",
        data={"grade": "cukup_sehat", "found_on": YESTERDAY, "source": "Dinas Koperasi 12/2026"},
    )

    assert [one.status_code for one in (met, again, early, graded)] == [303, 409, 422, 303]
    assert db.session.query(LenderMeeting).count() == db.session.query(LenderGrade).count() == 1
    page = officer_client.get(at).text
    assert "Cukup sehat" in page
    assert "Langkah berikutnya" not in page
    assert "Cukup sehat" in officer_client.get(LIST).text


def test_the_board_is_noted_and_ends(officer_client, as_role, factories):
    row = factories.lender()
    at = f"{LIST}/{row.id}"
    board = {"name": "Sutrisno", "position": "ketua", "from_on": "1 Januari 2024"}

    assert officer_client.post(f"{at}/pengurus", data=board).status_code == 303
    village = as_role(Role.VILLAGE_OFFICER, VILLAGE)
    assert "Sutrisno" in village.get(at).text
    ending = re.search(rf"{at}/pengurus/[^/]+/berhenti", officer_client.get(at).text).group()
    early = officer_client.post(ending, data={"until_on": "1 Januari 2023"})
    ended = officer_client.post(ending, data={"until_on": YESTERDAY})

    assert (early.status_code, ended.status_code) == (422, 303)
    assert "Yang dahulu" in officer_client.get(at).text


def test_people_are_let_work_for_a_lender_and_stopped(officer_client, factories):
    row = factories.lender()
    clerk = factories.account(role=Role.COOPERATIVE_OFFICER, area="33.02", name="Ratna")
    elsewhere = factories.account(role=Role.COOPERATIVE_OFFICER, area="35.07", name="Budi Jauh")
    at = f"{LIST}/{row.id}/petugas"
    said = {"duty": "petugas", "from_on": YESTERDAY}

    taken = officer_client.post(at, data={"account_id": str(clerk.id), **said})
    stranger = officer_client.post(at, data={"account_id": str(elsewhere.id), **said})
    page = officer_client.get(at).text

    assert (taken.status_code, stranger.status_code) == (303, 422)
    assert "Ratna" in page
    assert "Budi Jauh" not in page
    officer_client.post(re.search(rf"{at}/[^/]+/berhenti", page).group())
    assert db.session.query(LenderOfficer).one().until_on == TODAY


@pytest.mark.parametrize(
    ("role", "reads"),
    [
        (Role.MENTOR, True),
        (Role.VILLAGE_OFFICER, True),
        (Role.COOPERATIVE_OFFICER, False),
        (Role.ENTREPRENEUR, False),
    ],
)
def test_nobody_but_the_office_writes(as_role, factories, role, reads):
    row = factories.lender()
    client = as_role(role, VILLAGE)
    if role is Role.MENTOR:
        factories.enterprise(mentor_id=client.account_id)
    at = f"{LIST}/{row.id}"

    assert [client.get(one).status_code for one in (LIST, at)] == [200 if reads else 403] * 2
    ends = ("ubah", "petugas", "pengurus", "rapat", "kesehatan", "langkah")
    answers = [client.get(f"{LIST}/baru"), client.post(f"{LIST}/bentuk", data=told())]
    answers += [client.post(f"{at}/{end}", data=told()) for end in ends]
    assert {one.status_code for one in answers} == {403}


def test_a_lender_elsewhere_is_as_one_that_is_nowhere(officer_client, factories):
    elsewhere = factories.lender(village_code=OTHER_VILLAGE, name="Koperasi Jauh")

    for end in ("", "/ubah", "/petugas", "/pengurus", "/rapat", "/kesehatan", "/langkah"):
        answers = [officer_client.get(f"{LIST}/{key}{end}") for key in (elsewhere.id, uuid4())]
        assert {one.status_code for one in answers} == {404}
    assert "Koperasi Jauh" not in officer_client.get(LIST).text
