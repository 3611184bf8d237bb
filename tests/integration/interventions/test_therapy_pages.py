from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from app.core.clock import local_today
from app.core.permissions import Role
from app.db import db
from app.enterprises.models import Enterprise
from app.interventions.models import Intervention
from app.web.filters import tanggal

TODAY = local_today()
DUE = tanggal(TODAY + timedelta(days=30))
FORM = {
    "responsible": "",
    "responsible_name": "Ibu Sri",
    "provider": "PLUT",
    "due_on": DUE,
    "cost": "",
    "funding_source": "tanpa_biaya",
    "success_measure": "Buku terisi",
}


@pytest.fixture
def enterprise(factories):
    made = factories.enterprise(name="Keripik Bu Sri")
    factories.assessment(enterprise=made, found=factories.findings(4, MNJ1=0, LGL1=0))
    return made


@pytest.fixture
def mentor(as_role, factories):
    account = factories.account(role=Role.MENTOR, name="Pak Dar")
    made = factories.enterprise(name="Jahit Bu Wati", mentor=account)
    factories.assessment(enterprise=made, found=factories.findings(4, MNJ1=0))
    client = as_role(Role.MENTOR, account=account)
    client.enterprise_id = made.id
    return client


def plan_of(enterprise):
    return f"/usaha/{enterprise.id}/terapi"


def rows():
    return db.session.scalars(select(Intervention).order_by(Intervention.therapy_code)).all()


def test_plan_page_tells_why_and_in_what_order(officer_client, enterprise):
    page = officer_client.get(plan_of(enterprise)).text

    assert "Catatan buku kas: 0 dari 4 poin" in page
    assert page.index("Buku kas satu halaman") < page.index("NIB atau perbaikan KBLI")
    assert len(page.encode()) < 30_000


def test_officer_approves_what_the_assessment_asks_for_in_one_step(officer_client, enterprise):
    address = f"{plan_of(enterprise)}/tambah?kode=T01"

    form = officer_client.get(address)
    answer = officer_client.post(
        address, data={**FORM, "therapy_code": "T01", "langkah": "setujui"}
    )

    assert "Catatan buku kas paling sedikit 3 poin" in form.text
    assert answer.status_code == 303
    row = rows()[0]
    assert (row.state, row.responsible_name, row.provider) == ("disetujui", "Ibu Sri", "PLUT")
    assert row.indicators == ["MNJ1"]
    assert row.due_on == TODAY + timedelta(days=30)


def test_officer_decides_a_mentors_proposal(officer_client, mentor):
    proposed = mentor.post(f"/usaha/{mentor.enterprise_id}/terapi/usulkan")
    row = rows()[0]
    address = f"/terapi/{row.id}"

    listed = officer_client.get("/terapi").text
    page = officer_client.get(f"{address}/putuskan").text
    answer = officer_client.post(f"{address}/putuskan", data={**FORM, "version": "1"})
    shown = officer_client.get(address).text

    assert proposed.status_code == 303
    assert "Pak Dar" in listed
    assert "Pak Dar" in page
    assert answer.status_code == 303
    assert "Disetujui" in shown
    assert "Ibu Sri" in shown


def test_mentor_reports_the_result_that_the_officer_sees(officer_client, mentor, factories):
    found = factories.intervention(
        enterprise=_enterprise(mentor.enterprise_id), state="disetujui", due_on=TODAY
    )
    address = f"/terapi/{found.id}"

    started = mentor.post(f"{address}/mulai", data={"version": "1"})
    empty = mentor.post(f"{address}/selesai", data={"version": "2", "closed_on": tanggal(TODAY)})
    closed = mentor.post(
        f"{address}/selesai",
        data={
            "version": "2",
            "closed_on": tanggal(TODAY),
            "result": "belum_terukur",
            "result_note": "Buku diisi tiap hari",
        },
    )
    settled = mentor.post(f"{address}/hasil", data={"version": "3", "result": "berhasil"})

    assert (started.status_code, empty.status_code) == (303, 422)
    assert "Pilih hasil" in empty.text
    assert (closed.status_code, settled.status_code) == (303, 303)
    page = officer_client.get(address).text
    assert "Berhasil" in page
    assert "Buku diisi tiap hari" in page


def test_officer_refuses_with_a_reason_only(officer_client, factories, enterprise):
    row = factories.intervention(enterprise=enterprise, therapy_code="T13")

    empty = officer_client.post(f"/terapi/{row.id}/tolak", data={"version": "1"})
    answer = officer_client.post(
        f"/terapi/{row.id}/tolak", data={"version": "1", "reason": "Sudah ada NIB"}
    )
    need = officer_client.post(
        f"{plan_of(enterprise)}/tolak/T01", data={"reason": "Sudah punya buku"}
    )

    assert (empty.status_code, answer.status_code, need.status_code) == (422, 303, 303)
    assert "Isi alasan" in empty.text
    assert [(row.therapy_code, row.state) for row in rows()] == [
        ("T01", "ditolak"),
        ("T13", "ditolak"),
    ]


def test_officer_changes_and_cancels(officer_client, factories, enterprise):
    row = factories.intervention(enterprise=enterprise, state="disetujui")
    address = f"/terapi/{row.id}"

    changed = officer_client.post(
        f"{address}/ubah",
        data={**FORM, "version": "1", "cost": "250.000", "funding_source": "dana_desa"},
    )
    stale = officer_client.post(f"{address}/ubah", data={**FORM, "version": "1"})
    cancelled = officer_client.post(
        f"{address}/batal", data={"version": "2", "reason": "Pindah desa"}
    )

    assert (changed.status_code, stale.status_code, cancelled.status_code) == (303, 409, 303)
    assert "diubah orang lain" in stale.text
    assert (rows()[0].cost, rows()[0].state) == (250_000, "batal")


def test_refusal_of_the_service_stands_at_its_field(officer_client, factories, enterprise):
    row = factories.intervention(enterprise=enterprise)

    answer = officer_client.post(
        f"/terapi/{row.id}/putuskan", data={**FORM, "version": "1", "responsible_name": ""}
    )

    assert answer.status_code == 422
    assert 'href="#responsible_name"' in answer.text


def test_full_plan_is_said_above_the_form(officer_client, factories, enterprise):
    for code in ("T04", "T05", "T08"):
        factories.intervention(enterprise=enterprise, therapy_code=code, state="berjalan")
    row = factories.intervention(enterprise=enterprise)

    answer = officer_client.post(f"/terapi/{row.id}/putuskan", data={**FORM, "version": "1"})

    assert answer.status_code == 409
    assert "paling banyak 3" in answer.text


def test_mentor_proposes_but_does_not_approve(mentor):
    address = f"/usaha/{mentor.enterprise_id}/terapi/tambah"
    values = {**FORM, "therapy_code": "T04"}

    page = mentor.get(f"{address}?kode=T04").text
    forced = mentor.post(address, data={**values, "langkah": "setujui"})
    nothing = len(rows())
    proposed = mentor.post(address, data=values)

    assert "Usulkan ke Disnaker" in page
    assert 'value="setujui"' not in page
    assert (forced.status_code, nothing, proposed.status_code) == (403, 0, 303)
    assert rows()[0].state == "usulan"


def test_mentor_may_not_decide(mentor, factories):
    row = factories.intervention(enterprise=_enterprise(mentor.enterprise_id))
    steps = ("putuskan", "tolak", "ubah", "batal")

    answers = [mentor.post(f"/terapi/{row.id}/{step}", data={"version": "1"}) for step in steps]

    assert {answer.status_code for answer in answers} == {403}
    assert mentor.get("/terapi").status_code == 403
    assert rows()[0].state == "usulan"


def test_mentor_reaches_no_plan_of_others(mentor, enterprise, factories):
    row = factories.intervention(enterprise=enterprise, state="disetujui")

    answers = [
        mentor.get(plan_of(enterprise)),
        mentor.post(f"{plan_of(enterprise)}/usulkan"),
        mentor.get(f"{plan_of(enterprise)}/tambah"),
        mentor.get(f"/terapi/{row.id}"),
        mentor.post(f"/terapi/{row.id}/mulai", data={"version": "1"}),
        mentor.get(f"/terapi/{uuid4()}"),
    ]

    assert {answer.status_code for answer in answers} == {404}


def test_village_officer_reads_only(as_role, enterprise, factories):
    reader = as_role(Role.VILLAGE_OFFICER, enterprise.village_code)
    row = factories.intervention(enterprise=enterprise, state="disetujui")

    page = reader.get(plan_of(enterprise))
    writes = [
        reader.post(f"{plan_of(enterprise)}/usulkan"),
        reader.post(f"{plan_of(enterprise)}/tambah", data=FORM),
        reader.post(f"/terapi/{row.id}/mulai", data={"version": "1"}),
        reader.post(f"/terapi/{row.id}/selesai", data={"version": "1", "result": "berhasil"}),
    ]

    assert page.status_code == 200
    assert "Tambah terapi" not in page.text
    assert {answer.status_code for answer in writes} == {403}


def test_officer_of_another_regency_sees_nothing(as_role, enterprise, factories):
    other = as_role(Role.LABOUR_OFFICER, "35.07")
    row = factories.intervention(enterprise=enterprise)

    assert other.get(plan_of(enterprise)).status_code == 404
    decision = other.post(f"/terapi/{row.id}/putuskan", data={**FORM, "version": "1"})
    assert decision.status_code == 404
    assert "Keripik Bu Sri" not in other.get("/terapi").text


def test_enterprise_without_an_assessment_says_so(officer_client, factories):
    page = officer_client.get(plan_of(factories.enterprise())).text

    assert "belum dinilai" in page


def test_tampered_version_is_a_conflict(officer_client, factories, enterprise):
    row = factories.intervention(enterprise=enterprise, state="disetujui")

    for version in ("", "abc", "99", "９"):
        answer = officer_client.post(f"/terapi/{row.id}/mulai", data={"version": version})
        assert answer.status_code == 409


def _enterprise(enterprise_id):

    return db.session.get(Enterprise, enterprise_id)


def test_timeline_tells_the_decision_in_words(officer_client, factories, enterprise):
    row = factories.intervention(enterprise=enterprise)
    officer_client.post(
        f"/terapi/{row.id}/putuskan",
        data={**FORM, "version": "1", "cost": "250.000", "funding_source": "dana_desa"},
    )

    page = officer_client.get(f"/usaha/{enterprise.id}/riwayat").text

    assert "Terapi disetujui" in page
    assert "Terapi: Buku kas satu halaman" in page
    assert "Rp 250.000" in page
    assert "Dana Desa" in page
    assert "funding" not in page
    assert "tanpa_biaya" not in page


@pytest.mark.parametrize("state", ["tutup", "berangkat_lagi", "menolak_didata"])
def test_nothing_is_prescribed_to_an_enterprise_that_nobody_looks_after(
    officer_client, enterprise, factories, state
):
    db.session.get_one(Enterprise, enterprise.id).life_cycle = state
    db.session.commit()
    address = plan_of(enterprise)

    page = officer_client.get(address).text
    proposed = officer_client.post(f"{address}/usulkan")
    told = officer_client.get(address).text
    added = officer_client.post(f"{address}/tambah", data={**FORM, "therapy_code": "T01"})

    assert "Buku kas satu halaman" not in page
    assert "tidak disarankan sampai usahanya berjalan lagi" in page
    assert proposed.status_code == 303
    assert "Tidak ada usulan baru" in told
    assert added.status_code == 409
    assert "Ubah dahulu keadaan usahanya" in added.text
    assert rows() == []
