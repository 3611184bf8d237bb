"""The secret calendar: what it tells, and when it stops telling."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

from app.accounts.models import Account
from app.core.clock import local_today
from app.core.permissions import Role
from app.core.scope import everywhere
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from app.market.models import CalendarFeed
from app.market.services.certificates import Given, note_held, open_track


def due_of(factories, mentor, name):
    enterprise_id = factories.enterprise(sector="B", name=name).id
    by = mentor.account_id
    with transaction():
        db.session.get_one(Enterprise, enterprise_id).mentor_id = by
        return note_held(
            step_id=uuid4(), enterprise_id=enterprise_id, track_code="laik_higiene",
            state="terbit", on=local_today(), confirmed=("validity_differs",),
            given=Given(
                issued_on=local_today() - timedelta(days=330),
                expires_on=local_today() + timedelta(days=35),
            ),
            by=by, scope=everywhere(by),
        ).id  # fmt: skip


def made(client):
    client.post("/kalender/buat")
    page = client.get("/kalender").text
    return re.search(r"/kalender/[\w-]+\.ics", page).group()


def test_a_mentors_calendar_is_read_without_logging_in_and_tells_only_their_own(
    app, as_role, factories
):
    mentor, other = as_role(Role.MENTOR), as_role(Role.MENTOR)
    key = due_of(factories, mentor, "Katering Sari")
    due_of(factories, other, "Katering Lain")
    address = made(mentor)

    answer = app.test_client().get(address)

    assert answer.mimetype == "text/calendar"
    assert "no-store" in answer.headers["Cache-Control"]
    text = answer.text.replace("\r\n ", "")
    assert "SUMMARY:Laik higiene: Katering Sari" in text
    assert f"/izin/{key}" in text
    assert "Katering Lain" not in text
    assert address not in mentor.get("/kalender").text
    assert address.split("/")[-1][:-4] not in db.session.query(CalendarFeed.code_hash).one()


def test_what_is_late_stands_on_today(app, as_role, factories):
    mentor, by = as_role(Role.MENTOR), factories.account().id
    enterprise_id = factories.enterprise(sector="B", name="Katering Lambat").id
    with transaction():
        db.session.get_one(Enterprise, enterprise_id).mentor_id = mentor.account_id
        open_track(
            step_id=uuid4(), enterprise_id=enterprise_id, track_code="laik_higiene",
            on=local_today() - timedelta(days=100), by=by, scope=everywhere(by),
        )  # fmt: skip

    text = app.test_client().get(made(mentor)).text

    assert "Katering Lambat" in text
    assert re.findall(r"DTSTART;VALUE=DATE:(\d+)", text) == [f"{local_today():%Y%m%d}"]
    assert "Macet 86 hari" in text


def test_a_new_address_a_button_or_a_closed_account_end_it_at_once(app, as_role, factories):
    mentor, guest = as_role(Role.MENTOR), app.test_client()
    due_of(factories, mentor, "Katering Sari")

    first = made(mentor)
    second = made(mentor)
    by_new = (guest.get(first).status_code, guest.get(second).status_code)
    mentor.post("/kalender/cabut")
    by_button = guest.get(second).status_code
    third = made(mentor)
    with transaction():
        db.session.get_one(Account, mentor.account_id).is_active = False
    by_office = guest.get(third).status_code

    assert (by_new, by_button, by_office) == ((404, 200), 404, 404)
    assert guest.get("/kalender/tebakan.ics").status_code == 404


def test_only_mentors_have_one(officer_client):
    assert officer_client.get("/kalender").status_code == 403
    assert officer_client.post("/kalender/buat").status_code == 403
