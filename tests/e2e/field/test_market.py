"""Permits, labels and channels on a phone without signal: few taps, each arrives once, and the
assessment begins with what the office knew."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from app.accounts.models import Account
from app.db import db
from app.enterprises.models import Enterprise
from app.health.models import AnswerCorrection
from app.market.models import Certificate, Delivery, LabelCheck
from tests.e2e.field.conftest import Caseload, NewCaseload, NewPhone
from tests.e2e.field.test_screens import MOST_TAPS, SAVED, open_view
from tests.e2e.site import Site
from tests.e2e.survey import judge
from tests.factories.market import product
from tests.factories.market_certificates import certificate
from tests.factories.market_channels import sales_channel

COUNT_TAPS = """
() => {
  document.body.dataset.taps = 0;
  document.addEventListener("pointerdown", () => {
    document.body.dataset.taps = Number(document.body.dataset.taps) + 1;
  }, true);
}
"""


def stocked(site: Site, mine: Caseload) -> dict[str, Any]:
    """A product with a permit on its way and a channel."""
    with site.app.app_context():
        row = db.session.get_one(Enterprise, mine.enterprises[0])
        by = db.session.get_one(Account, mine.account_id)
        goods = product(row, is_main=True)
        permit = certificate(row, "nib", "data_siap")
        channel = sales_channel(row, by, margin_permille=200)
        return {"product": goods.id, "certificate": permit.id, "channel": channel.id}


def taps(page: Page) -> int:
    found = int(page.locator("body").get_attribute("data-taps") or 0)
    page.evaluate("() => { document.body.dataset.taps = 0; }")
    return found


def test_goods_a_label_and_a_permit_are_noted_without_signal(
    site: Site, caseload: NewCaseload, new_phone: NewPhone
):
    mine = caseload("Keripik Pasar")
    made = stocked(site, mine)
    with new_phone() as phone:
        phone.begin(mine.email)
        phone.context.set_offline(offline=True)
        page = open_view(phone, f"#/usaha/{mine.enterprises[0]}", "Keripik Pasar")
        page.evaluate(COUNT_TAPS)

        _deliver(page)
        assert taps(page) <= MOST_TAPS
        _check_label(page)
        assert taps(page) <= MOST_TAPS
        _step(page)
        assert taps(page) <= MOST_TAPS

        phone.context.set_offline(offline=False)
        phone.settle()
        assert phone.state()["quarantined"] == []
        assert phone.faults == []

    with site.app.app_context():
        given = db.session.scalars(select(Delivery)).one()
        # 20 pieces at 12,000 less a fifth.
        assert (given.channel_id, given.pieces, given.value) == (made["channel"], 20, 192_000)
        assert db.session.scalars(select(LabelCheck.product_id)).one() == made["product"]
        assert db.session.get_one(Certificate, made["certificate"]).state == "akun_oss"


def _deliver(page: Page) -> None:
    page.get_by_role("link", name="Toko Sari Rasa").click()
    page.get_by_label("Jumlah").fill("20")
    expect(page.get_by_label("Nilai untuk usaha")).to_have_value("192000")
    judge(page)
    page.get_by_role("button", name="Simpan catatan").click()
    expect(page.get_by_text(SAVED)).to_be_visible()


def _check_label(page: Page) -> None:
    page.get_by_role("link", name="Keripik tempe").click()
    page.get_by_role("button", name="Semua ada").click()
    judge(page)
    page.get_by_role("button", name="Simpan pemeriksaan").click()
    expect(page.get_by_text("8 dari 8 unsur ada")).to_be_visible()


def _step(page: Page) -> None:
    page.get_by_role("link", name="NIB", exact=True).click()
    judge(page)
    page.get_by_role("button", name="Simpan langkah").click()
    expect(page.get_by_text("langkah “Akun OSS ada” menunggu sinyal")).to_be_visible()


def test_the_phones_assessment_begins_with_the_record_and_asks_why_not(
    site: Site, caseload: NewCaseload, new_phone: NewPhone
):
    mine = caseload("Keripik Data")
    with site.app.app_context():
        row = db.session.get_one(Enterprise, mine.enterprises[0])
        certificate(row, "nib", "data_siap")
    with new_phone() as phone:
        phone.begin(mine.email)
        page = open_view(phone, f"#/usaha/{mine.enterprises[0]}/penilaian", "Nilai Keripik Data")
        _turn_to(page, "LGL1")
        expect(page.get_by_text("Dari data: Belum. NIB sedang diproses")).to_be_visible()
        expect(page.locator("input[name=LGL1][value='0']")).to_be_checked()
        page.locator("input[name=LGL1][value='4']").check(force=True)
        judge(page)
        page.get_by_role("button", name="Berikutnya").click()
        expect(page.get_by_role("link", name="NIB: isi alasan")).to_be_visible()
        page.get_by_label("Alasan jawaban berbeda").first.fill("Surat NIB sudah di rumah")
        _finish(page)
        phone.settle()
        assert phone.faults == []

    with site.app.app_context():
        kept = db.session.scalars(select(AnswerCorrection)).one()
        assert (kept.indicator, kept.known_points, kept.given_points) == ("LGL1", 0, 4)
        assert kept.reason == "Surat NIB sudah di rumah"
        assert db.session.scalar(select(func.count()).select_from(AnswerCorrection)) == 1


def _turn_to(page: Page, code: str) -> None:
    while not page.locator(f"[data-field={code}]").count():
        page.get_by_role("button", name="Berikutnya").click()


def _finish(page: Page) -> None:
    while not page.get_by_role("button", name="Simpan penilaian").count():
        page.get_by_role("button", name="Berikutnya").click()
    page.get_by_role("button", name="Simpan penilaian").click()
    expect(page.get_by_text(SAVED)).to_be_visible()
