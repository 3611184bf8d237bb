"""A form that a hurried thumb sends twice is kept once; gone back to and changed, it is another."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import func, select

from app.aid.models import Tool
from app.core.clock import local_today
from app.core.permissions import Role
from app.db import db
from app.health.models import Objection
from app.mentoring.models import Expense
from app.trainings.models import TrainingSession
from app.web.filters import tanggal

TODAY = tanggal(local_today())
VILLAGE = "33.02.04.2005"


@pytest.fixture
def forms(factories, as_role):
    person = factories.account(role=Role.MENTOR)
    factories.mentor(person=person, village_code=VILLAGE)
    shop = factories.enterprise(village_code=VILLAGE, mentor=person)
    judged = factories.assessment(enterprise=shop, health_class="sakit").id
    mentor, officer = as_role(Role.MENTOR, account=person), as_role(Role.LABOUR_OFFICER)
    expense = {"spent_on": TODAY, "kind": "transport", "what": "Bensin", "amount": "20.000"}
    tool = {"name": "Oven", "value": "2.000.000", "funding_source": "csr", "funded_year": "2024"}
    training = {"kind": "pelatihan", "topic": "Harga", "pillar": "2", "provider": "PLUT"}
    return {
        Expense: (mentor, "/pengeluaran/baru", {**expense, "no_proof_reason": "Hilang"}, "what"),
        Tool: (officer, f"/usaha/{shop.id}/alat/catat", {**tool, "held_from": TODAY}, "name"),
        TrainingSession: (
            officer,
            "/pelatihan/baru",
            {**training, "village": VILLAGE, "held_on": TODAY, "funding_source": "tanpa_biaya"},
            "topic",
        ),
        Objection: (
            mentor,
            f"/penilaian/{judged}/keberatan",
            {"received_on": TODAY, "way": "lisan", "words": "Omzet salah"},
            "words",
        ),
    }


@pytest.mark.parametrize("table", [Expense, Tool, TrainingSession, Objection])
def test_what_was_sent_twice_is_kept_once(forms, table):
    client, path, said, field = forms[table]
    page = client.get(path).text
    number = re.search(r'name="number" type="hidden" value="([^"]+)"', page)[1]

    answers = [client.post(path, data={**said, "number": number}) for _ in range(2)]
    once = db.session.scalar(select(func.count()).select_from(table))
    other = client.post(path, data={**said, field: "Yang lain", "number": number})

    assert [one.status_code for one in (*answers, other)] == [303] * 3, answers[0].text
    assert once == 1
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(table)) == 2
