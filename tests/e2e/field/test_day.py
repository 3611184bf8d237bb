"""A day without signal: server killed, browser killed, answers lost; and a new version."""

from __future__ import annotations

from playwright.sync_api import expect
from sqlalchemy import select

from app.db import db
from app.field.models import FileUpload
from app.health.models import HealthAssessment
from app.mentoring.models import Visit
from tests.e2e.field.conftest import NewCaseload, NewPhone
from tests.e2e.field.steps import assess, open_screen, register, visit
from tests.e2e.site import Site


def test_a_day_without_signal_arrives_once_with_its_photos(
    site: Site, caseload: NewCaseload, new_phone: NewPhone
):
    mine = caseload("Keripik Hari")
    (old,) = mine.enterprises
    with new_phone() as phone:
        phone.begin(mine.email)
    site.crash()

    with new_phone() as phone:
        phone.context.set_offline(offline=True)
        phone.unlock()
        expect(phone.page.get_by_text("Keripik Hari")).to_be_visible()
        new = register(phone, name="Sale Baru", owner="Tumini Lestari")
        assess(phone, old)
        visit(phone, old, findings="Kunjungan pertama")
        visit(phone, new, findings="Kunjungan kedua")
        expect(phone.page.get_by_text("4 menunggu sinyal")).to_be_visible()
        told = {
            one["id"]: one["sha256"]
            for op in phone.do("return (await here.store.items()).map((item) => item.op);")
            for one in op["attachments"]
        }
        other = phone.tab()
        phone.page.close()
        phone.page = other
        phone.unlock()
        visit(phone, old, findings="Setengah jadi", is_saved=False)
        # What was typed longer ago than this isn't lost.
        phone.page.wait_for_timeout(2000)
        phone.kill()

    site.serves = "tests.e2e.field.losing:app"
    try:
        with site, new_phone() as phone:
            phone.unlock()
            phone.settle(seconds=90)
            page = open_screen(phone, f"#/usaha/{old}/kunjungan")
            findings = page.locator("textarea[name=findings]")
            expect(findings).to_have_value("Setengah jadi")
            expect(page.get_by_role("button", name="Hapus foto 1")).to_be_visible()
            assert phone.state()["quarantined"] == []
            assert phone.faults == []
    finally:
        site.serves = "wsgi:app"

    # Up again for who comes next.
    site.__enter__()
    with site.app.app_context():
        visits = db.session.scalars(
            select(Visit).where(Visit.mentor_id == mine.account_id).order_by(Visit.findings)
        ).all()
        assert [(str(one.enterprise_id), one.findings) for one in visits] == [
            (new, "Kunjungan kedua"),
            (str(old), "Kunjungan pertama"),
        ]
        assessments = select(HealthAssessment.id).where(HealthAssessment.enterprise_id == old)
        assert len(db.session.scalars(assessments).all()) == 1
        files = db.session.scalars(
            select(FileUpload).where(FileUpload.account_id == mine.account_id)
        ).all()
        # The server reckoned the same hash over what arrived.
        assert {str(row.id): row.sha256 for row in files} == told
        assert all(row.finished_at and row.received == row.size for row in files)
        assert len(told) == 2


def test_a_new_version_waits_for_the_person(site: Site, caseload: NewCaseload, new_phone: NewPhone):
    mine = caseload("Keripik Versi")
    with new_phone() as phone:
        phone.begin(mine.email)
        phone.do("await here.store.drafts.put('kunjungan-y', { findings: 'Belum selesai' });")
        version = phone.page.locator("meta[name=pulih-versi]").get_attribute("content")
        site.crash()
        site.serves = "tests.e2e.field.newer:app"
        try:
            with site:
                phone.page.evaluate("document.body.dataset.mine = 'ya'")
                phone.page.evaluate("navigator.serviceWorker.ready.then((one) => one.update())")
                expect(phone.page.get_by_text("Versi baru siap")).to_be_visible()
                # Offered, and nothing more: the page that stands open goes on.
                assert phone.page.evaluate("document.body.dataset.mine") == "ya"

                phone.page.get_by_role("button", name="Muat ulang").click()
                expect(phone.page.get_by_label("PIN, 6 angka")).to_be_visible()
                meta = phone.page.locator("meta[name=pulih-versi]")
                assert meta.get_attribute("content") != version
                phone.unlock()
                draft = phone.do("return (await here.store.draft('kunjungan-y')).value.findings;")
                assert draft == "Belum selesai"
                assert phone.faults == []
        finally:
            site.serves = "wsgi:app"
    site.__enter__()
