"""What a careful phone does besides: backups, leaving with unsent work, photos made small."""

from __future__ import annotations

import io
import os
from pathlib import Path

from PIL import Image
from playwright.sync_api import expect
from sqlalchemy import select

from app.db import db
from app.mentoring.models import Visit, VisitPhoto
from tests.e2e.field.conftest import NewCaseload, NewPhone
from tests.e2e.field.phone import Phone
from tests.e2e.field.steps import open_screen
from tests.e2e.site import Site

GPS_IFD = 0x8825
LONGEST, HEAVIEST = 1600, 400_000


def arrived(site: Site, enterprise_id: object) -> tuple[int, int]:
    """Visits of an enterprise at the office, and photos that came with them."""
    with site.app.app_context():
        visits = db.session.scalars(
            select(Visit.id).where(Visit.enterprise_id == enterprise_id)
        ).all()
        photos = select(VisitPhoto).where(VisitPhoto.visit_id.in_(visits))
        there = [one for one in db.session.scalars(photos) if one.photo_id is not None]
        return len(visits), len(there)


def without_signal(phone: Phone) -> None:
    """Let nothing of the sync through."""
    phone.page.route("**/api/v1/sync/**", lambda route: route.abort())


def test_a_backup_is_loaded_by_another_phone_and_counts_once(
    site: Site, caseload: NewCaseload, new_phone: NewPhone, tmp_path: Path
):
    mine = caseload("Keripik Cadangan")
    saved = tmp_path / "cadangan.json"
    with new_phone() as phone:
        phone.begin(mine.email)
        without_signal(phone)
        phone.write_visit(mine.enterprises[0], photos=1, findings="Temuan tersegel")
        page = open_screen(phone, "#/kiriman")
        with page.expect_download() as download:
            page.get_by_role("button", name="Simpan cadangan").click()
        download.value.save_as(saved)
        expect(page.get_by_text("Cadangan berisi 1 kiriman")).to_be_visible()
        assert "Temuan tersegel" not in saved.read_text(encoding="utf-8")

    with new_phone("lain") as other:
        other.begin(mine.email)
        page = open_screen(other, "#/kiriman")
        page.get_by_text("Muat cadangan").click()
        page.get_by_label("Berkas cadangan").set_input_files(saved)
        expect(page.get_by_text("Cadangan sudah diterima kantor: 1 kiriman")).to_be_visible()
        assert arrived(site, mine.enterprises[0]) == (1, 1)
        assert other.faults == []

    with new_phone() as phone:
        phone.unlock()
        phone.settle()
        assert phone.state()["quarantined"] == []
    assert arrived(site, mine.enterprises[0]) == (1, 1)


def test_leaving_with_unsent_work_seals_it_until_the_owner_is_back(
    site: Site, caseload: NewCaseload, new_phone: NewPhone
):
    mine = caseload("Keripik Keluar")
    with new_phone() as phone:
        phone.begin(mine.email)
        without_signal(phone)
        phone.write_visit(mine.enterprises[0])
        page = open_screen(phone, "#/keluar")
        expect(page.get_by_text("Masih ada 1 kiriman belum sampai di kantor")).to_be_visible()
        expect(page.get_by_role("button", name="Kirim dulu")).to_be_visible()
        expect(page.get_by_role("button", name="Simpan cadangan")).to_be_visible()
        page.get_by_role("button", name="Tetap keluar, data tersegel").click()
        expect(page.get_by_role("link", name="Masuk", exact=True)).to_be_visible()
        assert arrived(site, mine.enterprises[0]) == (0, 0)

        page.unroute("**/api/v1/sync/**")
        page.get_by_role("link", name="Masuk", exact=True).click()
        phone.sign_in(mine.email)
        phone.choose_pin()
        phone.settle()
        assert arrived(site, mine.enterprises[0]) == (1, 0)

        page = open_screen(phone, "#/keluar")
        expect(page.get_by_text("Semua sudah sampai di kantor")).to_be_visible()
        page.get_by_role("button", name="Keluar", exact=True).click()
        expect(page.get_by_role("link", name="Masuk", exact=True)).to_be_visible()
        left = page.evaluate("indexedDB.databases().then((all) => all.map((one) => one.name))")
        assert left == ["pulih-ponsel"]
        assert phone.faults == []


def large_photo() -> bytes:
    """A photo as cameras make them: many pixels, and the place where it was taken."""
    noise = Image.frombytes("RGB", (300, 200), os.urandom(300 * 200 * 3))
    picture = noise.resize((3000, 2000), Image.Resampling.NEAREST)
    exif = Image.Exif()
    exif.get_ifd(GPS_IFD)[1] = "S"
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=95, exif=exif)
    return buffer.getvalue()


def test_photos_are_made_small_and_lose_their_place_and_odd_ones_are_refused_in_words(
    caseload: NewCaseload, new_phone: NewPhone
):
    mine = caseload("Keripik Foto")
    camera = large_photo()
    assert b"Exif" in camera
    with new_phone() as phone:
        phone.begin(mine.email)
        page = open_screen(phone, f"#/usaha/{mine.enterprises[0]}/kunjungan")
        heic = b"\0\0\0\x18ftypheic" + bytes(64)
        box = page.locator("#photos")
        box.set_input_files({"name": "a.heic", "mimeType": "image/heic", "buffer": heic})
        expect(page.get_by_text("Foto HEIC belum bisa dibaca")).to_be_visible()
        box.set_input_files({"name": "b.jpg", "mimeType": "image/jpeg", "buffer": b"bukan"})
        expect(page.get_by_text("bukan foto yang dapat dibaca")).to_be_visible()

        box.set_input_files({"name": "c.jpg", "mimeType": "image/jpeg", "buffer": camera})
        expect(page.get_by_role("button", name="Hapus foto 1")).to_be_visible()
        page.wait_for_timeout(2000)
        kept = phone.do(_DRAFT_PHOTO)
        assert phone.faults == []

    small = bytes(kept)
    with Image.open(io.BytesIO(small)) as picture:
        assert max(picture.size) <= LONGEST
        assert picture.size[0] * 2 == picture.size[1] * 3
    assert len(small) <= HEAVIEST < len(camera)
    assert b"Exif" not in small


_DRAFT_PHOTO = """
const [row] = await here.store.rows.all("drafts");
const { photos } = await here.store.draft(row.name);
return [...new Uint8Array(await photos[0].arrayBuffer())];
"""
