"""A training in a real browser: its list, the code at the door, the practice taken up."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from PIL import Image
from playwright.sync_api import Page, expect

from app.core.clock import local_today
from app.db import db
from app.trainings.models import TrainingSession
from app.web.filters import tanggal
from tests.e2e.conftest import OpenPage
from tests.e2e.site import Site
from tests.e2e.survey import judge
from tests.factories import accounts, enterprises, mentoring

VILLAGE = "33.02.04.2005"


def _people(site: Site) -> tuple[dict[str, str], dict[str, str]]:
    """The log-ins of an officer and of a mentor with two enterprises."""
    site.bind()
    with site.app.app_context():
        officer = site.cookie_of(accounts.account(role="petugas_disnaker", name="Bu Ratna"))
        person = accounts.account(role="pendamping", name="Pak Tono")
        key, mentor = person.id, site.cookie_of(person)
        mentoring.mentor(person=person, village_code=VILLAGE)
        both = [
            enterprises.enterprise(name=name, village_code=VILLAGE)
            for name in ("Keripik Bu Sri", "Kue Bu Tuti")
        ]
        mentoring.assigned(key, *both)
        db.session.remove()
        # A connection left open would be found when the tests end.
        db.engine.dispose()
        return officer, mentor


def _write_list(desk: Page, photo: Path) -> str:
    """Put a session on the list and mark who came; gives its address."""
    desk.goto("/pelatihan/baru")
    desk.get_by_label("Topik", exact=True).fill("Menghitung harga jual")
    desk.get_by_label("Praktik yang diharapkan dikerjakan sesudahnya").fill("Menulis biaya")
    desk.get_by_label("Pelaksana", exact=True).fill("PLUT")
    desk.get_by_role("combobox", name="Desa tempat pelaksanaan").fill("losari rawalo")
    desk.get_by_role("option", name="Losari, Rawalo").first.click()
    desk.get_by_label("Hari pertama", exact=True).fill(tanggal(local_today()))
    judge(desk)
    desk.get_by_role("button", name="Simpan").click()
    session = desk.url
    desk.get_by_role("link", name="Isi daftar hadir").click()
    judge(desk)
    desk.get_by_label("Keripik Bu Sri").check()
    desk.get_by_role("button", name="Simpan daftar hadir").click()
    judge(desk)
    desk.get_by_role("link", name="Pendamping yang hadir").click()
    desk.get_by_label("Pak Tono", exact=True).check()
    judge(desk)
    desk.get_by_role("button", name="Simpan kehadiran").click()
    desk.get_by_role("link", name="Simpan foto daftar hadir").click()
    desk.locator("input[type=file]").set_input_files(photo)
    judge(desk)
    desk.get_by_role("button", name="Simpan foto").click()
    return session


def _mark_at_the_door(phone: Page, site: Site, session: str) -> None:
    with site.app.app_context():
        code = db.session.scalars(sa.select(TrainingSession.code)).one()
        db.session.remove()
        # A connection left open would be found when the tests end.
        db.engine.dispose()
    phone.goto(f"/hadir/{code}")
    phone.get_by_label("Kue Bu Tuti").check()
    judge(phone)
    phone.get_by_role("button", name="Simpan kehadiran").click()
    phone.goto(session)
    expect(phone.get_by_text("Usaha yang hadir (2)")).to_be_visible()
    phone.get_by_role("button", name="Diterapkan Kue Bu Tuti", exact=True).click()
    expect(phone.get_by_text("100%, 1 dari 1 yang sudah dilihat")).to_be_visible()
    judge(phone)
    phone.get_by_role("link", name="Catat kunjungan kelompok").click()
    judge(phone)


def test_a_training_is_marked_from_a_list_and_at_the_door(
    open_page: OpenPage, empty_site: Site, tmp_path: Path
):
    officer, mentor = _people(empty_site)
    photo = tmp_path / "foto.jpg"
    Image.new("RGB", (640, 480), "#779988").save(photo, "JPEG")
    with (
        open_page(cookie=officer) as desk,
        open_page(cookie=mentor, width=360, height=740) as phone,
    ):
        session = _write_list(desk, photo)
        _mark_at_the_door(phone, empty_site, session)
