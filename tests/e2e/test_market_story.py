"""From a pack without a label to a healthier enterprise, by a mentor on a phone, in a real browser.

The product is written down, its label checked and its proof printed; the permits go their way to
the end; a shop is calculated and entered; the assessment begins with all that and the class rises.
"""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Page, expect

from app.accounts.models import Account
from app.core.clock import local_today
from app.db import db
from app.enterprises.models import Enterprise
from app.health.models import HealthAssessment
from tests.e2e.assessing import assess_from_known
from tests.e2e.conftest import OpenPage
from tests.e2e.site import Site
from tests.e2e.survey import judge
from tests.factories import enterprises, health, mentoring
from tests.pdf_text import pdf_text

TODAY = local_today()
NIB = "2211260012345"
PIRT = f"P-IRT 2153302010001-{(TODAY.year + 5) % 100:02}"
HALAL = f"ID3300012345678{TODAY:%m%y}"
TO_NUMBER = ("cek_kelayakan", "nib_ok", "rancangan_label", "diajukan_oss")
AFTER_NUMBER = ("pkp_lulus", "komitmen_lengkap", "aktif")
HALAL_WAY = (
    *("cek_kelayakan_sd", "nib_ok", "akun_sihalal", "pilih_pendamping_pph"),
    *("data_bahan_proses", "verifikasi_pph", "diajukan", "pemeriksaan_bpjph"),
    "sidang_komite_fatwa",
)
# A shop that sells most of it and pays in two weeks.
GREEN = {
    "jumlah": "100",
    "modal": "7.000",
    "harga": "9.600",
    "laku": "95",
    "buat": "5",
    "rak": "7",
    "tunggu": "14",
    "kas": "3.000.000",
}


def _people(site: Site) -> dict[str, str]:
    """A mentor with an enterprise whose packs and papers hold it back."""
    site.bind()
    with site.app.app_context():
        person = mentoring.mentor(name="Pak Tono", village_code="33.02.04.2005").account_id
        row = enterprises.enterprise(name="Keripik Bu Sri", village_code="33.02.04.2005")
        mentoring.assigned(person, row)
        found = health.findings(
            3,
            facts={"sold_outside_home": True},
            **dict.fromkeys(("KMS2", "KMS3", "LGL1", "LGL2", "LGL3", "LGL4"), 0),
        )
        assessed_on = TODAY - timedelta(days=40)
        health.assessment(enterprise=row, found=found, assessed_on=assessed_on)
        known = {
            "mentor": site.cookie_of(db.session.get_one(Account, person)),
            "enterprise": f"/usaha/{row.id}",
        }
        db.session.remove()
        # A connection left open would be found when the tests end.
        db.engine.dispose()
        return known


def _new_product(page: Page, enterprise: str) -> str:
    page.goto(f"{enterprise}/produk")
    judge(page)
    page.get_by_role("link", name="Tambah produk").first.click()
    judge(page)
    for name, text in (
        ("name", "Keripik tempe"),
        ("brand", "Sari Tempe"),
        ("ingredients", "tempe\ntepung beras\nminyak goreng\ngaram"),
        ("net", "150"),
        ("shelf_life_days", "120"),
        ("price", "12.000"),
    ):
        page.locator(f"main [name={name}]").fill(text)
    for name, value in (
        ("kind", "pangan_kering"),
        ("food_type", "15"),
        ("unit", "g"),
        ("pack_kind", "2"),
        ("storage", "ruang"),
    ):
        page.locator(f"select[name={name}]").select_option(value)
    page.get_by_label("Ini produk utama usaha").check()
    page.get_by_role("button", name="Simpan produk").click()
    expect(page).to_have_url(re.compile(r"/produk/[0-9a-f-]{36}$"))
    judge(page)
    return page.url


def _check_label(page: Page, product: str, finding: str, words: str) -> None:
    page.goto(f"{product}/label/periksa")
    judge(page)
    for box in page.locator(f"input[type=radio][value={finding}]").all():
        box.check()
    for name in ("has_brand", "has_contact"):
        answer = "ya" if finding == "ada" else "tidak"
        page.locator(f"input[name={name}][value={answer}]").check()
    page.get_by_role("button", name="Simpan hasil periksa").click()
    expect(page.get_by_text(words).first).to_be_visible()
    judge(page)


def _proof(page: Page, product: str, folder: Path) -> str:
    page.goto(f"{product}/label")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Unduh contoh label (PDF)").click()
    path = folder / "contoh.pdf"
    waiting.value.save_as(path)
    return pdf_text(path.read_bytes())


def _hold_nib(page: Page, enterprise: str) -> None:
    page.goto(f"{enterprise}/izin")
    judge(page)
    page.goto(f"{enterprise}/izin/catat/nib")
    judge(page)
    _say(page, "terbit", paper_number=NIB)
    expect(page.get_by_text(NIB).first).to_be_visible()


def _begin(page: Page, enterprise: str, product: str, track: str) -> str:
    page.goto(f"{enterprise}/izin/mulai/{track}?produk={product.rsplit('/', 1)[1]}")
    judge(page)
    page.get_by_role("button", name="Mulai").click()
    expect(page).to_have_url(re.compile(r"/izin/[0-9a-f-]{36}$"))
    return page.url


def _say(page: Page, state: str, **typed: str) -> None:
    """Choose the state that was come to, say what its paper says, keep it."""
    page.locator(f"input[name=to_state][value={state}]").check()
    for name, text in typed.items():
        page.locator(f"input[name={name}]").fill(text)
    page.get_by_role("button", name="Simpan", exact=True).click()
    expect(page).to_have_url(re.compile(r"/izin/[0-9a-f-]{36}$"))


def _walk(page: Page, certificate: str, *states: str, **typed: str) -> None:
    """Take a permit through states; what its paper says is told with the last one."""
    for state in states:
        page.goto(f"{certificate}/langkah")
        _say(page, state, **(typed if state == states[-1] else {}))


def _green_shop(page: Page, enterprise: str) -> None:
    page.goto(f"{enterprise}/pasar/kanal-baru")
    judge(page)
    page.locator("select[name=kind]").select_option("toko_oleh_oleh")
    page.locator("input[name=name]").fill("Toko Sari Rasa")
    page.locator("input[name=is_consignment]").check()
    page.locator("input[name=payment_days]").fill("14")
    page.locator("input[name=margin]").fill("20")
    page.locator("main form button[type=submit]").first.click()
    page.get_by_role("link", name="Uji kelayakan").first.click()
    for name, text in GREEN.items():
        page.locator(f"input[name={name}]").fill(text)
    page.get_by_role("button", name="Hitung", exact=True).click()
    expect(page.get_by_text("Hijau: layak").first).to_be_visible()
    judge(page)
    page.get_by_role("button", name="Simpan hasil uji ini").click()
    page.goto(f"{enterprise}/pasar")
    page.get_by_role("link", name="Toko Sari Rasa").first.click()
    page.get_by_role("button", name="Mulai kanal ini hari ini").click()
    expect(page.get_by_role("link", name="Catat kiriman").first).to_be_visible()
    judge(page)


def test_a_pack_and_its_papers_lift_the_class(
    open_page: OpenPage, empty_site: Site, tmp_path: Path
):
    told = _people(empty_site)
    enterprise = told["enterprise"]
    with open_page(cookie=told["mentor"], width=360, height=740) as page:
        product = _new_product(page, enterprise)
        _check_label(page, product, "tidak", "0 dari 8")
        proof = _proof(page, product, tmp_path)
        _hold_nib(page, enterprise)
        permit = _begin(page, enterprise, product, "spp_irt")
        _walk(
            page,
            permit,
            *TO_NUMBER,
            "terbit_komitmen",
            paper_number=PIRT,
            issued_on=f"{TODAY:%d/%m/%Y}",
        )
        judge(page)
        _walk(page, permit, *AFTER_NUMBER)
        expect(page.get_by_text("Aktif").first).to_be_visible()
        halal = _begin(page, enterprise, product, "halal_sd")
        _walk(page, halal, *HALAL_WAY, "terbit", paper_number=HALAL)
        judge(page)
        _check_label(page, product, "ada", "9 dari 9")
        _green_shop(page, enterprise)
        known = assess_from_known(page, enterprise)
        result = page.locator("main").inner_text()

    assert "Keripik tempe" in proof
    assert {
        code: known[code] for code in ("KMS2", "KMS3", "LGL1", "LGL2", "LGL3")
    } == dict.fromkeys(("KMS2", "KMS3", "LGL1", "LGL2", "LGL3"), "4")
    assert "Sehat" in result
    with empty_site.app.app_context():
        row = db.session.query(Enterprise).one()
        classes = db.session.query(HealthAssessment.final_class).order_by(
            HealthAssessment.assessed_on
        )
        assert [one for (one,) in classes] == ["kurang_sehat", "sehat"]
        assert (row.health_class, row.nib) == ("sehat", NIB)
        db.session.remove()
        db.engine.dispose()
