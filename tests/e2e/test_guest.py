"""Another office answers a referral from its link, on a phone, without an account."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.site import Site
from tests.e2e.survey import judge
from tests.e2e.watch import watched_page


def test_guest_opens_the_link_accepts_and_tells_the_result(browser: Browser, demo_site: Site):
    code = demo_site.guest_code
    with watched_page(browser, demo_site.url, width=360) as page:
        sent: list[str] = []
        page.on("request", lambda one: sent.append(one.url + one.headers.get("referer", "")))

        page.goto(f"/rujukan#{code}")
        page.wait_for_url("**/rujukan/isi")
        expect(page.get_by_text("Mohon pelatihan buku kas")).to_be_visible()
        judge(page)
        page.get_by_label("Nama dan jabatan Anda").first.fill("Ani, PLUT")
        page.get_by_role("button", name="Terima rujukan").click()
        expect(page.get_by_text("Yang dihubungi")).to_be_visible()
        judge(page)
        page.get_by_label("Berhasil", exact=True).check()
        page.get_by_label("Yang sudah dikerjakan").fill("Dua kali pertemuan, buku terisi")
        page.get_by_label("Nama dan jabatan Anda").fill("Ani, PLUT")
        page.get_by_role("button", name="Kirim hasil").click()

        expect(page.get_by_text("Terima kasih")).to_be_visible()
        assert [one for one in sent if code in one] == []


@pytest.mark.parametrize("path", ["/rujukan", "/rujukan/isi", "/kartu", "/kartu/produk"])
def test_door_of_a_link_is_accessible_and_tells_nothing(browser, demo_site, path):
    with watched_page(browser, demo_site.url, width=360) as page:
        page.goto(path)

        judge(page)
        assert "PLUT" not in page.content()
