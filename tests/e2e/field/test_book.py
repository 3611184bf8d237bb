"""The cash book on a phone without signal: a day in a few taps, killed in between, and everything
stands once in the office's book."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect
from sqlalchemy import select

from app.cashbook.models import CashCount, CashEntry, DiaryMonth
from app.core.clock import local_today
from app.core.months import add_months, first_of
from app.db import db
from tests.e2e.field.conftest import NewCaseload, NewPhone
from tests.e2e.field.steps import open_screen
from tests.e2e.field.test_market import COUNT_TAPS, taps
from tests.e2e.site import Site
from tests.e2e.survey import judge
from tests.factories.files import photo_upload

SAVED = "Tersimpan di ponsel"


def press(page: Page, *keys: str) -> None:
    """Tap the large keys."""
    for key in keys:
        page.locator(f"[data-press='{key}']").click()


def write(page: Page, category: str, *keys: str) -> None:
    """One line, from the book to the book."""
    page.get_by_role("link", name=category, exact=True).click()
    press(page, *keys)
    page.get_by_role("button", name="Simpan", exact=True).click()
    expect(page.locator("[data-done]")).to_contain_text(SAVED)


def with_slip(page: Page) -> None:
    """What was paid for material, with a photo of its slip."""
    page.get_by_role("link", name="Beli bahan", exact=True).click()
    press(page, "6", "2", ",", "5", "rb")
    page.get_by_text("Kanal, nota, dan lainnya").click()
    page.get_by_label("Catatan").fill("Singkong")
    page.locator("#photos").set_input_files(
        {"name": "nota.jpg", "mimeType": "image/jpeg", "buffer": photo_upload().read()}
    )
    expect(page.get_by_role("button", name="Hapus foto 1")).to_be_visible()
    judge(page)
    page.get_by_role("button", name="Simpan", exact=True).click()
    expect(page.locator("[data-done]")).to_contain_text(SAVED)


def month_and_count(page: Page) -> None:
    """Five numbers of the last month, and the cash at hand."""
    page.get_by_role("link", name="Catatan bulanan").click()
    page.get_by_label("Penjualan sebulan").fill("3,8 jt")
    page.get_by_label("Biaya sebulan").fill("2.400.000")
    page.get_by_label("Pekerja").fill("2")
    judge(page)
    page.get_by_role("button", name="Simpan bulan ini").click()
    expect(page.locator("[data-done]")).to_contain_text(SAVED)
    page.get_by_role("link", name="Hitung kas").click()
    press(page, "4", "5", "0", "000")
    judge(page)
    page.get_by_role("button", name="Simpan hitungan").click()
    expect(page.locator("[data-done]")).to_contain_text("Rp\u00a0450.000")


def rows(site: Site, table: Any, enterprise_id: Any) -> list[Any]:
    with site.app.app_context():
        found = db.session.scalars(select(table).where(table.enterprise_id == enterprise_id))
        return list(found)


def test_a_day_of_the_book_without_signal_stands_once_in_the_office(
    site: Site, caseload: NewCaseload, new_phone: NewPhone
):
    mine = caseload("Keripik Buku")
    (place,) = mine.enterprises
    with new_phone() as phone:
        phone.begin(mine.email)
        phone.context.set_offline(offline=True)
        page = open_screen(phone, f"#/usaha/{place}")
        page.get_by_role("link", name="Buku kas").click()
        expect(page.get_by_text("Belum ada catatan.")).to_be_visible()
        judge(page)
        page.evaluate(COUNT_TAPS)
        write(page, "Penjualan", "1", "5", "0", "000")
        # The category, the sum by four keys, save.
        assert taps(page) == 6
        with_slip(page)
        write(page, "Ongkir", "1", "5", "rb")
        phone.kill()

    with new_phone() as phone:
        phone.context.set_offline(offline=True)
        phone.unlock()
        page = open_screen(phone, f"#/usaha/{place}/buku")
        expect(page.get_by_role("link", name="Ongkir Rp\u00a015.000")).to_be_visible()
        page.get_by_role("link", name="Ongkir Rp\u00a015.000").click()
        page.get_by_role("button", name="Batalkan catatan ini").click()
        expect(page.get_by_text("dibatalkan · menunggu sinyal")).to_be_visible()
        page.get_by_role("link", name="Penjualan Rp\u00a0150.000").click()
        press(page, *["hapus"] * 7, "2", "5", "000", "000")
        page.get_by_role("button", name="Simpan", exact=True).click()
        # What is odd is asked back first.
        expect(page.get_by_text("Benar Rp\u00a025.000.000?").first).to_be_visible()
        press(page, *["hapus"] * 8, "1", "7", "5", "rb")
        page.get_by_role("button", name="Simpan", exact=True).click()
        expect(page.get_by_text("dibetulkan")).to_be_visible()
        page.get_by_role("button", name="Penjualan Rp\u00a0175.000").click()
        expect(page.locator("[data-told]")).to_contain_text(SAVED)
        month_and_count(page)
        # Killed soon after the log-in: whether the browser had kept it is chance.
        phone.context.clear_cookies()
        phone.context.set_offline(offline=False)
        page.get_by_role("link", name="Masuk untuk mengirim").click()
        phone.sign_in(mine.email)
        expect(page.get_by_role("navigation")).to_be_visible()
        phone.settle()
        open_screen(phone, f"#/usaha/{place}/buku")
        expect(page.get_by_text("terkirim", exact=True).first).to_be_visible()
        judge(page)
        assert phone.state()["quarantined"] == []
        assert phone.faults == []

    lines = rows(site, CashEntry, place)
    standing = sorted((row.category, row.amount) for row in lines if row.is_current)
    assert standing == [("bahan", 62_500), ("penjualan", 175_000), ("penjualan", 175_000)]
    assert len(lines) == 6
    (bought,) = [row for row in lines if row.category == "bahan"]
    assert bought.photo_id is not None
    assert bought.note == "Singkong"
    (month,) = rows(site, DiaryMonth, place)
    assert month.month == add_months(first_of(local_today()), -1)
    assert (month.sales, month.costs, month.produced, month.workers) == (
        3_800_000,
        2_400_000,
        None,
        2,
    )
    assert [row.amount for row in rows(site, CashCount, place)] == [450_000]
