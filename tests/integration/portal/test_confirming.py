"""Owners say whether somebody came; a "no" reaches the office and nobody else."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from app.core.clock import local_today
from app.core.permissions import Role
from app.db import db
from app.db.transaction import transaction
from app.mentoring.models import VisitCheck, VisitConfirmation
from app.portal.models import OwnerMessage

DENIED = "pemilik: tidak datang"


@pytest.fixture
def own(as_role, factories) -> SimpleNamespace:
    """An owner who was visited by a mentor today."""
    account = factories.account(role=Role.ENTREPRENEUR)
    mentor = factories.account(role=Role.MENTOR)
    factories.mentor(person=mentor)
    owner = factories.owner(account_id=account.id)
    row = factories.enterprise(owner=owner, mentor=mentor)
    visit = factories.visit(row, mentor.id)
    return SimpleNamespace(
        client=as_role(Role.ENTREPRENEUR, account=account),
        mentor=as_role(Role.MENTOR, account=mentor),
        enterprise=row,
        mentor_id=mentor.id,
        enterprise_id=row.id,
        visit_id=visit.id,
    )


def said(own, word, visit_id=None):
    return own.client.post(f"/saya/kunjungan/{visit_id or own.visit_id}", data={"datang": word})


def confirmation():
    return db.session.scalars(
        select(VisitConfirmation).execution_options(populate_existing=True)
    ).one_or_none()


def test_a_yes_is_evidence_that_everybody_who_sees_the_visit_sees(own, officer_client):
    assert "Pendamping benar datang?" in own.client.get("/saya").text

    answer = said(own, "ya")

    assert answer.status_code == 303
    for client in (own.mentor, officer_client):
        assert "ya, datang, di halaman pemilik" in client.get(f"/kunjungan/{own.visit_id}").text
    assert "pemilik: benar datang" in officer_client.get("/pemeriksaan-kunjungan").text
    assert (
        "Kunjungan dipastikan pemilik" in own.mentor.get(f"/usaha/{own.enterprise_id}/riwayat").text
    )


def test_a_no_reaches_the_officer_and_not_the_mentor(own, officer_client):
    before = db.session.get(VisitCheck, own.visit_id).weight

    said(own, "tidak")

    message = db.session.scalars(select(OwnerMessage)).one()
    pages = (f"/kunjungan/{own.visit_id}", f"/usaha/{own.enterprise_id}/riwayat", "/hari-ini")
    assert DENIED in officer_client.get("/pemeriksaan-kunjungan").text
    assert DENIED in officer_client.get(f"/kunjungan/{own.visit_id}").text
    assert "Dicatat datang, padahal tidak" in officer_client.get("/pesan-pemilik").text
    assert f"/kunjungan/{own.visit_id}" in officer_client.get(f"/pesan-pemilik/{message.id}").text
    for page in (*pages, f"/usaha/{own.enterprise_id}/kunjungan"):
        shown = own.mentor.get(page)
        assert shown.status_code == 200
        assert "tidak datang" not in shown.text
        assert "disangkal" not in shown.text
    assert db.session.get(VisitCheck, own.visit_id, populate_existing=True).weight == before + 8


def test_a_visit_that_its_owner_denies_is_not_accepted_among_those_without_signs(
    own, officer_client
):
    with transaction():
        check = db.session.get(VisitCheck, own.visit_id)
        check.weight, check.signals = 0, []
    said(own, "tidak")

    officer_client.post("/pemeriksaan-kunjungan/terima-tanpa-tanda")

    assert db.session.get(VisitCheck, own.visit_id, populate_existing=True).state == "menunggu"


def test_the_owners_last_word_counts(own, officer_client):
    before = db.session.get(VisitCheck, own.visit_id).weight
    said(own, "tidak")
    said(own, "ya")

    check = db.session.get(VisitCheck, own.visit_id, populate_existing=True)

    assert (confirmation().has_come, check.weight) == (True, before)
    message = db.session.scalars(select(OwnerMessage)).one()
    assert "Pemilik kemudian menjawab" in officer_client.get(f"/pesan-pemilik/{message.id}").text
    said(own, "tidak")
    assert len(db.session.scalars(select(OwnerMessage)).all()) == 1


def test_only_owners_are_asked_and_only_about_their_own_recent_visits(own, as_role, factories):
    stranger = as_role(Role.ENTREPRENEUR)
    old = factories.visit(
        own.enterprise, own.mentor_id, visited_on=local_today() - timedelta(days=61)
    ).id
    missed = factories.visit(
        own.enterprise,
        own.mentor_id,
        outcome="tidak_bisa_dikunjungi",
        reason="rumah kosong",
        place_kind=None,
        met_with=None,
        findings=None,
    ).id
    path = f"/saya/kunjungan/{own.visit_id}"

    assert stranger.post(path, data={"datang": "ya"}).status_code == 404
    assert own.mentor.post(path, data={"datang": "ya"}).status_code == 403
    assert said(own, "mungkin").status_code == 400
    assert [said(own, "ya", visit).status_code for visit in (old, missed)] == [409, 409]
    assert confirmation() is None
