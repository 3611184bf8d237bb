"""What a mentor does on the screens of the phone."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from tests.e2e.field.phone import Phone
from tests.factories.files import photo_upload

SAVED = "Tersimpan di ponsel. Terkirim sendiri saat ada sinyal."


def open_screen(phone: Phone, address: str) -> Page:
    """Go to a screen by its address."""
    phone.page.evaluate("(hash) => { location.hash = hash; }", address)
    return phone.page


def register(phone: Phone, *, name: str, owner: str) -> str:
    """Register an enterprise; its id."""
    page = open_screen(phone, "#/usaha-baru")
    page.get_by_label("Nama pemilik").fill(owner)
    page.get_by_text("PMI purna", exact=True).click()
    page.get_by_label("Nama usaha").fill(name)
    page.get_by_role("button", name="Simpan usaha baru").click()
    expect(page.get_by_text(SAVED)).to_be_visible()
    return page.url.rpartition("/")[2]


def assess(phone: Phone, enterprise_id: Any) -> None:
    """Answer all questions, neither well nor badly."""
    page = open_screen(phone, f"#/usaha/{enterprise_id}/penilaian")
    page.get_by_text("Tidak ada", exact=True).click()
    page.get_by_role("button", name="Berikutnya").click()
    while page.locator(".lap-question").count():
        for question in page.locator(".lap-question").all():
            tiles = question.locator(".lap-tile")
            tiles.nth(max(0, tiles.count() - 5)).click()
        page.get_by_role("button", name="Berikutnya").click()
    page.get_by_role("button", name="Simpan penilaian").click()
    expect(page.get_by_text(SAVED)).to_be_visible()


def visit(phone: Phone, enterprise_id: Any, *, findings: str, is_saved: bool = True) -> None:
    """Log a visit with a photo and the point where the phone is."""
    page = open_screen(phone, f"#/usaha/{enterprise_id}/kunjungan")
    page.locator("textarea[name=findings]").fill(findings)
    page.locator("#photos").set_input_files(
        {"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": photo_upload().read()}
    )
    expect(page.get_by_role("button", name="Hapus foto 1")).to_be_visible()
    if is_saved:
        page.get_by_role("button", name="Simpan kunjungan").click()
        expect(page.get_by_text(SAVED)).to_be_visible()
