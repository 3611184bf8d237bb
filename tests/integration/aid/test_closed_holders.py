"""Enterprises that closed or left: nothing new is given to them, and their tools are looked for."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.aid.models import AidCase
from app.core.clock import local_today
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from app.interventions.models import Intervention
from app.web.filters import tanggal
from tests.factories.files import photo_upload

TODAY = local_today()


def close(enterprise_id):
    with transaction() as session:
        row = session.get_one(Enterprise, enterprise_id)
        row.life_cycle, row.life_cycle_on = "tutup", TODAY


@pytest.mark.parametrize(
    ("state", "step"),
    [
        ("analisis_kebutuhan", "lapangan"),
        ("verifikasi_lapangan", "setujui"),
        ("disetujui", "serahkan"),
        ("diserahkan", "pasang"),
    ],
)
def test_an_aid_does_not_go_on_for_who_closed(
    factories, enterprise, mentor, officer, officer_client, state, step
):
    row = factories.aid_case(enterprise, asked_by=mentor, decided_by=officer, state=state)
    key, version = row.id, row.version
    close(enterprise.id)

    answer = officer_client.post(
        f"/bantuan/{key}/{step}",
        data={
            "version": str(version),
            "happened_on": tanggal(TODAY),
            "handed_on": tanggal(TODAY),
            "due_on": tanggal(TODAY + timedelta(days=30)),
            "note": "Sudah dilihat",
            "operator": "pemilik",
            "giver_name": "Budi",
            "receiver_name": "Siti",
            "funded_year": "2026",
            "tool_name_0": "Oven",
            "tool_value_0": "1.000.000",
            "photo": (photo_upload(), "foto.jpg"),
        },
    )

    assert answer.status_code == 409
    assert "tidak didampingi" in answer.text
    db.session.rollback()
    assert db.session.get_one(AidCase, key).state == state


@pytest.mark.parametrize(("state", "step"), [("usulan", "putuskan"), ("disetujui", "rujuk")])
def test_no_therapy_begins_for_who_closed(factories, enterprise, officer_client, state, step):
    row_id = factories.intervention(enterprise=enterprise, therapy_code="T01", state=state).id
    close(enterprise.id)

    answer = officer_client.post(
        f"/terapi/{row_id}/{step}",
        data={
            "version": "1",
            "responsible_name": "Bu Ratna",
            "due_on": tanggal(TODAY + timedelta(days=30)),
            "funding_source": "tanpa_biaya",
            "office": "plut",
            "request": "Mohon dibantu",
        },
    )

    assert answer.status_code == 409
    assert "tidak didampingi" in answer.text
    db.session.rollback()
    assert db.session.get_one(Intervention, row_id).state == state


def test_a_tool_at_who_closed_is_on_the_officers_desk(
    factories, enterprise, mentor, officer, officer_client
):
    factories.aid_case(enterprise, asked_by=mentor, decided_by=officer, state="dipakai")
    before = officer_client.get("/daftar-kerja").text
    close(enterprise.id)

    after = officer_client.get("/daftar-kerja").text
    listed = officer_client.get("/alat?keadaan=pemegang_berhenti").text

    assert "Alat pada usaha yang berhenti" in before
    assert "keadaan=pemegang_berhenti" in after
    assert "<strong>1 alat" in listed or ">1<" in listed.replace("\n", "")
    assert enterprise.name in listed
