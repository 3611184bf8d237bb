"""Therapy of an aid in the plan: it goes as the process goes, and not past it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.aid import services
from app.aid.models import AidCase
from app.aid.services import HandedTool
from app.core.clock import local_today
from app.core.errors import InvalidInput
from app.core.scope import everywhere
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from app.interventions.models import Intervention
from app.web.filters import tanggal
from tests.factories.aid import aid_paper

TODAY = local_today()
SAID = {
    "reason": "Dana dialihkan",
    "result": "berhasil",
    "closed_on": tanggal(TODAY),
    "spent": "2.500.000",
    "responsible_name": "Bu Ratna",
    "due_on": tanggal(TODAY + timedelta(days=30)),
    "cost": "90.000.000",
    "funding_source": "apbn",
}


def therapy_of(row):
    db.session.rollback()
    case = db.session.get_one(AidCase, row.id)
    return db.session.get_one(Intervention, case.intervention_id)


@pytest.mark.parametrize(
    ("state", "step"),
    [
        ("usul", "tolak"),
        ("verifikasi_lapangan", "batal"),
        ("disetujui", "batal"),
        ("disetujui", "selesai"),
        ("disetujui", "mulai"),
        ("disetujui", "ubah"),
        ("dipakai", "selesai"),
    ],
)
def test_what_an_aid_decides_is_not_decided_past_it(
    factories, enterprise, mentor, officer, officer_client, state, step
):
    row = factories.aid_case(enterprise, asked_by=mentor, decided_by=officer, state=state)
    before = therapy_of(row)
    kept = (before.state, before.cost, before.version)

    answer = officer_client.post(
        f"/terapi/{before.id}/{step}", data={**SAID, "version": str(before.version)}
    )

    after = therapy_of(row)
    assert (answer.status_code, (after.state, after.cost, after.version)) == (409, kept)
    assert "Bantuan alat" in answer.text
    page = officer_client.get(f"/terapi/{after.id}").text
    assert "Buka bantuan alat" in page
    assert f"/terapi/{after.id}/{step}" not in page or step == "ubah"


@pytest.mark.parametrize("step", ["tolak", "batal"])
def test_a_tool_that_nobody_asked_for_yet_is_refused_in_the_plan(
    factories, enterprise, officer_client, step
):
    row_id = factories.intervention(enterprise=enterprise, therapy_code="T18").id

    answer = officer_client.post(f"/terapi/{row_id}/{step}", data={**SAID, "version": "1"})

    assert answer.status_code == 303
    db.session.rollback()
    assert db.session.get_one(Intervention, row_id).state in ("ditolak", "batal")


def test_who_delivers_an_aid_is_changed_in_the_plan(
    factories, enterprise, mentor, officer, officer_client
):
    row = factories.aid_case(enterprise, asked_by=mentor, decided_by=officer, state="disetujui")
    before = therapy_of(row)
    same = {"cost": str(before.cost), "funding_source": before.funding_source, "provider": "PLUT"}

    answer = officer_client.post(
        f"/terapi/{before.id}/ubah", data={**SAID, **same, "version": str(before.version)}
    )

    assert answer.status_code == 303
    assert therapy_of(row).provider == "PLUT"


def test_more_than_was_approved_is_handed_over_with_a_reason(
    factories, enterprise, mentor, officer
):
    row = factories.aid_case(enterprise, asked_by=mentor, decided_by=officer, state="disetujui")
    dear = [HandedTool(name="Mesin", serial_number="", value=row.estimated_value + 1)]

    def hand_over(note):
        with transaction():
            services.hand_over(
                case_id=row.id,
                version=row.version,
                tools=dear,
                funded_year=2026,
                paper=aid_paper(note=note),
                scope=everywhere(),
                by=officer.id,
            )

    with pytest.raises(InvalidInput) as caught:
        hand_over("")
    hand_over("Harga naik sejak usulan")

    assert caught.value.field == "note"
    assert db.session.get_one(AidCase, row.id).state == "diserahkan"


def test_the_place_of_a_tool_names_the_hamlet_once(
    factories, enterprise, mentor, officer, officer_client
):
    row = factories.aid_case(enterprise, asked_by=mentor, decided_by=officer, state="disetujui")
    key = row.id
    with transaction() as session:
        shop = session.get_one(Enterprise, enterprise.id)
        shop.hamlet, shop.address = "Dusun Krajan", "Gang Masjid 6, Dusun Krajan"

    page = officer_client.get(f"/bantuan/{key}/serahkan").text

    assert 'value="Gang Masjid 6, Dusun Krajan"' in page
