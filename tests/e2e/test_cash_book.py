"""The cash book in a real browser: a day in few taps, a paper month without a mouse."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from app.accounts.models import Account
from app.cashbook.models import CashEntry
from app.core.clock import local_today
from app.core.months import add_months
from app.db import db
from tests.e2e.conftest import OpenPage
from tests.e2e.site import Site
from tests.e2e.survey import judge
from tests.factories import enterprises, mentoring

PHONE = 360
# A hurried day: what was sold, what was bought, what it cost to send. As on the large keys.
DAY = (("Penjualan", "75000"), ("Beli bahan", "30000"), ("Ongkir", "5000"))
# A person as the usual visit of the field app has them: two seconds of thought before each tap
# that chooses, a third of a second for each further key.
THOUGHT, KEY = 2.0, 1 / 3
MOST_SECONDS = 20
PAPER_LINES = 60


def _people(site: Site) -> dict[str, str]:
    """A mentor with an enterprise whose book is empty."""
    site.bind()
    with site.app.app_context():
        person = mentoring.mentor(name="Pak Tono", village_code="33.02.04.2005").account_id
        row = enterprises.enterprise(name="Keripik Bu Sri", village_code="33.02.04.2005")
        mentoring.assigned(person, row)
        known = {
            "mentor": site.cookie_of(db.session.get_one(Account, person)),
            "book": f"/usaha/{row.id}/buku",
        }
        db.session.remove()
        db.engine.dispose()
        return known


def _written(site: Site) -> tuple[int, int]:
    """How many lines stand in the book, and their sum."""
    with site.app.app_context():
        sums = select(func.count(), func.sum(CashEntry.amount)).where(CashEntry.is_current)
        count, total = db.session.execute(sums).one()
        db.session.remove()
        db.engine.dispose()
        return count, int(total or 0)


def _tap_sum(page: Page, sum_: str) -> int:
    """Tap a sum on the large keys, thousands at once; gives how many keys that took."""
    keys = [*sum_.removesuffix("000"), "000"]
    for key in keys:
        page.locator(f"[data-digit='{key}']").click()
    return len(keys)


def test_a_day_and_a_paper_month(empty_site: Site, open_page: OpenPage) -> None:
    known = _people(empty_site)
    _a_day_of_three_lines(known, open_page)
    assert _written(empty_site) == (3, 110_000)
    _a_paper_month(known, open_page)
    assert _written(empty_site) == (3 + PAPER_LINES, 110_000 + PAPER_LINES * 25_000)


def _a_day_of_three_lines(known: dict[str, str], open_page: OpenPage) -> None:
    """Seconds are those of the person, not of the machine: no clock decides a test."""
    seconds = 0.0
    with open_page(cookie=known["mentor"], width=PHONE) as page:
        page.goto(f"{known['book']}/cepat")
        judge(page)
        for label, sum_ in DAY:
            page.get_by_role("link", name=label, exact=True).click()
            keys = _tap_sum(page, sum_)
            expect(page.locator("[data-taps-echo]")).to_have_text(re.compile(r"^Rp \d+\.000$"))
            page.get_by_role("button", name="Simpan", exact=True).click()
            expect(page.get_by_text("Tersimpan:")).to_contain_text("ribu rupiah")
            seconds += 2 * THOUGHT + keys * KEY
        judge(page)

    assert seconds <= MOST_SECONDS


def _a_paper_month(known: dict[str, str], open_page: OpenPage) -> None:
    last_month = add_months(local_today().replace(day=1), -1)
    with open_page(cookie=known["mentor"], width=1280) as page:
        page.goto(f"{known['book']}/salin")
        judge(page)
        expect(page.get_by_label("Bulan di buku")).to_be_focused()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
        for line in range(PAPER_LINES):
            # Two lines a day; the second one leaves the day to the row above.
            page.keyboard.type("" if line % 2 else str(line // 2 + 1 if line < 56 else 28))
            for box in ("", "pb"[line % 2], "25rb"):
                page.keyboard.type(box)
                page.keyboard.press("Enter")
            page.keyboard.type("Sari" if line == 0 else "")
            page.keyboard.press("Enter")
        expect(page.locator("[data-paper-sum]")).to_contain_text("60 baris, jumlah Rp 1.500.000")
        page.keyboard.press("Control+Enter")
        expect(page).to_have_url(re.compile(rf"bulan={last_month:%Y-%m}$"))
        expect(page.get_by_text("60 catatan tersimpan dari buku kertas")).to_be_visible()
        judge(page)
