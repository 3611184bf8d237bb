"""A therapy that is referred to another office, and the office that was sent the link."""

import re
from datetime import timedelta

import pytest

from app.core.clock import local_today
from app.core.scope import everywhere
from app.db.transaction import transaction
from app.enterprises.rules.consents import OTHER_OFFICE
from app.enterprises.services import consents
from app.web.filters import tanggal

TODAY = local_today()
FORM = {
    "office": "dinkes",
    "office_name": "Dinkes Banyumas",
    "phone": "0812 3456 7890",
    "request": "Mohon penyuluhan keamanan pangan",
    "answer_due_on": tanggal(TODAY + timedelta(days=7)),
}
OWNER, PHONE = "Sri Wahyuni", "+6281255557777"


@pytest.fixture
def item(factories):
    owner = factories.owner(name=OWNER, phone=PHONE)
    enterprise = factories.enterprise(name="Keripik Bu Sri", owner=owner)
    with transaction():
        consents.give_consent(
            scope=everywhere(),
            owner_id=enterprise.owner_id,
            purpose_key=OTHER_OFFICE,
            way="tanda_tangan",
            witness=None,
            given_on=TODAY,
            by=None,
        )
    row = factories.intervention(
        enterprise=enterprise,
        therapy_code="T14",
        state="berjalan",
        due_on=TODAY + timedelta(days=60),
        provider="Pendamping",
    )
    return row.id


@pytest.fixture
def sent(officer_client, item):
    """A referral just sent: its code as the message carries it."""
    answer = officer_client.post(f"/terapi/{item}/rujuk", data={**FORM, "version": "1"})
    assert answer.status_code == 303, answer.text
    page = officer_client.get(answer.location).text
    return re.search(r"/rujukan#([\w-]+)", page)[1]


@pytest.fixture
def guest(app):
    return app.test_client()
