"""The main job, end to end: a messy workbook becomes enterprises, and one of them recovers.

An officer imports and mends, assigns a mentor; the mentor assesses *sakit*; the officer approves
two therapies; the mentor visits; a second assessment shows *kurang sehat*; the overview's movement
between classes shows it.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from playwright.sync_api import Page, expect

from app.core.clock import local_today
from tests.e2e.assessing import BETTER, SICK, assess
from tests.e2e.conftest import OpenPage
from tests.e2e.site import Site
from tests.e2e.survey import judge
from tests.factories.accounts import PASSWORD

OFFICER, MENTOR = "ratna@contoh.test", "tono@contoh.test"
FIRST_ASSESSED = local_today() - timedelta(days=40)

# What the office keeps: a title, a blank line, two-line headings, a total, and two bad rows.
TITLE = "DATA UMKM BINAAN KEC. RAWALO TAHUN 2026"
HEADINGS = (
    (
        "NO",
        "NAMA USAHA",
        "NAMA PEMILIK",
        "No. KTP",
        "NO HP",
        "Alamat",
        "",
        "Jenis Usaha",
        "Omset/bln",
    ),
    ("", "", "", "", "", "Dusun", "Desa", "", ""),
)
ROWS: tuple[tuple[object, ...], ...] = (
    (
        1,
        "Keripik Bu Sri",
        "Sri Wahyuni",
        "3302044805850003",
        "0812-3456-7801",
        "Dusun I",
        "Losari",
        "Makanan kemasan",
        "2,5 jt",
    ),
    (
        2,
        "Jahit Bu Wati",
        "Wati Rahayu",
        "3302045203880002",
        "081234567802",
        "Dusun II",
        "Losari",
        "Jasa",
        "1.250.000",
    ),
    # Excel kept this NIK as a number: its last digit is gone.
    (
        3,
        "Warung Bu Lilis",
        "Lilis Suryani",
        3302046106790004,
        "0812 3456 7803",
        "Dusun I",
        "Losari",
        "Perdagangan",
        "Rp 3.000.000",
    ),
    # Nobody can tell whether this is thousands or a decimal.
    (
        4,
        "Abon Pak Darto",
        "Darto",
        "3302041208760001",
        "081234567804",
        "Dusun II",
        "Losari",
        "Makanan kemasan",
        "1.250",
    ),
)


def _write_workbook(path: Path) -> Path:
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Rawalo")
    sheet.merge_range(0, 0, 0, 8, TITLE)
    for place, heading in enumerate(HEADINGS):
        for column, word in enumerate(heading):
            sheet.write(2 + place, column, word)
    for place, row in enumerate(ROWS):
        for column, value in enumerate(row):
            sheet.write(4 + place, column, value)
    sheet.write(4 + len(ROWS), 1, "JUMLAH")
    sheet.write(4 + len(ROWS), 8, len(ROWS))
    book.close()
    return path


def _mend(path: Path) -> Path:
    """Correct the two bad rows in the workbook that the import gave back."""
    book = openpyxl.load_workbook(path)
    mended = 0
    for sheet in book:
        for row in sheet.iter_rows():
            words = [str(cell.value) for cell in row]
            for cell in row:
                if "Warung Bu Lilis" in words and str(cell.value).startswith("33020461"):
                    cell.value, cell.number_format = "3302046106790004", "@"
                    mended += 1
                if "Abon Pak Darto" in words and str(cell.value) == "1.250":
                    cell.value = "1.250.000"
                    mended += 1
    assert mended == 2
    book.save(path)
    return path


def _sign_in(page: Page, name: str) -> None:
    page.goto("/masuk")
    page.get_by_label("E-mail atau nomor HP").fill(name)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    expect(page.get_by_role("button", name="Keluar")).to_be_visible()


def _upload(page: Page, path: Path) -> None:
    page.goto("/impor")
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Periksa berkas").click()
    _until_checked(page)
    judge(page)


def _until_checked(page: Page) -> None:
    """Wait, as a person would, until the worker has read or written the file."""
    for _ in range(120):
        if "/impor/" in page.url and page.get_by_text("perlu diperbaiki", exact=True).count():
            waiting = page.get_by_text("Usaha sedang dicatat").count()
            if not waiting:
                return
        page.wait_for_timeout(500)
        page.goto(page.url if "/impor/" in page.url else _latest_run(page))
    raise AssertionError(f"the import does not end: {page.url}")


def _latest_run(page: Page) -> str:
    page.goto("/impor")
    href = page.locator("table a").first.get_attribute("href")
    assert href
    return href


def _figure(page: Page, label: str) -> int:
    box = page.locator(".pulih-figure", has=page.get_by_text(label, exact=True)).first
    return int("".join(sign for sign in box.inner_text().split()[0] if sign.isdigit()))


def _import(page: Page, folder: Path) -> None:
    _upload(page, _write_workbook(folder / "umkm rawalo.xlsx"))
    assert _figure(page, "baru") == 2
    assert _figure(page, "perlu diperbaiki") == 2
    with page.expect_download() as download:
        page.get_by_role("link", name="Unduh baris bermasalah").click()
    bad_rows = folder / "perbaiki.xlsx"
    download.value.save_as(bad_rows)
    _record(page, 2)

    _upload(page, _mend(bad_rows))
    assert (_figure(page, "baru"), _figure(page, "perlu diperbaiki")) == (2, 0)
    _record(page, 2)
    page.goto("/usaha")
    expect(page.get_by_text("4 usaha", exact=True)).to_be_visible()


def _record(page: Page, rows: int) -> None:
    run = page.url
    page.get_by_role("button", name=f"Catat {rows} usaha").click()
    for _ in range(120):
        page.goto(run)
        if page.get_by_text(f"{rows} baris sudah dicatat").count():
            return
        page.wait_for_timeout(500)
    raise AssertionError("the import is not recorded")


def _export(page: Page, folder: Path) -> None:
    """Take the list as a workbook, and read in it what the page said."""
    page.goto("/usaha")
    page.get_by_role("link", name="Unduh daftar ini").click()
    judge(page)
    page.get_by_role("button", name="Buat berkas").click()
    judge(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Unduh").first.click()
    taken = folder / "daftar.xlsx"
    download.value.save_as(taken)
    book = openpyxl.load_workbook(taken, read_only=True)
    names = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    assert {str(row[1]) for row in ROWS} <= names
    assert "3302046106790004" not in names
    book.close()


def _add_program(page: Page) -> None:
    page.goto("/wilayah/33.02.04.2001/program/baru")
    judge(page)


def _assign(page: Page) -> None:
    page.goto("/pendamping/baru")
    page.get_by_label("Akun").select_option(label="Pak Tono")
    page.get_by_role("combobox", name="Desa tempat tinggal").fill("losari rawalo")
    page.get_by_role("option", name="Losari, Rawalo").first.click()
    page.get_by_role("button", name="Simpan").click()
    page.goto("/pendamping")
    page.get_by_role("link", name="Pak Tono").click()
    page.get_by_role("link", name="Serahkan usaha").first.click()
    page.get_by_label("Pilih Warung Bu Lilis").check()
    page.get_by_role("button", name="Lihat perubahan beban").click()
    expect(page.get_by_text("Beban sebelum dan sesudah")).to_be_visible()
    judge(page)
    page.get_by_role("button", name="Serahkan").click()


def _enterprise_path(page: Page) -> str:
    page.goto("/usaha")
    href = page.get_by_role("link", name="Warung Bu Lilis").first.get_attribute("href")
    assert href
    return href


def _approve_two(page: Page, enterprise: str) -> None:
    for _ in range(2):
        page.goto(f"{enterprise}/terapi")
        page.get_by_role("link", name="Setujui atau usulkan").first.click()
        page.get_by_label("Penanggung jawab").first.select_option(index=1)
        judge(page)
        page.get_by_role("button", name="Setujui", exact=True).click()
    page.goto(f"{enterprise}/terapi")
    expect(page.get_by_text("Terapi berjalan: 2")).to_be_visible()


def _visit(page: Page, enterprise: str) -> None:
    page.goto(f"{enterprise}/kunjungan")
    page.get_by_role("link", name="Catat kunjungan").click()
    page.get_by_label("Tempat bertemu").select_option(index=1)
    page.get_by_label("Siapa yang ditemui").fill("Bu Lilis (pemilik)")
    page.get_by_label("Keadaan usaha").fill("Mulai mencatat penjualan tiap hari.")
    # A form that lacks something says so and keeps what was typed.
    page.get_by_label("Siapa yang ditemui").fill("")
    page.get_by_role("button", name="Simpan kunjungan").click()
    expect(page.get_by_text("Ada isian yang perlu diperbaiki")).to_be_visible()
    judge(page)
    expect(page.get_by_label("Keadaan usaha")).to_have_value("Mulai mencatat penjualan tiap hari.")
    page.get_by_label("Siapa yang ditemui").fill("Bu Lilis (pemilik)")
    page.get_by_role("button", name="Simpan kunjungan").click()
    expect(page.get_by_text("Mulai mencatat penjualan tiap hari.").first).to_be_visible()


@pytest.fixture
def people(empty_site: Site) -> None:
    """The officer of Banyumas and a mentor who works there."""
    for name, login, role in (
        ("Bu Ratna", OFFICER, "petugas_disnaker"),
        ("Pak Tono", MENTOR, "pendamping"),
    ):
        empty_site.run(
            "accounts",
            "create",
            "--name",
            name,
            "--email",
            login,
            "--role",
            role,
            "--area",
            "33.02",
            "--password",
            PASSWORD,
        )


def test_messy_workbook_becomes_an_enterprise_that_recovers(
    open_page: OpenPage, people: None, tmp_path: Path
):
    with open_page() as desk, open_page(width=360, height=740) as phone:
        _sign_in(desk, OFFICER)
        _import(desk, tmp_path)
        _export(desk, tmp_path)
        _add_program(desk)
        _assign(desk)

        _sign_in(phone, MENTOR)
        enterprise = _enterprise_path(phone)
        assess(phone, enterprise, SICK, FIRST_ASSESSED)
        expect(phone.get_by_text("Sakit", exact=True).first).to_be_visible()

        _approve_two(desk, enterprise)
        _visit(phone, enterprise)
        assess(phone, enterprise, BETTER, local_today())
        expect(phone.get_by_text("Kurang sehat", exact=True).first).to_be_visible()

        desk.goto(f"/dasbor/perpindahan?dari={FIRST_ASSESSED.isoformat()}&sampai={local_today()}")
        desk.get_by_role("link", name="1 usaha dari Sakit ke Kurang sehat").click()
        expect(desk.get_by_role("link", name="Warung Bu Lilis")).to_be_visible()
