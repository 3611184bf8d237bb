"""What the history of an enterprise says of mentors, visits, assessments: all in Indonesian."""

from __future__ import annotations

import re
from datetime import timedelta

from app.core.clock import local_today
from app.core.day_words import short_day
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from app.health.rules import Context, first_instrument
from app.health.services import Findings, record_assessment
from app.mentoring.rules import NewPromise

_INDICATORS = [one.code for one in first_instrument().indicators]


def test_every_change_is_told_in_words_that_are_not_those_of_the_code(factories, officer_client):
    ani = factories.mentor(name="Ani Lestari").account_id
    row = factories.enterprise()
    key = row.id
    factories.assigned(ani, row)
    promised = (NewPromise(text="Urus NIB", due_on=local_today()),)
    factories.visit(db.session.get_one(Enterprise, key), ani, promises=promised)
    with transaction():
        record_assessment(
            enterprise=db.session.get_one(Enterprise, key),
            findings=Findings(answers={"KEU1": 0}, context=Context()),
            assessed_on=local_today(),
            by=ani,
        )

    page = officer_client.get(f"/usaha/{key}/riwayat").text

    assert "Pendamping: Ani Lestari" in page
    assert "Hasil: Bertemu" in page
    assert f"Tanggal kunjungan: {short_day(local_today())}" in page
    assert "Belum dapat dinilai" in page
    assert not re.findall(r"Health class|Outcome|Status:|Score|belum_dapat", page)


def test_a_second_assessment_tells_the_score_before_it(factories, officer_client):
    ani = factories.mentor(name="Ani Lestari").account_id
    key = factories.enterprise().id
    for days, points in ((60, 1), (0, 4)):
        with transaction():
            record_assessment(
                enterprise=db.session.get_one(Enterprise, key),
                findings=Findings(answers=dict.fromkeys(_INDICATORS, points), context=Context()),
                assessed_on=local_today() - timedelta(days=days),
                by=ani,
            )

    page = officer_client.get(f"/usaha/{key}/riwayat").text

    assert "Skor: 25,0 → 100,0" in page
    assert "Skor: 25,0</li>" in page


def test_an_older_assessment_that_comes_late_claims_no_change_of_score(factories, officer_client):
    ani = factories.mentor(name="Ani Lestari").account_id
    key = factories.enterprise().id
    for days, points in ((0, 4), (60, 1)):
        with transaction():
            record_assessment(
                enterprise=db.session.get_one(Enterprise, key),
                findings=Findings(answers=dict.fromkeys(_INDICATORS, points), context=Context()),
                assessed_on=local_today() - timedelta(days=days),
                by=ani,
            )

    page = officer_client.get(f"/usaha/{key}/riwayat").text

    assert "Skor: 25,0</li>" in page
    assert "→ 25,0" not in page
