"""A tool from its request to the enterprise that needs it more, in a real browser.

A mentor asks on a phone and answers the seven gates; an officer checks, approves and hands over,
with a paper; it stands idle, so its therapy opens by itself and the officer moves it on.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from PIL import Image
from playwright.sync_api import Page, expect

from app.accounts.models import Account
from app.aid.models import AidCase, Tool, ToolHolding
from app.core.clock import local_today
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from tests.e2e.conftest import OpenPage
from tests.e2e.site import Site
from tests.e2e.survey import judge
from tests.factories import accounts, aid, enterprises, health, mentoring
from tests.pdf_text import pdf_text

AGO = timedelta(days=70)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "foto.jpg"
    Image.new("RGB", (640, 480), "#779988").save(path, "JPEG")
    return path


def _people(site: Site) -> dict[str, object]:
    """An officer, a mentor with two enterprises, and an approved request of the second."""
    site.bind()
    with site.app.app_context():
        officer = accounts.account(role="petugas_disnaker", name="Bu Ratna")
        village = "33.02.04.2005"
        person = mentoring.mentor(name="Pak Tono", village_code=village).account_id
        mentor = db.session.get_one(Account, person)
        first = enterprises.enterprise(name="Keripik Bu Sri", village_code=village)
        second = enterprises.enterprise(name="Kue Bu Tuti", village_code=village)
        mentoring.assigned(person, first, second)
        for one in (first, second):
            health.assessment(enterprise=one, health_class="kurang_sehat")
        aid.aid_case(second, asked_by=mentor, decided_by=officer, state="disetujui")
        cookies = {
            "officer": site.cookie_of(officer),
            "mentor": site.cookie_of(db.session.get_one(Account, person)),
            "first": db.session.get_one(Enterprise, first.id).id,
        }
        db.session.remove()
        # A connection left open would be found when the tests end.
        db.engine.dispose()
        return cookies


def _seventy_days_ago(site: Site) -> None:
    """Let the handover lie seventy days back; a story can't wait that long."""
    with site.app.app_context():
        with transaction():
            day = local_today() - AGO
            db.session.execute(sa.update(Tool).values(held_from=day))
            db.session.execute(sa.update(ToolHolding).values(from_on=day))
            db.session.execute(
                sa.update(AidCase)
                .where(AidCase.handed_over_on.is_not(None))
                .values(handed_over_on=day, last_step_on=day)
            )
        db.session.remove()
        # A connection left open would be found when the tests end.
        db.engine.dispose()


def _press(page: Page, link: str, button: str, **typed: str) -> None:
    """Follow a link to a form, fill it in, look at it, send it."""
    page.get_by_role("link", name=link, exact=True).first.click()
    for label, text in typed.items():
        page.get_by_label(label.replace("_", " ")).first.fill(text)
    judge(page)
    page.get_by_role("button", name=button).click()


def _ask(phone: Page, enterprise: object) -> str:
    phone.goto(f"/usaha/{enterprise}/alat")
    phone.get_by_role("link", name="Usulkan bantuan alat").click()
    phone.get_by_label("Alat yang dibutuhkan").fill("Alat penutup kemasan")
    phone.get_by_label("Masalah yang dipecahkan alat ini").fill("Menutup dengan lilin 3 jam")
    phone.get_by_label("Perkiraan nilai").fill("2.500.000")
    phone.get_by_label("Sumber dana").select_option(label="Dana Desa")
    judge(phone)
    phone.get_by_role("button", name="Simpan usulan").click()
    for box in phone.get_by_label("Ya, terpenuhi").all():
        box.check()
    for box in phone.get_by_label("Penjelasan").all():
        box.fill("Sudah dilihat di tempat usaha")
    # A gate without proof is asked for at its place, and the rest stays.
    phone.get_by_role("button", name="Simpan analisis").click()
    expect(phone.get_by_text("Isi buktinya").first).to_be_visible()
    judge(phone)
    for box in phone.get_by_label("Bukti").all():
        box.fill("Catatan kunjungan")
    phone.get_by_role("button", name="Simpan analisis").click()
    expect(phone.get_by_text("Kebutuhan dianalisis").first).to_be_visible()
    judge(phone)
    return phone.url


def _decide_and_hand_over(desk: Page, case: str, photo: Path, folder: Path) -> None:
    desk.goto(case)
    for link in ("Tolak usulan", "Batalkan"):
        desk.get_by_role("link", name=link, exact=True).click()
        judge(desk)
        desk.goto(case)
    _press(
        desk,
        "Catat pemeriksaan lapangan",
        "Simpan pemeriksaan",
        Apa_yang_dilihat_di_sana="Listrik 900 VA cukup",
    )
    _press(desk, "Setujui", "Setujui")
    desk.get_by_role("link", name="Serahkan alat").click()
    desk.get_by_label("Nomor seri alat 1").fill("SN-77")
    desk.get_by_label("Foto penyerahan").set_input_files(photo)
    judge(desk)
    desk.get_by_role("button", name="Simpan penyerahan").click()
    with desk.expect_download() as download:
        desk.get_by_role("link", name="BAST/").first.click()
    path = folder / "bast.pdf"
    download.value.save_as(path)
    text = pdf_text(path.read_bytes())
    assert "SN-77" in text
    assert "Berita acara serah terima alat" in text


def _stands_idle(phone: Page, case: str, photo: Path) -> None:
    phone.goto(case)
    phone.get_by_role("link", name="Alat penutup kemasan", exact=True).first.click()
    judge(phone)
    phone.get_by_role("link", name="Cek alat").click()
    phone.get_by_label("Dipakai berapa hari dalam 30 hari terakhir?").fill("1")
    phone.get_by_label("Keluarga pemilik").check()
    phone.get_by_label("Foto alat").set_input_files(photo)
    judge(phone)
    phone.get_by_role("button", name="Simpan pengecekan").click()
    expect(phone.get_by_text("menganggur 70 hari").first).to_be_visible()
    phone.goto("/hari-ini")
    expect(phone.get_by_role("link", name="1 menganggur lebih dari 60 hari")).to_be_visible()


def _move_on(desk: Page, enterprise: object, photo: Path) -> None:
    desk.goto(f"/usaha/{enterprise}/terapi")
    expect(desk.get_by_text("pindahkan alat menganggur").first).to_be_visible()
    desk.goto("/daftar-kerja")
    judge(desk)
    desk.get_by_role("link", name="alat menganggur lebih dari 60 hari").click()
    judge(desk)
    desk.get_by_role("link", name="Alat penutup kemasan", exact=True).first.click()
    tool = desk.url
    desk.get_by_role("link", name="Tarik ke kantor").click()
    judge(desk)
    desk.goto(tool)
    desk.get_by_role("link", name="Pindahkan", exact=True).click()
    desk.get_by_label("Kue Bu Tuti").check()
    desk.get_by_label("Alasan dipindahkan").fill("Dipakai sehari dalam sebulan")
    desk.get_by_label("Yang menerima", exact=True).fill("Bu Tuti")
    desk.get_by_label("Foto penyerahan").set_input_files(photo)
    judge(desk)
    desk.get_by_role("button", name="Pindahkan alat").click()
    expect(desk.get_by_text("Alat dipindahkan.")).to_be_visible()
    expect(desk.get_by_role("link", name="Kue Bu Tuti").first).to_be_visible()
    judge(desk)
    desk.goto(f"/usaha/{enterprise}/alat")
    expect(desk.get_by_text("Dipindahkan", exact=True).first).to_be_visible()
    judge(desk)


def test_a_tool_goes_from_request_to_where_it_is_needed(
    open_page: OpenPage, empty_site: Site, photo: Path, tmp_path: Path
):
    known = _people(empty_site)
    with (
        open_page(cookie=known["officer"]) as desk,
        open_page(cookie=known["mentor"], width=360, height=740) as phone,
    ):
        case = _ask(phone, known["first"])
        _decide_and_hand_over(desk, case, photo, tmp_path)
        phone.goto(case)
        phone.get_by_role("link", name="Catat pemasangan", exact=True).first.click()
        phone.get_by_label("Pemilik", exact=True).check()
        judge(phone)
        phone.get_by_role("button", name="Simpan pemasangan").click()
        _press(phone, "Catat pemakaian pertama", "Simpan pemakaian")
        phone.get_by_role("link", name="Tambah foto berkas").click()
        judge(phone)
        _seventy_days_ago(empty_site)
        _stands_idle(phone, case, photo)
        _move_on(desk, known["first"], photo)
