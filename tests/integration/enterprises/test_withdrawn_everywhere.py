"""Who withdrew is not trained, not given tools, not named in a file: at once, in every feature."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import select

from app.aid.models import AidCase
from app.aid.rules.gates import GATE_CODES
from app.core.clock import local_today
from app.core.permissions import Role
from app.db import db
from app.enterprises.rules.consents import BASE
from app.trainings.models import TrainingAttendance
from app.web.filters import tanggal
from tests.factories.files import photo_upload
from tests.pdf_text import pdf_text

GIVEN = {"consented_on": "1 November 2026", "consent_way": "tanda_tangan"}
NEED = {
    **{f"{code}_is_met": "ya" for code in GATE_CODES},
    **{f"{code}_reason": "Sudah dilihat" for code in GATE_CODES},
    **{f"{code}_evidence": "Catatan kunjungan" for code in GATE_CODES},
}
PAPER = {
    "giver_name": "Budi Santoso",
    "receiver_name": "Siti Rahayu",
    "funded_year": "2026",
    "tool_name_0": "Oven",
    "tool_value_0": "2.000.000",
}
# Where an aid stands, and the page of the step that goes on with it.
STEPS = [
    ("usul", "kebutuhan", NEED),
    ("analisis_kebutuhan", "lapangan", {"note": "Cocok"}),
    ("verifikasi_lapangan", "setujui", {}),
    ("disetujui", "serahkan", PAPER),
    ("diserahkan", "pasang", {"operator": "pemilik"}),
    ("terpasang", "pakai", {}),
]


def today():
    return tanggal(local_today())


@pytest.fixture
def officer_person(factories):
    return factories.account(role=Role.LABOUR_OFFICER, name="Budi Santoso")


@pytest.fixture
def office(as_role, officer_person):
    return as_role(Role.LABOUR_OFFICER, account=officer_person)


@pytest.fixture
def asker(factories):
    return factories.account(role=Role.MENTOR)


@pytest.fixture
def sri(factories, asker):
    owner = factories.owner(name="Sri Rahayu")
    row = factories.enterprise(owner=owner, name="Keripik Sri", mentor=asker)
    factories.assessment(enterprise=row, health_class="kurang_sehat")
    return row


@pytest.fixture
def tuti(factories):
    row = factories.enterprise(owner=factories.owner(name="Tuti Wati"), name="Kue Tuti")
    factories.assessment(enterprise=row, health_class="kurang_sehat")
    return row


def withdraw(client, enterprise):
    return client.post(
        f"/pemilik/{enterprise.owner_id}/persetujuan/{BASE}/tarik", data={"withdrawn_on": today()}
    )


def give_again(client, enterprise):
    return client.post(f"/pemilik/{enterprise.owner_id}/persetujuan/{BASE}", data=GIVEN)


def came(session_id):
    statement = select(TrainingAttendance.enterprise_id).where(
        TrainingAttendance.session_id == session_id
    )
    return set(db.session.scalars(statement))


def names_in(book):
    return {
        value
        for sheet in openpyxl.load_workbook(BytesIO(book))
        for row in sheet.iter_rows(values_only=True)
        for value in row
    }


def test_who_withdrew_is_not_marked_at_a_training(factories, office, officer_person, sri, tuti):
    training = factories.training(officer_person)
    address = f"/pelatihan/{training.id}/hadir"
    open_page = {"shown": [str(sri.id), str(tuti.id)], "present": [str(sri.id), str(tuti.id)]}
    offered_before = office.get(address).get_data(as_text=True)
    withdraw(office, sri)

    offered = office.get(address).get_data(as_text=True)
    sent = office.post(address, data=open_page)
    marked = came(training.id)
    give_again(office, sri)
    office.post(address, data=open_page)

    assert "Sri Rahayu" in offered_before
    assert "Sri Rahayu" not in offered
    assert "Tuti Wati" in offered
    # The page that was open offered somebody who is not offered any more.
    assert (sent.status_code, marked) in [(422, set()), (303, {tuti.id})]
    assert came(training.id) == {sri.id, tuti.id}


def test_who_withdrew_is_not_printed_in_the_list_to_sign(
    factories, office, officer_person, sri, tuti
):
    training = factories.training(officer_person, sri, tuti)
    practice = f"/pelatihan/{training.id}/praktik/{sri.id}"
    withdraw(office, sri)

    printed = pdf_text(office.get(f"/pelatihan/{training.id}/daftar-hadir.pdf").data)
    page = office.get(f"/pelatihan/{training.id}").get_data(as_text=True)
    seen = office.post(practice, data={"state": "diterapkan"})
    give_again(office, sri)

    assert "Sri Rahayu" not in printed
    assert "1 pemilik menarik diri" in printed
    assert "Tuti Wati" in printed
    assert "pemilik menarik diri" in page
    assert seen.status_code == 409
    assert office.post(practice, data={"state": "diterapkan"}).status_code == 303


@pytest.mark.parametrize(("state", "page", "said"), STEPS)
def test_no_aid_goes_on_for_who_withdrew(
    factories, office, asker, officer_person, sri, state, page, said
):
    key = factories.aid_case(sri, asked_by=asker, decided_by=officer_person, state=state).id
    withdraw(office, sri)

    def step():
        data = {"version": db.session.get_one(AidCase, key).version, "happened_on": today()}
        if page == "serahkan":
            data |= {"handed_on": today(), "photo": (photo_upload(), "serah.jpg")}
        if page == "setujui":
            data["due_on"] = today()
        return office.post(
            f"/bantuan/{key}/{page}", data=data | said, content_type="multipart/form-data"
        )

    refused = step()
    stands_at = db.session.get_one(AidCase, key).state
    give_again(office, sri)

    assert refused.status_code == 409
    assert "menarik persetujuan" in refused.get_data(as_text=True)
    assert stands_at == state
    assert step().status_code == 303


def test_no_tool_is_asked_for_who_withdrew_and_a_held_one_can_only_come_back(
    factories, office, asker, officer_person, sri, tuti
):
    factories.aid_case(sri, asked_by=asker, decided_by=officer_person, state="dipakai")
    factories.aid_case(tuti, asked_by=asker, decided_by=officer_person, state="disetujui")
    tool_id, version = factories.tool_of(sri).id, factories.tool_of(sri).version
    check = {"checked_on": today(), "days_used": "3", "condition": "baik", "operator": "pemilik"}
    request = {
        "tool_name": "Oven",
        "need": "Kue",
        "estimated_value": "2.000.000",
        "funding_source": "csr",
    }
    targets_before = office.get(f"/alat/{tool_id}/pindahkan").get_data(as_text=True)
    for one in (sri, tuti):
        withdraw(office, one)

    checked = office.post(f"/alat/{tool_id}/cek", data=check | {"photo": (photo_upload(), "a.jpg")})
    asked = office.post(f"/usaha/{sri.id}/alat/usul", data=request)
    targets = office.get(f"/alat/{tool_id}/pindahkan").get_data(as_text=True)
    file = names_in(office.get("/alat/unduh").data)
    back = office.post(
        f"/alat/{tool_id}/tarik",
        data={
            "version": version,
            "reason": "Pemilik menarik diri",
            "handed_on": today(),
            "giver_name": "Sri",
            "receiver_name": "Budi Santoso",
            "photo": (photo_upload(), "serah.jpg"),
        },
        content_type="multipart/form-data",
    )

    assert (checked.status_code, asked.status_code, back.status_code) == (409, 409, 303)
    assert "Kue Tuti" in targets_before
    assert "Kue Tuti" not in targets
    assert "Keripik Sri" not in file
    assert "pemilik menarik diri" in file


def test_the_file_of_a_mentors_month_does_not_name_who_withdrew(
    factories, as_role, office, sri, tuti
):
    mentor = factories.account(role=Role.MENTOR)
    factories.mentor(person=mentor)
    mentor_id = mentor.id
    factories.assigned(mentor_id, sri, tuti)
    for one in (sri, tuti):
        factories.visit(one, mentor_id)
    client = as_role(Role.MENTOR, account=mentor)
    address = f"/laporan-bulanan/{mentor_id}/{local_today():%Y-%m}/unduh"
    withdraw(office, sri)

    book = names_in(client.post(address, data={"bentuk": "xlsx"}).data)
    sheet = pdf_text(client.post(address, data={"bentuk": "pdf"}).data)

    assert {"Kue Tuti", "pemilik menarik diri"} <= book
    assert "Keripik Sri" not in book
    assert "Kue Tuti" in sheet
    assert "Keripik Sri" not in sheet
