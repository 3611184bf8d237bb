"""From a first saving to a loan that is paid back, in a real browser.

A mentor notes the owner's word; the cooperative takes her in, she saves; the sheet of readiness is
read, a loan asked for, approved and paid out by two. Two payments come in time; the third is late:
the mentor is sent there, the class falls by the arrears alone, and rises once it is paid.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from playwright.sync_api import Page, expect
from sqlalchemy import select

from app.accounts.models import Account
from app.cashbook.models import CashEntry
from app.core.clock import local_today, utc_now
from app.core.ids import new_id
from app.core.months import add_months
from app.credit.models import Loan, LoanDecision, Repayment, SavingRow
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from app.health.models import HealthAssessment
from tests.e2e.assessing import assess_from_known
from tests.e2e.conftest import OpenPage
from tests.e2e.site import Site
from tests.e2e.survey import judge
from tests.factories import credit, enterprises, health, mentoring
from tests.pdf_text import pdf_text

TODAY = local_today()
VILLAGE = "33.02.04.2005"
PAYMENT = 112_000
# The third payment was due about three weeks ago, the fourth is not due yet.
FIRST_DUE = add_months(TODAY - timedelta(days=20), -2)
DUE = [add_months(FIRST_DUE, number) for number in range(3)]
DISBURSED = add_months(FIRST_DUE, -1)
LATE_DAYS = (TODAY - DUE[2]).days
# What holds the business just above the bound of its class, so that arrears alone take it below.
WEAK = dict.fromkeys(("KEU4", "PSR1", "PRD1", "PRD2", "PRD3", "PRD4", "PRD5", "KMS1", "KMS2"), 2)


def _people(site: Site) -> dict[str, Any]:
    """A mentor with a healthy business that keeps its book, a cooperative with three people."""
    site.bind()
    with site.app.app_context():
        mentor_id = mentoring.mentor(name="Pak Tono", village_code=VILLAGE).account_id
        row = enterprises.enterprise(
            name="Keripik Bu Sri",
            village_code=VILLAGE,
            owner=enterprises.owner(name="Sri Wahyuni"),
        )
        enterprise_id = row.id
        mentoring.assigned(mentor_id, row)
        health.assessment(
            enterprise=db.session.get_one(Enterprise, enterprise_id),
            health_class="sehat",
            assessed_on=TODAY - timedelta(days=150),
        )
        _book(enterprise_id, mentor_id)
        lender = credit.lender(name="Koperasi Mekar", village_code=VILLAGE)
        lender_id = lender.id
        staff = [credit.lender_officer(lender).id for _ in range(3)]
        known = {
            "enterprise": f"/usaha/{enterprise_id}",
            "enterprise_id": enterprise_id,
            "lender_id": lender_id,
            "mentor": site.cookie_of(db.session.get_one(Account, mentor_id)),
            "staff": [site.cookie_of(db.session.get_one(Account, one)) for one in staff],
        }
        _let_go()
        return known


def _book(enterprise_id: Any, by: Any) -> None:
    """Sales and materials on each day of the last three full months, and of this one."""
    first = add_months(TODAY.replace(day=1), -3)
    lines = (("masuk", "penjualan", 150_000), ("keluar", "bahan", 60_000))
    with transaction():
        db.session.add_all(
            CashEntry(
                id=new_id(),
                enterprise_id=enterprise_id,
                happened_on=first + timedelta(days=number),
                direction=direction,
                category=category,
                amount=amount,
                way="pendamping",
                recorded_by=by,
                recorded_at=utc_now(),
            )
            for number in range((TODAY - first).days + 1)
            for direction, category, amount in lines
        )


def _let_go() -> None:
    # A connection left open would be found when the tests end.
    db.session.remove()
    db.engine.dispose()


def _agree(page: Page, enterprise: str) -> None:
    page.goto(f"{enterprise}/pinjaman/persetujuan")
    judge(page)
    page.get_by_role("link", name="Catat izin").click()
    judge(page)
    page.locator("input[name=consent_way][value=tanda_tangan]").check()
    page.get_by_role("button", name="Pemilik mengizinkan").click()
    expect(page.get_by_text("boleh melihat").first).to_be_visible()
    judge(page)


def _join_and_save(page: Page) -> None:
    page.goto("/koperasi")
    judge(page)
    page.get_by_role("link", name="Terima anggota").click()
    judge(page)
    page.get_by_role("link", name="Sri Wahyuni").click()
    judge(page)
    page.get_by_role("button", name="Terima anggota").click()
    expect(page.get_by_text("Anggota diterima.")).to_be_visible()
    judge(page)
    for kind, amount in (("pokok", "100rb"), ("wajib", "20rb")):
        page.get_by_role("link", name="Catat simpanan").first.click()
        judge(page)
        page.locator("input[name=direction][value=setor]").check()
        page.locator(f"input[name=kind][value={kind}]").check()
        page.get_by_label("Jumlah").fill(amount)
        page.get_by_role("button", name="Simpan", exact=True).click()
        expect(page.get_by_role("heading", name="Bukti simpanan")).to_be_visible()
    judge(page)
    page.get_by_role("link", name="Sri Wahyuni").click()
    expect(page.locator(".pulih-figures").get_by_text("Rp 120.000")).to_be_visible()
    judge(page)


def _read_readiness(page: Page) -> str:
    page.get_by_role("link", name="Lembar kesiapan Keripik Bu Sri").click()
    judge(page)
    said = page.locator("main").inner_text()
    paper = page.request.get(f"{page.url}.pdf")
    assert "Sehat" in pdf_text(paper.body())
    return said


def _ask(page: Page, enterprise: str) -> str:
    """The mentor writes the application with the owner and hands it in; gives its number."""
    page.goto(f"{enterprise}/pinjaman")
    judge(page)
    page.get_by_role("link", name="Ajukan pinjaman").click()
    judge(page)
    page.locator("select[name=lembaga]").select_option(index=1)
    for name, value in (("metode", "flat"), ("diangsur", "bulan"), ("tujuan", "barang")):
        page.locator(f"select[name={name}]").select_option(value)
    for name, text in (
        ("jumlah", "1.200.000"),
        ("bunga", "12"),
        ("kali", "12"),
        ("keterangan", "Tepung dan minyak"),
        ("kebutuhan", "500.000"),
    ):
        page.locator(f"main [name={name}]").fill(text)
    page.locator("input[name=dihitung][value=ya]").check()
    page.locator("input[name=tunggakan][value=tidak]").check()
    page.get_by_role("button", name="Simpan draf").click()
    expect(page.get_by_text("Draf pengajuan disimpan.")).to_be_visible()
    judge(page)
    page.get_by_role("link", name="Ajukan ke lembaga").click()
    judge(page)
    page.get_by_role("button", name="Ajukan", exact=True).click()
    expect(page.get_by_text("Pengajuan diserahkan ke lembaga.")).to_be_visible()
    return page.url.rsplit("/", 1)[1]


def _step(page: Page, loan: str, link: str, said: str) -> None:
    page.goto(f"/koperasi/pengajuan/{loan}")
    page.get_by_role("link", name=link, exact=True).click()
    judge(page)
    page.get_by_role("button", name=link, exact=True).click()
    expect(page.get_by_text(said)).to_be_visible()


def _pay_out(page: Page, loan: str) -> None:
    page.goto(f"/koperasi/pengajuan/{loan}/cairkan")
    judge(page)
    page.locator("input[name=disbursed_on]").fill(f"{DISBURSED:%d/%m/%Y}")
    page.locator("input[name=first_due_on]").fill(f"{FIRST_DUE:%d/%m/%Y}")
    page.get_by_role("button", name="Cairkan").click()
    expect(page.get_by_text("Pencairan dicatat.")).to_be_visible()
    judge(page)


def _pay(page: Page, loan: str, paid_on: date) -> None:
    page.goto(f"/koperasi/pinjaman/{loan}/bayar")
    judge(page)
    page.locator("input[name=amount]").fill(str(PAYMENT))
    page.locator("input[name=paid_on]").fill(f"{paid_on:%d/%m/%Y}")
    page.get_by_role("button", name="Catat pembayaran").click()
    expect(page.get_by_text("Pembayaran dicatat. Nomor kuitansi A-")).to_be_visible()
    judge(page)


def _visit(page: Page, enterprise: str) -> None:
    """The mentor is told why to go there, goes, and writes down what was found."""
    page.goto("/hari-ini")
    expect(page.get_by_text(f"angsuran lewat {LATE_DAYS} hari, tanya sebabnya")).to_be_visible()
    judge(page)
    page.goto(f"{enterprise}/kunjungan")
    page.get_by_role("link", name="Catat kunjungan").click()
    page.get_by_label("Tempat bertemu").select_option(index=1)
    page.get_by_label("Siapa yang ditemui").fill("Bu Sri (pemilik)")
    page.get_by_label("Keadaan usaha").fill("Pembeli besar membayar terlambat.")
    page.get_by_role("button", name="Simpan kunjungan").click()
    expect(page.get_by_text("Pembeli besar membayar terlambat.").first).to_be_visible()


def _time_passes(site: Site) -> None:
    """What was approved just now was approved before the day on which the money is given."""
    site.bind()
    with site.app.app_context():
        with transaction():
            db.session.scalars(select(Loan)).one().state_on = DISBURSED - timedelta(days=1)
        _let_go()


def test_a_loan_is_saved_for_asked_for_paid_late_and_paid(
    open_page: OpenPage, empty_site: Site
) -> None:
    told = _people(empty_site)
    enterprise, (clerk_key, *deciders) = told["enterprise"], told["staff"]
    with (
        open_page(cookie=told["mentor"], width=360, height=740) as mentor,
        open_page(cookie=clerk_key) as clerk,
        open_page(cookie=deciders[0]) as first,
        open_page(cookie=deciders[1]) as second,
    ):
        _agree(mentor, enterprise)
        _join_and_save(clerk)
        ready = _read_readiness(clerk)
        loan = _ask(mentor, enterprise)
        _step(clerk, loan, "Sudah diperiksa", "Pengajuan sudah diperiksa.")
        _step(clerk, loan, "Bawa ke komite", "Pengajuan dibawa ke komite.")
        for page in (first, second):
            _step(page, loan, "Setujui", "Persetujuan Anda dicatat.")
        _time_passes(empty_site)
        for page in (first, second):
            _pay_out(page, loan)
        second.get_by_role("link", name="Jadwal dan pembayaran").click()
        judge(second)
        schedule = pdf_text(second.request.get(f"{second.url}/jadwal.pdf").body())

        for due_on in DUE[:2]:
            _pay(clerk, loan, due_on)
        expect(clerk.get_by_text(f"terlambat {LATE_DAYS} hari").first).to_be_visible()
        _visit(mentor, enterprise)
        late = assess_from_known(mentor, enterprise, **WEAK)
        fallen = mentor.locator("main").inner_text()
        _pay(clerk, loan, TODAY)
        expect(clerk.get_by_text(re.compile(r"terlambat \d"))).to_have_count(0)
        paid = assess_from_known(mentor, enterprise, **WEAK)
        risen = mentor.locator("main").inner_text()

    assert "Sehat" in ready
    assert "1.344.000" in schedule
    assert (late["MDL2"], paid["MDL2"]) == ("2", "4")
    assert {**late, "MDL2": ""} == {**paid, "MDL2": ""}
    assert "Kurang sehat" in fallen
    assert "Kurang sehat" not in risen.split("Sehat")[0]
    _check_books(empty_site)


def _check_books(site: Site) -> None:
    with site.app.app_context():
        classes = db.session.scalars(
            select(HealthAssessment.final_class).order_by(
                HealthAssessment.assessed_on, HealthAssessment.id
            )
        ).all()
        assert classes == ["sehat", "kurang_sehat", "sehat"]
        assert db.session.scalars(select(Enterprise.health_class)).one() == "sehat"
        loan = db.session.scalars(select(Loan)).one()
        assert (loan.state, loan.principal_left) == ("berjalan", 900_000)
        assert len(set(db.session.scalars(select(LoanDecision.by)))) >= 2
        assert sum(db.session.scalars(select(SavingRow.amount))) == 120_000
        assert list(db.session.scalars(select(Repayment.amount))) == [PAYMENT] * 3
        _let_go()
