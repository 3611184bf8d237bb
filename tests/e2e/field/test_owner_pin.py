"""An owner's number after a visit, typed on the mentor's phone without signal."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from playwright.sync_api import expect
from sqlalchemy import select

from app.core.scope import everywhere
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise, Owner
from app.mentoring.models import VisitConfirmation
from app.portal.services import cards
from app.portal.services.pins import set_pin
from tests.e2e.field.conftest import Caseload, NewCaseload, NewPhone
from tests.e2e.field.steps import open_screen
from tests.e2e.site import Site
from tests.e2e.survey import judge

OWNERS_PIN = "482915"


def card_of(site: Site, mine: Caseload) -> None:
    """The owner of the first enterprise holds a card with a number."""
    with site.app.app_context():
        owner_id = db.session.get_one(Enterprise, mine.enterprises[0]).owner_id
        with transaction():
            made = cards.hand_out(
                owner_id=owner_id, days="365", scope=everywhere(), by=mine.account_id
            )
        token = cards.enter(code=made.code, address="127.0.0.1", device="Ponsel pemilik")
        account_id = db.session.get_one(Owner, owner_id).account_id
        assert token
        assert account_id
        set_pin(account_id=account_id, token=token, pin=OWNERS_PIN, again=OWNERS_PIN)


def test_an_owner_confirms_a_visit_without_signal_and_the_number_is_gone(
    site: Site, caseload: NewCaseload, new_phone: NewPhone
):
    mine = caseload("Keripik Pin")
    card_of(site, mine)
    with new_phone() as phone:
        phone.begin(mine.email)
        phone.context.set_offline(offline=True)
        visit: Any = phone.write_visit(mine.enterprises[0])
        page = open_screen(phone, f"#/usaha/{mine.enterprises[0]}")
        page.get_by_role("link", name="Minta PIN pemilik").click()
        page.get_by_role("button", name="Kirim PIN").click()
        expect(page.get_by_text("Ketik enam angka PIN pemilik.").first).to_be_visible()
        page.get_by_label("PIN pemilik, 6 angka").fill(OWNERS_PIN)
        judge(page)
        page.get_by_role("button", name="Kirim PIN").click()
        expect(page.get_by_text("PIN pemilik diketik")).to_be_visible()
        phone.context.set_offline(offline=False)
        phone.settle()
        expect(page.get_by_text("dikonfirmasi pemilik")).to_be_visible()
        judge(page)
        kept = phone.do("return JSON.stringify(await here.store.items());")
        assert phone.faults == []

    assert visit["record_id"] in kept
    assert OWNERS_PIN not in kept
    with site.app.app_context():
        found = db.session.get_one(VisitConfirmation, UUID(visit["record_id"]))
        assert (found.has_come, found.way) == (True, "pin")
        assert len(db.session.scalars(select(VisitConfirmation.visit_id)).all()) == 1
