"""A new version of the instrument, from draft to the first assessment by it, in a real browser.

The admin changes a weight, a bound and a question, sees who would change class, and publishes with
the password given anew. What was assessed before stays; the mentor's next assessment is by the new.
"""

from __future__ import annotations

import re
from datetime import timedelta

import sqlalchemy as sa
from playwright.sync_api import Page, expect

from app.accounts.models import Account, LoginSession
from app.core.clock import local_today, utc_now
from app.core.permissions import Role
from app.db import db
from app.db.transaction import transaction
from app.health.rules import first_instrument
from tests.e2e.assessing import BETTER, assess
from tests.e2e.conftest import OpenPage
from tests.e2e.site import Site
from tests.e2e.survey import judge
from tests.factories import accounts, enterprises, health, mentoring

VILLAGE = "33.02.04.2005"
BEFORE = local_today() - timedelta(days=40)
CHANGED, OTHER = first_instrument().indicators[:2]
WORDS = "Berapa hari dalam sebulan terakhir usaha ini benar-benar buka?"


def _people(site: Site) -> dict[str, object]:
    """An admin, a mentor, and two enterprises with a class of the first version."""
    site.bind()
    with site.app.app_context():
        admin = accounts.account(role=Role.ADMIN, area="", name="Pak Admin")
        person = mentoring.mentor(name="Pak Tono", village_code=VILLAGE).account_id
        weak = enterprises.enterprise(name="Keripik Bu Sri", village_code=VILLAGE)
        strong = enterprises.enterprise(name="Kue Bu Tuti", village_code=VILLAGE)
        mentoring.assigned(person, weak, strong)
        old = health.assessment(enterprise=weak, health_class="kurang_sehat", assessed_on=BEFORE).id
        health.assessment(enterprise=strong, health_class="sehat", assessed_on=BEFORE)
        known = {
            "admin": site.cookie_of(admin),
            "mentor": site.cookie_of(db.session.get_one(Account, person)),
            "weak": weak.id,
            "old": old,
        }
        db.session.remove()
        # A connection left open would be found when the tests end.
        db.engine.dispose()
        return known


def _an_hour_later(site: Site) -> None:
    """Let every log-in be an hour old; a story can't wait that long."""
    with site.app.app_context():
        with transaction():
            db.session.execute(
                sa.update(LoginSession).values(created_at=utc_now() - timedelta(hours=1))
            )
        db.session.remove()
        db.engine.dispose()


def _draft(desk: Page) -> str:
    """Change two weights, a bound and a question; give the address of the draft."""
    desk.goto("/instrumen")
    judge(desk)
    desk.get_by_label("Apa yang ingin diubah").fill("Batas kurang sehat terlalu rendah")
    desk.get_by_role("button", name="Buat rancangan").click()
    draft = desk.url
    judge(desk)
    desk.get_by_label("Batas terendah kurang sehat").fill("55,0")
    desk.get_by_label(f"Bobot {CHANGED.name}", exact=True).fill(str(CHANGED.weight - 1))
    desk.get_by_role("button", name="Simpan bobot dan batas").click()
    # A weight that is missing is told, and nothing can be tried before.
    expect(desk.get_by_text("Perbaiki dahulu")).to_be_visible()
    expect(desk.get_by_role("button", name="Hitung dampaknya")).to_have_count(0)
    judge(desk)
    desk.get_by_label(f"Bobot {OTHER.name}", exact=True).fill(str(OTHER.weight + 1))
    desk.get_by_role("button", name="Simpan bobot dan batas").click()
    desk.get_by_role("link", name=CHANGED.name, exact=True).click()
    desk.get_by_label("Pertanyaan", exact=True).fill(WORDS)
    judge(desk)
    desk.get_by_role("button", name="Simpan").click()
    expect(desk.get_by_role("cell", name=WORDS).first).to_be_visible()
    judge(desk)
    return draft


def _see_who_would_change(desk: Page) -> None:
    desk.get_by_role("button", name="Hitung dampaknya").click()
    # The page asks again by itself while the work runs: it can't be judged before it rests.
    expect(desk.get_by_role("link", name="Lihat hasilnya")).to_be_visible(timeout=60_000)
    desk.get_by_role("link", name="Lihat hasilnya").click()
    judge(desk)
    expect(desk.get_by_role("link", name="1 usaha berubah kelas")).to_be_visible()
    desk.get_by_role(
        "link", name=re.compile("^1 usaha dari kurang sehat menjadi sakit$", re.IGNORECASE)
    ).click()
    judge(desk)
    expect(desk.get_by_role("link", name="Keripik Bu Sri")).to_be_visible()
    expect(desk.get_by_role("link", name="Kue Bu Tuti")).to_have_count(0)


def _publish(desk: Page, draft: str, site: Site) -> None:
    _an_hour_later(site)
    desk.goto(draft)
    desk.get_by_text("Terbitkan versi ini").click()
    desk.get_by_role("button", name="Terbitkan", exact=True).click()
    expect(desk).to_have_url(re.compile("/saya/konfirmasi"))
    judge(desk)
    desk.get_by_label("Kata sandi").first.fill(accounts.PASSWORD)
    desk.get_by_role("main").get_by_role("button").first.click()
    expect(desk).to_have_url(draft)
    desk.get_by_text("Terbitkan versi ini").click()
    desk.get_by_role("button", name="Terbitkan", exact=True).click()
    expect(desk.get_by_text("Versi 2 terbit.")).to_be_visible()
    expect(desk.get_by_role("button", name="Simpan bobot dan batas")).to_have_count(0)
    judge(desk)


def _stands_as_it_was(page: Page, old: object) -> None:
    page.goto(f"/penilaian/{old}")
    expect(page.get_by_text("Kurang sehat", exact=True).first).to_be_visible()
    expect(page.get_by_text("versi 1")).to_be_visible()
    expect(page.get_by_text(WORDS)).to_have_count(0)


def test_a_new_version_is_drafted_tried_published_and_used(open_page: OpenPage, empty_site: Site):
    known = _people(empty_site)
    enterprise = f"/usaha/{known['weak']}"
    with (
        open_page(cookie=known["admin"]) as desk,
        open_page(cookie=known["mentor"], width=360, height=740) as phone,
    ):
        draft = _draft(desk)
        _see_who_would_change(desk)
        _publish(desk, draft, empty_site)
        _stands_as_it_was(desk, known["old"])

        phone.goto(f"{enterprise}/kesehatan")
        expect(phone.get_by_text("Kurang sehat", exact=True).first).to_be_visible()
        assert WORDS in assess(phone, enterprise, BETTER, local_today())
        expect(phone.get_by_text("Sakit", exact=True).first).to_be_visible()
        expect(phone.get_by_text("versi 2")).to_be_visible()
        _stands_as_it_was(desk, known["old"])
