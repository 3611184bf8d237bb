"""Trainings: who may not, and what is not told."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import select

from app.core.clock import local_today
from app.core.permissions import Role
from app.db import db
from app.trainings import queries
from app.trainings.models import TrainingAttendance
from app.web.filters import tanggal
from tests.browserless import as_told


def today():
    return tanggal(local_today())


def state_of(session_id, enterprise_id):
    return db.session.scalar(
        select(TrainingAttendance.practice_state).where(
            TrainingAttendance.session_id == session_id,
            TrainingAttendance.enterprise_id == enterprise_id,
        )
    )


def test_a_mentor_sees_the_sessions_of_their_enterprises_and_their_lines_only(
    factories, officer, mentor_client, enterprise
):
    foreign = factories.enterprise(name="Bengkel Jauh")
    with_both = factories.training(officer, enterprise, foreign, topic="Bersama")
    without = factories.training(officer, foreign, topic="Tanpa saya")

    listed = mentor_client.get("/pelatihan").text
    shown = mentor_client.get(f"/pelatihan/{with_both.id}").text

    assert "Bersama" in listed
    assert "Tanpa saya" not in listed
    assert "Keripik Sari" in shown
    assert "Bengkel Jauh" not in shown
    assert "Usaha yang hadir (1)" in shown
    assert mentor_client.get(f"/pelatihan/{without.id}").status_code == 404


PAGES = ("", "/hadir", "/pendamping", "/daftar-hadir.pdf", "/kode.svg", "/berkas", "/foto")


@pytest.mark.parametrize("page", PAGES)
def test_another_area_is_answered_like_an_unknown_session(
    factories, officer, officer_client, as_role, enterprise, page
):
    row = factories.training(officer, enterprise)
    stranger = as_role(Role.LABOUR_OFFICER, "35.07")

    own = officer_client.get(f"/pelatihan/{row.id}{page}")
    foreign = stranger.get(f"/pelatihan/{row.id}{page}")
    unknown = stranger.get(f"/pelatihan/{uuid4()}{page}")

    assert own.status_code == (404 if page == "/foto" else 200)
    assert (foreign.status_code, unknown.status_code) == (404, 404)
    assert as_told(foreign) == as_told(unknown)


def test_an_enterprise_out_of_reach_is_neither_marked_nor_judged(
    factories, officer, mentor_client, enterprise
):
    foreign = factories.enterprise()
    row = factories.training(officer, enterprise, foreign)

    judged = mentor_client.post(
        f"/pelatihan/{row.id}/praktik/{foreign.id}", data={"state": "diterapkan"}
    )
    marked = mentor_client.post(
        f"/pelatihan/{row.id}/hadir", data={"shown": [str(foreign.id)], "present": []}
    )

    assert (judged.status_code, marked.status_code) == (404, 422)
    assert state_of(row.id, foreign.id) == "belum_dilihat"


@pytest.mark.parametrize("page", ["/pelatihan/baru", "/pelatihan/{id}/pendamping"])
def test_a_mentor_manages_no_session(factories, officer, mentor_client, enterprise, page):
    row = factories.training(officer, enterprise)

    assert mentor_client.get(page.format(id=row.id)).status_code == 403


def test_others_have_no_business_with_trainings(as_role):
    for role in (Role.ENTREPRENEUR, Role.COOPERATIVE_OFFICER):
        assert as_role(role).get("/pelatihan").status_code == 403
        assert as_role(role).get("/hadir/abc").status_code == 403


def test_a_village_outside_ones_area_is_refused(factories, officer_client):
    factories.village_rows("35.07.10.2003")

    answer = officer_client.post(
        "/pelatihan/baru",
        data={
            "kind": "pelatihan",
            "topic": "Jauh",
            "pillar": "2",
            "provider": "PLUT",
            "village": "35.07.10.2003",
            "held_on": today(),
            "funding_source": "tanpa_biaya",
        },
    )

    assert answer.status_code == 422
    assert "di luar wilayah Anda" in answer.text


def test_the_questions_after_a_training_are_those_nobody_answered(factories, officer, enterprise):
    asked = factories.training(officer, enterprise)
    factories.training(officer, enterprise, practice=None)

    assert [one.session_id for one in queries.pending_practices(enterprise.id)] == [asked.id]
