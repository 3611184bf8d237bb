"""The report on what became of each class, and the lists behind it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from app.core.clock import local_today
from app.core.permissions import Role
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise

TODAY = local_today()
LONG_AGO = TODAY - timedelta(days=300)


@pytest.fixture
def followed(factories):
    """Of three sick ones one trades, one stopped, one was not seen again; a healthy one trades."""
    factories.country()
    names = {}
    for name, health_class in (
        ("jalan", "sakit"),
        ("berhenti", "sakit"),
        ("entah", "sakit"),
        ("segar", "sehat"),
    ):
        enterprise = factories.enterprise(sector="D", name=f"Usaha {name}")
        factories.assessment(enterprise=enterprise, health_class=health_class, assessed_on=LONG_AGO)
        names[name] = enterprise.id
    with transaction():
        for name in ("jalan", "segar"):
            db.session.get_one(Enterprise, names[name]).last_visit_on = TODAY
        stopped = db.session.get_one(Enterprise, names["berhenti"])
        stopped.life_cycle, stopped.life_cycle_on = "tutup", LONG_AGO + timedelta(days=40)
    return names


def test_each_number_opens_the_enterprises_that_it_counts(officer_client, followed):
    page = officer_client.get("/instrumen/tindak-lanjut").text

    links = re.findall(r'href="(/instrumen/tindak-lanjut/usaha[^"]*)"[^>]*label="(\d+)', page)
    assert [int(count) for _, count in links] == [3, 1, 1, 1, 1, 1]
    for link, count in links:
        listed = officer_client.get(link.replace("&amp;", "&")).text
        assert listed.count("/kesehatan") == int(count), link
    assert "50%" in page
    assert "kurang dari 30 usaha" in page


def test_only_the_first_class_of_the_window_counts(officer_client, followed, factories):
    enterprise = db.session.get_one(Enterprise, followed["jalan"])
    factories.assessment(
        enterprise=enterprise, health_class="sehat", assessed_on=LONG_AGO + timedelta(days=30)
    )

    page = officer_client.get("/instrumen/tindak-lanjut").text

    assert 'aria-label="3 usaha semuanya"' in page


def test_another_area_is_not_counted_and_not_listed(as_role, followed):
    far = as_role(Role.LABOUR_OFFICER, "33.03")

    assert "Belum ada usaha" in far.get("/instrumen/tindak-lanjut").text
    assert "Usaha jalan" not in far.get("/instrumen/tindak-lanjut/usaha").text
    assert far.get("/instrumen/tindak-lanjut?wilayah=33.02").status_code == 404
    assert far.get("/instrumen/tindak-lanjut/usaha?wilayah=33.02").status_code == 404


def test_mentors_do_not_see_the_report(as_role):
    assert as_role(Role.MENTOR).get("/instrumen/tindak-lanjut").status_code == 403
