"""Answers that the record knows: they stand in the form, and who says otherwise says why."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core.clock import local_today
from app.core.day_words import long_day
from app.core.ids import new_id
from app.core.permissions import Role
from app.core.scope import everywhere
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from app.health.models import AnswerCorrection, HealthAssessment, KnownAnswer
from app.health.queries import known_answers, known_answers_of
from app.health.services import note_known_answer
from app.market.services.certificates import Given, note_held

TODAY = local_today()
START = {"assessed_on": f"{TODAY:%d/%m/%Y}", "has_equipment": "tidak", "off_season": "tidak"}
SAYS_NONE = {"LGL1": "0", "LGL1_bukti": "pengakuan"}


@pytest.fixture
def enterprise(factories):
    return factories.enterprise(sector="D", nib="1234567890123", started_on=TODAY)


@pytest.fixture
def mentor(as_role, enterprise):
    client = as_role(Role.MENTOR)
    change(enterprise, mentor_id=client.account_id)
    return client


@pytest.fixture
def form(mentor, enterprise):
    """The address of a begun assessment."""
    mentor.post(f"/penilaian/baru/{enterprise.id}", data=START)
    return f"/penilaian/baru/{enterprise.id}"


def change(enterprise, **facts):
    with transaction():
        row = db.session.get(Enterprise, enterprise.id)
        for name, value in facts.items():
            setattr(row, name, value)


def test_a_fact_stands_in_the_form_with_where_it_is_from(mentor, form):
    shown = mentor.get(f"{form}/lgl").text

    assert "Dari data: <strong>Ada dan sesuai</strong>" in shown
    assert "NIB tercatat di data usaha" in shown
    assert "bertentangan dengan data" not in shown


def test_who_says_otherwise_says_why_and_the_result_tells_both(mentor, form):
    refused = mentor.post(f"{form}/lgl", data=SAYS_NONE)
    kept = mentor.post(f"{form}/lgl", data={**SAYS_NONE, "LGL1_alasan": "Kertasnya milik adik"})
    review = mentor.get(f"{form}/periksa").text
    done = mentor.post(f"{form}/periksa")
    result = mentor.get(done.location).text

    assert (refused.status_code, kept.status_code, done.status_code) == (422, 303, 303)
    assert "Isi alasan jawaban ini berbeda dari data." in refused.text
    assert "bertentangan dengan data" in refused.text
    for page in (review, result):
        assert "Bertentangan dengan data" in page
        assert "dijawab “Belum”, dari data “Ada dan sesuai”" in page
        assert "Kertasnya milik adik" in page
    row = db.session.scalars(select(AnswerCorrection)).one()
    assert (row.known_points, row.given_points) == (4, 0)
    assert row.source.startswith("NIB tercatat di data usaha")


def test_a_permit_that_ended_yesterday_contradicts_who_says_it_is_active(as_role, factories):
    mentor = as_role(Role.MENTOR)
    kitchen = factories.enterprise(sector="B", started_on=TODAY - timedelta(days=900))
    change(kitchen, mentor_id=mentor.account_id)
    with transaction():
        note_held(
            step_id=new_id(), enterprise_id=kitchen.id, track_code="laik_higiene", state="terbit",
            on=TODAY - timedelta(days=300), confirmed=("validity_differs",),
            given=Given(
                issued_on=TODAY - timedelta(days=366), expires_on=TODAY - timedelta(days=1)
            ),
            by=mentor.account_id, scope=everywhere(),
        )  # fmt: skip
    form = f"/penilaian/baru/{kitchen.id}"
    mentor.post(form, data=START)
    says_active = {"LGL2": "4", "LGL2_bukti": "pengakuan"}

    shown = mentor.get(f"{form}/lgl").text
    refused = mentor.post(f"{form}/lgl", data=says_active)
    kept = mentor.post(f"{form}/lgl", data={**says_active, "LGL2_alasan": "Surat baru di dinas"})
    review = mentor.get(f"{form}/periksa").text

    assert "Dari data: <strong>Belum</strong>" in shown
    assert f"habis {long_day(TODAY - timedelta(days=1))}" in shown
    assert (refused.status_code, kept.status_code) == (422, 303)
    assert "bertentangan dengan data" in refused.text
    assert "Isi alasan jawaban ini berbeda dari data." in refused.text
    assert "dijawab “Aktif”, dari data “Belum”" in review
    assert "Surat baru di dinas" in review


def test_a_fact_that_changes_while_the_draft_lies_must_be_explained(mentor, enterprise, form):
    change(enterprise, nib=None)
    mentor.post(f"{form}/lgl", data=SAYS_NONE)
    change(enterprise, nib="1234567890123")

    refused = mentor.post(f"{form}/periksa")
    mentor.post(f"{form}/lgl", data={"LGL1": "4", "LGL1_bukti": "buku"})
    done = mentor.post(f"{form}/periksa")

    assert refused.status_code == 422
    assert "Jawaban berbeda dari data: NIB." in refused.text
    assert done.status_code == 303
    assert db.session.scalars(select(AnswerCorrection)).all() == []


def test_a_fact_that_changes_afterwards_is_seen_at_the_newest_result_only(
    mentor, enterprise, factories
):
    old = factories.assessment(enterprise=enterprise, assessed_on=TODAY - timedelta(days=9))
    new = factories.assessment(enterprise=enterprise, health_class="sehat")
    before = mentor.get(f"/penilaian/{new.id}").text

    change(enterprise, npwp="0130006660910001")

    marked = "NPWP tercatat, merek belum tercatat"
    after = [
        mentor.get(page).text
        for page in (
            f"/penilaian/{new.id}",
            f"/usaha/{enterprise.id}/kesehatan",
            f"/penilaian/{old.id}",
        )
    ]
    assert "Bertentangan dengan data" not in before
    assert [marked in one for one in after] == [True, True, False]
    assert "Data berubah sesudah penilaian." in after[0]
    assert db.session.get(HealthAssessment, new.id).points == new.points


def test_of_two_sources_the_newer_one_counts(enterprise):
    with transaction():
        for day, points in ((TODAY - timedelta(days=1), 2), (TODAY - timedelta(days=31), 0)):
            note_known_answer(
                enterprise_id=enterprise.id,
                indicator="LGL1" if points else "LGL4",
                points=points,
                known_on=day,
                source="Dilihat kemarin",
            )

    found = known_answers(enterprise.id, on=TODAY)
    earlier = known_answers(enterprise.id, on=TODAY - timedelta(days=1))

    assert [(code, one.points) for code, one in found.items()] == [("LGL1", 4)]
    assert earlier["LGL1"].source.startswith("NIB tercatat")
    assert db.session.query(KnownAnswer).count() == 2


def test_many_enterprises_are_read_at_once_as_one_by_one(factories, enterprise):
    others = [factories.enterprise(sector=sector) for sector in ("A", None)]
    asked = [one.id for one in (enterprise, *others)]

    found = known_answers_of(asked, on=TODAY)

    assert found == {one: known_answers(one, on=TODAY) for one in asked}
    assert found[enterprise.id]
