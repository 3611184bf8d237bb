"""A day without signal: server killed, browser killed, answers lost; and a new version."""

from __future__ import annotations

from playwright.sync_api import expect
from sqlalchemy import select

from app.db import db
from app.field.models import FileUpload
from app.mentoring.models import Visit
from tests.e2e.field.conftest import NewCaseload, NewPhone
from tests.e2e.site import Site


def test_a_day_without_signal_arrives_once_with_its_photos(
    site: Site, caseload: NewCaseload, new_phone: NewPhone
):
    mine = caseload("Keripik Hari", "Sale Hari")
    told: dict[str, str] = {}
    with new_phone() as phone:
        phone.begin(mine.email)
    site.crash()

    with new_phone() as phone:
        phone.context.set_offline(offline=True)
        phone.unlock()
        expect(phone.page.get_by_text("Keripik Hari")).to_be_visible()
        for number, key in enumerate(mine.enterprises):
            written = phone.write_visit(key, photos=2, findings=f"Hari {number}")
            told |= {one["id"]: one["sha256"] for one in written["attachments"]}
        expect(phone.page.get_by_text("2 menunggu sinyal")).to_be_visible()
        other = phone.tab()
        phone.page.close()
        phone.page = other
        phone.unlock()
        phone.do("await here.store.drafts.put('kunjungan-z', { findings: 'Setengah' });")
        phone.kill()

    site.serves = "tests.e2e.field.losing:app"
    try:
        with site, new_phone() as phone:
            phone.unlock()
            assert (
                phone.do("return (await here.store.draft('kunjungan-z')).value.findings;")
                == "Setengah"
            )
            phone.settle(seconds=60)
            assert phone.state()["quarantined"] == []
            assert phone.faults == []
    finally:
        site.serves = "wsgi:app"

    with site, site.app.app_context():
        visits = db.session.scalars(
            select(Visit).where(Visit.enterprise_id.in_(mine.enterprises)).order_by(Visit.findings)
        ).all()
        files = db.session.scalars(
            select(FileUpload).where(FileUpload.account_id == mine.account_id)
        ).all()
        assert [visit.findings for visit in visits] == ["Hari 0", "Hari 1"]
        assert {str(row.id): row.sha256 for row in files} == told
        assert all(row.finished_at and row.received == row.size for row in files)
        assert len(told) == 4


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
