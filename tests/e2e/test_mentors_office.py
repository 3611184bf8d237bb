"""The office and its mentors in a real browser: reports accepted by one key, a proposal taken."""

from __future__ import annotations

from uuid import UUID

import pytest
from playwright.sync_api import expect

from app.core.permissions import Role
from app.core.scope import everywhere
from app.db import db
from app.db.transaction import transaction
from app.mentoring.models import Mentor
from app.mentoring.services import record_visit
from tests.e2e.conftest import OpenPage
from tests.e2e.site import Site
from tests.e2e.survey import judge
from tests.factories.accounts import account
from tests.factories.enterprises import enterprise
from tests.factories.mentoring import assigned, mentor, visit_report


@pytest.fixture
def officer_cookie(empty_site: Site) -> dict[str, str]:
    """An officer of Banyumas with a near and a far mentor, two enterprises and two reports."""
    empty_site.bind()
    with empty_site.app.app_context():
        far = mentor(name="Tono Jauh").account_id
        mentor(name="Ratna Dekat")
        rows = [enterprise(name=f"Keripik {n}", lat=-7.5, lng=109.2) for n in ("Satu", "Dua")]
        ids = [row.id for row in rows]
        assigned(far, *rows)
        _based(far)
        for place, key in enumerate(ids):
            report = visit_report(key, lat=-7.5 - place / 100, lng=109.2, duration_minutes=30)
            with transaction():
                record_visit(scope=everywhere(), report=report, by=far)
        return empty_site.cookie_of(account(role=Role.LABOUR_OFFICER))


def _based(mentor_id: UUID) -> None:
    with transaction():
        row = db.session.get_one(Mentor, mentor_id)
        row.base_lat, row.base_lng = -7.9, 109.2


def test_the_office_accepts_by_key_and_takes_a_proposal(
    open_page: OpenPage, officer_cookie: dict[str, str]
):
    with open_page(cookie=officer_cookie) as page:
        page.goto("/pemeriksaan-kunjungan")
        cards = page.locator("[data-keys-item]")
        expect(cards).to_have_count(2)
        expect(cards.first).to_contain_text("Keripik Dua")
        judge(page)

        page.keyboard.press("ArrowDown")
        page.keyboard.press("t")

        expect(page.get_by_text("Kunjungan diterima.")).to_be_visible()
        expect(cards).to_have_count(1)
        expect(cards.first).to_contain_text("Keripik Dua")

        page.goto("/penugasan")
        judge(page)
        page.get_by_role("link", name="Susun usulan pembagian").click()
        judge(page)
        page.get_by_role("button", name="Susun usulan").click()
        page.get_by_role("link", name="Lihat hasilnya").click(timeout=60_000)
        expect(page.get_by_text("2 usaha diusulkan pindah")).to_be_visible()
        judge(page)

        page.locator("tbody a").first.click()
        judge(page)
        page.get_by_role("checkbox").first.uncheck()
        page.get_by_role("button", name="Terima yang dipilih").click()

        expect(page.get_by_text("1 usaha diserahkan.")).to_be_visible()
