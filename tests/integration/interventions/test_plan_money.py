from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core.clock import local_today
from app.db import db
from app.history.models import HistoryEntry
from app.interventions.models import Intervention
from app.web.filters import tanggal

TODAY = local_today()
END = {"version": "1", "result": "berhasil", "closed_on": tanggal(TODAY)}


@pytest.fixture
def enterprise(factories):
    made = factories.enterprise(name="Keripik Bu Sri")
    factories.assessment(enterprise=made, found=factories.findings(4, MNJ1=0, LGL1=0))
    return made


@pytest.fixture
def running(factories, enterprise):
    row = factories.intervention(
        enterprise=enterprise,
        therapy_code="T11",
        state="berjalan",
        cost=500_000,
        funding_source="csr",
        provider="PLUT",
    )
    return row.id


def stored(intervention_id):
    db.session.rollback()
    return db.session.get(Intervention, intervention_id)


def test_officer_says_programme_partner_and_year_with_the_approval(officer_client, enterprise):
    address = f"/usaha/{enterprise.id}/terapi/tambah?kode=T01"
    form = {
        "therapy_code": "T01",
        "responsible_name": "Ibu Sri",
        "provider": "PLUT",
        "partner": "BUMDes Losari",
        "program": "Desmigratif",
        "due_on": tanggal(TODAY + timedelta(days=30)),
        "cost": "1.250.000",
        "funding_source": "dana_desa",
        "budget_year": "2027",
        "langkah": "setujui",
    }

    answer = officer_client.post(address, data=form)
    row = db.session.scalars(select(Intervention)).one()
    page = officer_client.get(f"/usaha/{enterprise.id}/terapi").text

    assert answer.status_code == 303
    assert (row.partner, row.program, row.budget_year) == ("BUMDes Losari", "Desmigratif", 2027)
    for words in ("bersama BUMDes Losari", "Desmigratif", "Dana Desa", "2027", "Usaha produktif"):
        assert words in page
    assert "Rp 1.250.000" in page


def test_impossible_year_is_told_at_its_field_and_nothing_typed_is_lost(officer_client, enterprise):
    address = f"/usaha/{enterprise.id}/terapi/tambah?kode=T01"

    answer = officer_client.post(
        address, data={"therapy_code": "T01", "partner": "BUMDes Losari", "budget_year": "26"}
    )

    assert answer.status_code == 422
    assert "BUMDes Losari" in answer.text
    assert db.session.scalars(select(Intervention)).all() == []


def test_end_of_a_paid_therapy_needs_what_was_spent(mentor_client, officer_client, running):
    without = officer_client.post(f"/terapi/{running}/selesai", data=END)
    over = officer_client.post(f"/terapi/{running}/selesai", data={**END, "spent": "575.000"})

    assert (without.status_code, over.status_code) == (422, 422)
    assert "Isi uang yang terpakai" in without.text
    assert "Rp 75.000 di atas anggaran" in over.text
    assert 'value="575.000"' in over.text
    assert stored(running).state == "berjalan"


def test_overspending_with_a_reason_is_kept_and_shown(officer_client, running, enterprise):
    answer = officer_client.post(
        f"/terapi/{running}/selesai",
        data={**END, "spent": "575.000", "spent_reason": "Harga plastik naik"},
    )

    row = stored(running)
    entry = db.session.scalars(
        select(HistoryEntry).where(HistoryEntry.action == "intervention.closed")
    ).one()
    plan = officer_client.get(f"/usaha/{enterprise.id}/terapi").text
    timeline = officer_client.get(f"/usaha/{enterprise.id}/riwayat").text
    assert answer.status_code == 303
    assert (row.spent, row.spent_reason) == (575_000, "Harga plastik naik")
    assert entry.changes["spent"] == [None, 575_000]
    assert "Rp 575.000" in plan
    assert "Harga plastik naik" in plan
    assert "Rp 575.000" in timeline


def test_free_therapy_ends_without_a_word_about_money(officer_client, factories, enterprise):
    row_id = factories.intervention(enterprise=enterprise, state="disetujui").id

    answer = officer_client.post(f"/terapi/{row_id}/selesai", data=END)

    assert answer.status_code == 303
    assert stored(row_id).spent == 0


def test_plan_adds_up_by_source(officer_client, factories, enterprise, running):
    factories.intervention(
        enterprise=enterprise,
        therapy_code="T14",
        state="selesai",
        result="berhasil",
        closed_on=TODAY,
        cost=300_000,
        spent=250_000,
        funding_source="csr",
    )
    factories.intervention(
        enterprise=enterprise, therapy_code="T13", cost=90_000, funding_source="dana_desa"
    )

    page = officer_client.get(f"/usaha/{enterprise.id}/terapi").text

    dana = page[page.index('id="dana"') :]
    assert "Rp 800.000" in dana
    assert "Rp 250.000" in dana
    assert "meminta Rp 90.000 lagi" in dana
