"""Notes about safety: sealed, for the writer and the area's officers alone, each reading noted."""

from __future__ import annotations

import io
import zipfile
from uuid import UUID

import pytest
from sqlalchemy import select, text

from app.accounts.models import Account
from app.core.clock import local_today
from app.core.ids import new_id
from app.core.permissions import Role
from app.db import db
from app.enterprises.models import Enterprise
from app.history.models import HistoryEntry, ReadEntry
from app.mentoring.models import SafetyNote
from app.rights.exports import copy_for
from tests.factories.enterprises import VILLAGE

SECRET = "Datang berdua, ada penagih utang yang mengancam"


@pytest.fixture
def cared(factories, mentor_client) -> UUID:
    """An enterprise in the care of the mentor who is logged in."""
    person = db.session.get_one(Account, mentor_client.account_id)
    ani = factories.mentor(person=person).account_id
    row = factories.enterprise(name="Keripik Sari")
    key = row.id
    factories.assigned(ani, row)
    return key


def path(enterprise_id: UUID) -> str:
    return f"/usaha/{enterprise_id}/keselamatan"


def written(client, enterprise_id: UUID) -> UUID:
    answer = client.post(path(enterprise_id), data={"text": SECRET})
    assert answer.status_code == 303
    db.session.rollback()
    return db.session.scalars(select(SafetyNote.id)).one()


def test_the_writer_and_the_officer_read_it(cared, mentor_client, officer_client):
    written(mentor_client, cared)

    assert SECRET in mentor_client.get(path(cared)).text
    assert SECRET in officer_client.get(path(cared)).text


def test_the_text_lies_sealed_and_in_no_history(cared, mentor_client):
    note_id = written(mentor_client, cared)

    stored = db.session.get_one(SafetyNote, note_id).text_sealed
    entries = db.session.scalars(select(HistoryEntry)).all()

    assert SECRET.encode() not in stored
    assert all("penagih" not in repr((one.changes, one.note)) for one in entries)
    own = [one for one in entries if one.action == "safety.written"]
    assert [one.enterprise_id for one in own] == [None]


@pytest.mark.parametrize(
    ("role", "area"),
    [
        (Role.ADMIN, ""),
        (Role.VILLAGE_OFFICER, VILLAGE),
        (Role.COOPERATIVE_OFFICER, "33.02"),
        (Role.ENTREPRENEUR, VILLAGE),
    ],
)
def test_no_other_role_reads_or_writes_it(cared, mentor_client, as_role, role, area):
    note_id = written(mentor_client, cared)
    client = as_role(role, area)

    assert client.get(path(cared)).status_code == 403
    assert client.post(path(cared), data={"text": "Halo"}).status_code == 403
    assert client.post(f"/catatan-keselamatan/{note_id}/tutup").status_code == 403


def test_an_officer_of_elsewhere_gets_the_answer_of_an_unknown_enterprise(
    cared, mentor_client, as_role
):
    note_id = written(mentor_client, cared)
    stranger = as_role(Role.LABOUR_OFFICER, "52.03")

    own, unknown = stranger.get(path(cared)), stranger.get(path(new_id()))
    closing = [
        stranger.post(f"/catatan-keselamatan/{one}/tutup").status_code
        for one in (note_id, new_id())
    ]

    assert own.status_code == unknown.status_code == 404
    assert SECRET not in own.text
    assert closing == [404, 404]


def test_the_next_mentor_does_not_read_what_the_one_before_wrote(
    cared, mentor_client, factories, as_role
):
    note_id = written(mentor_client, cared)
    next_client = as_role(Role.MENTOR)
    budi = factories.mentor(person=db.session.get_one(Account, next_client.account_id)).account_id
    factories.assigned(budi, db.session.get_one(Enterprise, cared), from_on=local_today())

    mine, before = next_client.get(path(cared)), mentor_client.get(path(cared))

    assert mine.status_code == 200
    assert SECRET not in mine.text
    assert before.status_code == 404
    assert next_client.post(f"/catatan-keselamatan/{note_id}/tutup").status_code == 404


def test_it_stands_on_no_other_page(cared, mentor_client, officer_client):
    written(mentor_client, cared)

    pages = [
        officer_client.get(f"/usaha/{cared}{part}").text
        for part in ("", "/riwayat", "/kunjungan", "/terapi", "/kesehatan")
    ]
    pages.append(officer_client.get("/usaha", query_string={"cari": "penagih"}).text)

    assert not any("mengancam" in page for page in pages)


def test_each_reading_is_noted(cared, mentor_client, officer_client):
    written(mentor_client, cared)

    officer_client.get(path(cared))

    db.session.rollback()
    seen = db.session.scalars(
        select(ReadEntry.endpoint).where(
            ReadEntry.account_id == officer_client.account_id, ReadEntry.subject_id == cared
        )
    ).all()
    assert "mentoring.safety_notes" in seen


def test_a_closed_note_stays_readable_and_is_closed_once(cared, mentor_client, officer_client):
    note_id = written(mentor_client, cared)

    first = officer_client.post(f"/catatan-keselamatan/{note_id}/tutup")
    second = officer_client.post(f"/catatan-keselamatan/{note_id}/tutup")

    assert (first.status_code, second.status_code) == (303, 409)
    assert "ditutup" in mentor_client.get(path(cared)).text


def test_an_empty_note_is_refused(cared, mentor_client):
    assert mentor_client.post(path(cared), data={"text": "  "}).status_code == 422
    db.session.rollback()
    assert db.session.scalar(text("SELECT count(*) FROM safety_note")) == 0


def test_it_is_no_part_of_the_copy_that_an_owner_is_given(cared, mentor_client):
    written(mentor_client, cared)
    owner_id = db.session.get_one(Enterprise, cared).owner_id

    with zipfile.ZipFile(io.BytesIO(copy_for(owner_id))) as pack:
        told = pack.read("data.json").decode()

    assert "Kunjungan" in told or "Usaha" in told
    assert "afety" not in told
    assert "keselamatan" not in told
