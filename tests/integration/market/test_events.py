"""Exhibitions: who goes is the office's to say, what it brought the mentor's."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core.clock import local_today
from app.core.permissions import Role
from app.db import db
from app.market.models import EventParticipant, MarketEvent
from app.web.filters import tanggal

OUTCOME = {
    "sold": "1.200.000",
    "goods_cost": "700.000",
    "trip_cost": "300.000",
    "stand_cost": "100.000",
    "buyers": "4",
}


def text_of(answer):
    return answer.get_data(as_text=True)


def going():
    return db.session.scalars(
        select(EventParticipant).execution_options(populate_existing=True)
    ).all()


@pytest.fixture
def make_event(officer_client):
    def make(days_ago=3):
        officer_client.post(
            "/pasar/acara/baru",
            data={
                "kind": "bazar",
                "name": "Bazar Ramadan",
                "place": "Alun-alun Purwokerto",
                "starts_on": tanggal(local_today() - timedelta(days=days_ago)),
            },
        )
        return db.session.scalars(select(MarketEvent.id)).one()

    return make


@pytest.fixture
def event(make_event, enterprise, officer_client):
    key = make_event()
    officer_client.post(f"/pasar/acara/{key}/peserta", data={"usaha": [str(enterprise.id)]})
    return key


def test_the_office_chooses_and_the_mentor_tells_what_it_brought(
    event, enterprise, mentor_client, officer_client
):
    key, enterprise_id = going()[0].id, enterprise.id
    address = f"/pasar/acara/{event}/peserta/{key}"
    told = mentor_client.post(address, data={**OUTCOME, "version": "1"})
    stale = mentor_client.post(address, data={**OUTCOME, "version": "1"})

    page = text_of(officer_client.get(f"/pasar/acara/{event}"))
    assert (told.status_code, stale.status_code) == (303, 409)
    assert "Sepadan" in page
    assert "Rp 100.000" in page
    assert "Bazar Ramadan" in text_of(mentor_client.get(f"/usaha/{enterprise_id}/pasar"))
    assert "Bazar Ramadan" in text_of(mentor_client.get("/pasar/acara"))


def test_choosing_twice_lets_an_enterprise_go_once(event, enterprise, officer_client):
    officer_client.post(f"/pasar/acara/{event}/peserta", data={"usaha": [str(enterprise.id)]})

    assert len(going()) == 1


def test_who_does_not_go_is_taken_off_until_it_was_told(event, officer_client, mentor_client):
    key = going()[0].id
    mentor_client.post(f"/pasar/acara/{event}/peserta/{key}", data={**OUTCOME, "version": "1"})
    refused = officer_client.post(f"/pasar/acara/{event}/peserta/{key}/batal")
    assert refused.status_code == 409
    assert len(going()) == 1


def test_an_event_ahead_has_brought_nothing_yet(make_event, enterprise, officer_client):
    event = make_event(days_ago=-10)
    officer_client.post(f"/pasar/acara/{event}/peserta", data={"usaha": [str(enterprise.id)]})
    key = going()[0].id
    told = officer_client.post(
        f"/pasar/acara/{event}/peserta/{key}", data={**OUTCOME, "version": "1"}
    )
    dropped = officer_client.post(f"/pasar/acara/{event}/peserta/{key}/batal")

    assert told.status_code == 409
    assert dropped.status_code == 303
    assert going() == []


def test_a_mentor_chooses_nobody_and_a_stranger_sees_nothing(event, mentor_client, as_role):
    key = going()[0].id
    stranger = as_role(Role.LABOUR_OFFICER, "35.07")

    assert mentor_client.post("/pasar/acara/baru", data={}).status_code == 403
    assert mentor_client.post(f"/pasar/acara/{event}/peserta", data={}).status_code == 403
    assert stranger.get(f"/pasar/acara/{event}").status_code == 404
    assert stranger.post(f"/pasar/acara/{event}/peserta/{key}", data={}).status_code == 404
    assert "Bazar Ramadan" not in text_of(stranger.get("/pasar/acara"))
