"""Other content under a known id: an officer lets it count on its own or declines it, once."""

from __future__ import annotations

from uuid import UUID

import pytest

from app.core.ids import new_id
from app.db import db
from app.field.models import FileUpload, InboxItem, SyncOperation
from app.field.queries.op_log import operation_checks
from app.mentoring.models import Visit
from app.mentoring.rules import MET


@pytest.fixture
def sent(phone, cared, factories):
    """A visit, and another one under the same ids, with a photo of its own."""
    first = factories.visit_operation(cared.id, said={"findings": "Yang pertama."})
    photo = {"id": str(new_id()), "sha256": "a" * 64, "bytes": 9}
    said = {"data": {**first["data"], "findings": "Yang lain."}, "attachments": [photo]}
    second = {**first, **said}
    told = phone.results(first)[0]["status"], phone.results(second)[0]["status"]
    assert told == ("ok", "rejected")
    return first, second


def decided(client, decision, **more):
    key = db.session.query(InboxItem.id).filter_by(code="id_reused").scalar()
    said = {"decision": decision, "version": "1", **more}
    return client.post(f"/kiriman/tinjau/{key}", data=said)


def told_by_pull(phone, cursor):
    changes = phone.get(f"/api/v1/sync/pull?cursor={cursor}").get_json()["changes"]
    return [(one["op_id"], one["status"], one["pesan"]) for one in changes if "op_id" in one]


def test_what_is_accepted_counts_beside_the_first_and_once(phone, sent, officer_client):
    first, second = sent
    cursor = phone.get("/api/v1/sync/pull").get_json()["cursor"]
    key = db.session.query(InboxItem.id).scalar()
    page = officer_client.get(f"/kiriman/tinjau/{key}").get_data(as_text=True)

    answer = decided(officer_client, "terima")
    again = decided(officer_client, "terima")
    resent = phone.results(second, first)

    assert ("Yang lain." in page, "Yang pertama tetap tercatat" in page) == (True, True)
    assert (answer.status_code, again.status_code) == (303, 409)
    visits = db.session.query(Visit).order_by(Visit.findings).all()
    assert [(one.findings, one.outcome) for one in visits] == [
        ("Yang lain.", MET),
        ("Yang pertama.", MET),
    ]
    assert str(visits[1].id) == first["record_id"]
    assert [(one["status"], one["stored"]) for one in resent] == [("duplicate", "ok")] * 2
    assert db.session.query(InboxItem).count() == 1
    upload = db.session.query(FileUpload).one()
    assert (str(upload.id), upload.record_id) == (second["attachments"][0]["id"], visits[0].id)
    assert [one.name for one in operation_checks() if not one.is_good] == []
    assert told_by_pull(phone, cursor) == [
        (first["op_id"], "ok", "Diterima petugas dan dicatat sebagai kiriman tersendiri.")
    ]


def test_what_is_declined_is_told_with_the_reason_and_asked_about_no_more(
    phone, sent, officer_client
):
    first, second = sent
    cursor = phone.get("/api/v1/sync/pull").get_json()["cursor"]

    answer = decided(officer_client, "tolak", note="Salah kirim.")
    (resent,) = phone.results(second)

    assert answer.status_code == 303
    assert db.session.query(Visit).one().findings == "Yang pertama."
    words = "Petugas tidak menerima kiriman ini: Salah kirim."
    assert (resent["status"], resent["stored"], resent["pesan"]) == (
        "duplicate",
        "rejected",
        words,
    )
    assert resent["op_id"] == first["op_id"]
    assert db.session.query(InboxItem).count() == 1
    ((op_id, status, pesan),) = told_by_pull(phone, cursor)
    assert (op_id, status) == (first["op_id"], "rejected")
    assert "Salah kirim." in pesan
    # Nothing that was sent is lost: it lies sealed with its own row.
    row = db.session.query(SyncOperation).filter_by(status="rejected").one()
    assert row.payload_sealed is not None
    assert row.op_id != UUID(first["op_id"])


def test_what_can_not_count_stays_open(phone, cared, factories, officer_client):
    op = factories.visit_operation(cared.id)
    phone.results(op)
    phone.results({**op, "data": {**op["data"], "findings": None}})

    answer = decided(officer_client, "terima")

    assert answer.status_code == 409
    assert "Belum dapat dicatat." in answer.get_data(as_text=True)
    assert db.session.query(InboxItem).one().state == "terbuka"
    assert db.session.query(Visit).count() == 1


def test_the_office_of_the_enterprise_that_the_other_content_names_decides(
    phone, cared, factories, mentor, officer_client
):
    op = factories.visit_operation(cared.id)
    phone.results(op)
    far = factories.enterprise(village_code="35.07.01.2001")
    phone.results({**op, "enterprise_id": str(far.id)})

    answer = decided(officer_client, "terima")

    assert answer.status_code == 404
    assert db.session.query(Visit).count() == 1
