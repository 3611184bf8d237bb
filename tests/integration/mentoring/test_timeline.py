"""What the history of an enterprise says of mentors, visits, assessments: all in Indonesian."""

from __future__ import annotations

import re

from app.core.clock import local_today
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from app.health.rules import Context
from app.health.services import Findings, record_assessment
from app.mentoring.rules import NewPromise


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
    assert f"Tanggal kunjungan: {local_today():%d-%m-%Y}" in page
    assert "Belum dapat dinilai" in page
    assert not re.findall(r"Health class|Outcome|Status:|Score|belum_dapat", page)
