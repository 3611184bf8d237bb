"""Consent for each purpose: proved, withdrawn, and asked for by every processing."""

from __future__ import annotations

import io
from datetime import date, timedelta

import openpyxl
import pytest
import sqlalchemy as sa

from app.core.clock import local_today
from app.core.errors import WrongState
from app.core.ids import new_id
from app.core.permissions import Role
from app.db import db
from app.db.transaction import transaction
from app.enterprises import queries
from app.enterprises.models import Consent, Owner
from app.enterprises.rules.consents import BASE, LENDER, OTHER_OFFICE, PURPOSES, texts_on

GIVEN = {"consented_on": "1 November 2026", "consent_way": "tanda_tangan"}
TAKEN = {"withdrawn_on": "2 November 2026"}


def texts(response):
    return response.get_data(as_text=True)


def give(client, owner, key, **changed):
    return client.post(f"/pemilik/{owner.id}/persetujuan/{key}", data={**GIVEN, **changed})


def withdraw(client, owner, key, **changed):
    return client.post(f"/pemilik/{owner.id}/persetujuan/{key}/tarik", data={**TAKEN, **changed})


def exported_names(client):
    ready = client.post("/usaha/unduh").location
    file = client.get(f"{ready}/berkas")
    book = openpyxl.load_workbook(io.BytesIO(file.data))
    file.close()
    rows = book["Usaha"].iter_rows(min_row=2, values_only=True)
    about = dict(book["Keterangan"].iter_rows(values_only=True))
    return [row[0] for row in rows], about


@pytest.fixture
def sri(factories):
    owner = factories.owner(name="Sri Rahayu")
    factories.enterprise(owner=owner, name="Keripik Sri")
    return owner


def test_each_purpose_is_shown_with_its_text(officer_client, sri):
    page = texts(officer_client.get(f"/pemilik/{sri.id}/persetujuan"))

    for key in PURPOSES:
        assert texts_on(local_today()).texts[key] in page
    assert page.count("belum disetujui") == len(PURPOSES) - 1


def test_a_consent_keeps_text_version_way_witness_and_who_noted_it(officer_client, sri):
    answer = give(
        officer_client, sri, OTHER_OFFICE, consent_way="lisan_saksi", consent_witness="Pak RT"
    )

    row = db.session.scalars(sa.select(Consent)).one()
    assert answer.status_code == 303
    assert (row.purpose, row.way, row.witness) == (OTHER_OFFICE, "lisan_saksi", "Pak RT")
    assert (row.given_on, row.text_version) == (date(2026, 11, 1), "2026-11")
    assert row.recorded_by is not None
    assert "saksi Pak RT" in texts(officer_client.get(answer.location))


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"consent_way": "lisan_saksi"}, "perlu saksi"),
        ({"consent_way": ""}, "Pilih cara menyetujui"),
        ({"consented_on": ""}, "Isi tanggal menyetujui"),
        ({"consented_on": "1 Januari 2099"}, "2099"),
    ],
)
def test_what_could_not_be_proved_is_refused(officer_client, sri, changed, told):
    answer = give(officer_client, sri, LENDER, **changed)

    assert answer.status_code == 422
    assert told in texts(answer)
    assert db.session.scalars(sa.select(Consent)).all() == []


def test_a_purpose_is_agreed_to_once_and_again_after_withdrawal(officer_client, sri):
    first = give(officer_client, sri, LENDER)
    twice = give(officer_client, sri, LENDER)
    taken = withdraw(officer_client, sri, LENDER, reason="berubah pikiran")
    again = give(officer_client, sri, LENDER)

    assert [one.status_code for one in (first, twice, taken, again)] == [303, 409, 303, 303]
    rows = db.session.scalars(sa.select(Consent).order_by(Consent.recorded_at, Consent.id)).all()
    assert [row.withdrawn_on for row in rows] == [date(2026, 11, 2), None]


def test_only_what_was_agreed_to_is_allowed_and_no_longer_than_it_holds(officer_client, sri):
    before = queries.is_allowed(sri.id, OTHER_OFFICE)
    give(officer_client, sri, OTHER_OFFICE)
    while_it_holds = queries.is_allowed(sri.id, OTHER_OFFICE)
    other = queries.is_allowed(sri.id, LENDER)
    withdraw(officer_client, sri, OTHER_OFFICE)

    assert (before, while_it_holds, other) == (False, True, False)
    with pytest.raises(WrongState):
        queries.check_allowed(sri.id, OTHER_OFFICE)


def test_the_office_may_do_its_duty_until_the_owner_withdraws(officer_client, sri, factories):
    factories.enterprise(name="Lain")
    before, _ = exported_names(officer_client)
    allowed = queries.is_allowed(sri.id, BASE)

    withdraw(officer_client, sri, BASE)
    after, about = exported_names(officer_client)

    assert before == ["Keripik Sri", "Lain"]
    assert allowed
    assert after == ["Lain"]
    assert about["Jumlah baris"] == "1"
    assert about["Tidak ikut karena pemilik menarik diri"] == "1"
    assert "1 usaha tidak ikut" in texts(officer_client.get("/usaha/unduh"))


def test_withdrawing_from_the_register_stops_every_other_purpose(officer_client, sri):
    give(officer_client, sri, LENDER)
    withdraw(officer_client, sri, BASE)
    stopped = queries.is_allowed(sri.id, LENDER)

    give(officer_client, sri, BASE)

    assert not stopped
    assert queries.is_allowed(sri.id, LENDER)


def test_restricted_data_are_used_for_nothing(officer_client, sri):
    give(officer_client, sri, LENDER)
    with transaction():
        db.session.get(Owner, sri.id).restricted_on = local_today()

    assert [queries.is_allowed(sri.id, key) for key in (BASE, LENDER)] == [False, False]
    assert exported_names(officer_client)[0] == []


def test_a_withdrawal_lies_between_the_consent_and_today(officer_client, sri):
    give(officer_client, sri, LENDER)
    tomorrow = local_today() + timedelta(days=1)

    early = withdraw(officer_client, sri, LENDER, withdrawn_on="31 Oktober 2026")
    late = withdraw(officer_client, sri, LENDER, withdrawn_on=f"{tomorrow:%d/%m/%Y}")

    assert (early.status_code, late.status_code) == (422, 422)
    assert queries.is_allowed(sri.id, LENDER)


def test_the_proof_is_a_sheet_to_print(officer_client, sri):
    give(officer_client, sri, LENDER)
    row = db.session.scalars(sa.select(Consent)).one()

    sheet = officer_client.get(f"/pemilik/{sri.id}/bukti-persetujuan/{row.id}")

    assert sheet.mimetype == "application/pdf"
    assert sheet.data.startswith(b"%PDF-")
    assert sheet.headers["Cache-Control"] == "private, no-store"


def test_consents_given_at_registration_are_kept_one_by_one(officer_client, factories):
    factories.village_rows()
    form = {
        "owner_name": "Siti Aminah",
        "category": "calon",
        "name": "Warung Siti",
        "village_code": "33.02.04.2005",
        **GIVEN,
        "consent_purposes": [LENDER, OTHER_OFFICE],
    }

    alone = officer_client.post("/usaha/baru", data={**form, "consent_way": ""})
    made = officer_client.post("/usaha/baru", data=form)

    purposes = db.session.scalars(sa.select(Consent.purpose).order_by(Consent.purpose)).all()
    owner = db.session.scalars(sa.select(Owner)).one()
    assert (alone.status_code, made.status_code) == (422, 303)
    assert purposes == sorted([BASE, LENDER, OTHER_OFFICE])
    assert (owner.consented_on, owner.consent_version) == (date(2026, 11, 1), "2026-11")


def test_nobody_is_visited_or_treated_who_withdrew(factories, as_role, officer_client):
    mentor = factories.account(role=Role.MENTOR)
    factories.mentor(person=mentor)
    owner = factories.owner()
    row = factories.enterprise(owner=owner, mentor=mentor)
    client = as_role(Role.MENTOR, account=mentor)
    report = {
        "visit_id": str(new_id()),
        "outcome": "bertemu",
        "visited_on": f"{local_today():%d/%m/%Y}",
        "visited_time": "00:01",
        "place_kind": "rumah",
        "met_with": "Bu Sari",
        "findings": "Penjualan naik.",
    }
    sent_before = texts(client.get("/hari-ini"))
    withdraw(officer_client, owner, BASE)

    sent_to = texts(client.get("/hari-ini"))
    refused = client.post(f"/kunjungan/baru/{row.id}", data=report)
    page = texts(client.get(f"/usaha/{row.id}"))
    give(officer_client, owner, BASE)
    taken = client.post(f"/kunjungan/baru/{row.id}", data=report)

    assert (refused.status_code, taken.status_code) == (409, 303)
    assert "menarik persetujuan" in texts(refused)
    assert "pemilik menarik diri" in page
    assert row.name not in sent_to
    assert row.name in sent_before


@pytest.mark.parametrize("path", ["persetujuan", "persetujuan/foto", "persetujuan/foto/tarik"])
def test_an_owner_elsewhere_is_as_unknown_as_one_that_is_not_there(as_role, sri, path):
    client = as_role(Role.LABOUR_OFFICER, "35")

    there = client.get(f"/pemilik/{sri.id}/{path}")
    nowhere = client.get(f"/pemilik/{db.session.get(Owner, sri.id).id}/{path}")
    unknown = client.get(f"/pemilik/00000000-0000-7000-8000-000000000000/{path}")

    assert there.status_code == nowhere.status_code == unknown.status_code == 404


def test_who_may_not_write_notes_no_consent(as_role, sri):
    village = as_role(Role.VILLAGE_OFFICER, "33.02.04.2005")

    assert village.get(f"/pemilik/{sri.id}/persetujuan").status_code == 200
    assert give(village, sri, LENDER).status_code == 403
    assert withdraw(village, sri, BASE).status_code == 403
    assert db.session.scalars(sa.select(Consent)).all() == []
