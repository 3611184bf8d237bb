"""The mentor's list of the day."""

from __future__ import annotations

import gzip
from datetime import timedelta

from app.accounts.models import Account
from app.core.clock import local_today
from app.core.permissions import Role
from app.core.scope import everywhere
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from app.health.services.disputes import answer_objection, record_objection


def care_for(factories, client, *rows: Enterprise) -> None:
    person = db.session.get_one(Account, client.account_id)
    mentor_id = factories.mentor(person=person).account_id
    keys = [row.id for row in rows]
    factories.assigned(mentor_id, *[db.session.get_one(Enterprise, key) for key in keys])


def test_it_says_of_each_enterprise_why_it_is_there(factories, as_role):
    client = as_role(Role.MENTOR)
    today = local_today()
    calm = {"health_class": "sehat", "assessed_on": today, "last_visit_on": today}
    care_for(
        factories,
        client,
        factories.enterprise(
            name="Gula Semut",
            hamlet="Krajan",
            next_visit_due_on=today - timedelta(days=4),
            **calm,
        ),
        factories.enterprise(
            name="Keripik Sukun",
            hamlet="Sumber",
            next_visit_due_on=today + timedelta(days=30),
            health_valid_until=today - timedelta(days=1),
            **calm,
        ),
        factories.enterprise(
            name="Batik Tenang", next_visit_due_on=today + timedelta(days=30), **calm
        ),
        factories.enterprise(name="Warung Tutup", life_cycle="tutup"),
    )

    page = client.get("/hari-ini").text

    assert "kunjungan terlambat 4 hari" in page
    assert "penilaian kedaluwarsa" in page
    assert "Krajan" in page
    assert "Batik Tenang" not in page
    assert "Warung Tutup" not in page
    assert page.index("Gula Semut") < page.index("Keripik Sukun")


def test_promises_and_therapies_that_are_due_are_on_it(factories, as_role):
    client = as_role(Role.MENTOR)
    today = local_today()
    row = factories.enterprise(health_class="sehat", assessed_on=today)
    key = row.id
    care_for(factories, client, row)
    factories.promise(
        db.session.get_one(Enterprise, key), client.account_id, due_on=today - timedelta(days=2)
    )
    with transaction():
        db.session.get_one(Enterprise, key).next_visit_due_on = today + timedelta(days=9)

    page = client.get("/hari-ini").text

    assert "janji lewat 2 hari" in page
    assert f"/kunjungan/baru/{key}" in page


def test_the_enterprises_of_others_are_not_on_it(factories, as_role):
    other = factories.mentor().account_id
    row = factories.enterprise(name="Milik Orang")
    factories.assigned(other, row)
    client = as_role(Role.MENTOR)

    page = client.get("/hari-ini")

    assert "Milik Orang" not in page.text
    assert "Tidak ada yang harus didatangi" in page.text


def test_it_is_light_enough_for_a_phone_with_a_full_load(factories, as_role):
    client = as_role(Role.MENTOR)
    rows = [factories.enterprise(hamlet=f"Dusun {n % 4}") for n in range(25)]
    care_for(factories, client, *rows)

    page = client.get("/hari-ini")

    # Without the style sheet and the script, which the phone has from the page before.
    assert len(gzip.compress(page.data)) < 10_000


def test_it_is_for_mentors_alone(officer_client):
    assert officer_client.get("/hari-ini").status_code == 403


def test_who_was_promised_another_look_is_on_it_until_they_get_it(factories, as_role):
    client, today = as_role(Role.MENTOR), local_today()
    row = factories.enterprise(name="Gula Semut", next_visit_due_on=today + timedelta(days=9))
    care_for(factories, client, row)
    judged = factories.assessment(enterprise=row, assessed_on=today, health_class="sehat")
    with transaction():
        made = record_objection(
            scope=everywhere(),
            assessment_id=judged.id,
            received_on=today,
            way="lisan",
            words="Omzet salah",
            by=None,
        )
        key = made.id
    before = client.get("/hari-ini").text
    officer_id = factories.account(role=Role.LABOUR_OFFICER).id
    with transaction():
        answer_objection(
            scope=everywhere(), objection_id=key, outcome="diterima", answer="Ya", by=officer_id
        )

    asked = client.get("/hari-ini").text
    factories.assessment(enterprise=row, assessed_on=today, health_class="sehat")
    done = client.get("/hari-ini").text

    words = "kantor meminta nilai ulang"
    assert [words in page for page in (before, asked, done)] == [False, True, False]
