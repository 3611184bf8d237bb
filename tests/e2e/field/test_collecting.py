"""Instalments and savings taken in without signal: each is kept once, and has its receipt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from playwright.sync_api import Page, expect
from sqlalchemy import select

from app.accounts.models import Account
from app.credit.models import Lender, Repayment, SavingRow
from app.db import db
from app.enterprises.models import Enterprise
from tests.e2e.field.conftest import Caseload, NewCaseload, NewPhone
from tests.e2e.field.steps import open_screen
from tests.e2e.field.test_book import press
from tests.e2e.site import Site
from tests.e2e.survey import judge
from tests.factories.credit import lender, lender_officer, member
from tests.factories.credit_loans import running_loan

SAVED = "Nomor kuitansi keluar setelah terkirim."


@dataclass(frozen=True, slots=True)
class Lent:
    """A loan and a membership at a lender that the mentor works for."""

    loan_id: UUID
    member_id: UUID


def lent(site: Site, mine: Caseload) -> Lent:
    with site.app.app_context():
        place = db.session.get_one(Enterprise, mine.enterprises[0])
        key, owner_id = lender(name="Koperasi Mekar").id, place.owner_id
        at = db.session.get_one(Lender, key)
        lender_officer(at, account=db.session.get_one(Account, mine.account_id))
        joined = member(db.session.get_one(Lender, key), owner_id).id
        place = db.session.get_one(Enterprise, mine.enterprises[0])
        loan = running_loan(db.session.get_one(Lender, key), place).id
        return Lent(loan_id=loan, member_id=joined)


def kept(site: Site, table: Any, **where: Any) -> list[Any]:
    with site.app.app_context():
        return list(db.session.scalars(select(table).filter_by(**where)))


def save(page: Page) -> None:
    page.get_by_role("button", name="Simpan", exact=True).click()


def test_money_taken_in_without_signal_is_kept_once_and_has_a_receipt(
    site: Site, caseload: NewCaseload, new_phone: NewPhone
):
    mine = caseload("Keripik Angsuran")
    (place,) = mine.enterprises
    its = lent(site, mine)
    with new_phone() as phone:
        phone.begin(mine.email)
        phone.context.set_offline(offline=True)
        page = open_screen(phone, f"#/usaha/{place}")
        page.get_by_role("link", name="Terima angsuran, Koperasi Mekar").click()
        page.get_by_role("button", name="Sesuai tagihan Rp\u00a0575.000").click()
        judge(page)
        save(page)
        expect(page.locator("[data-done]")).to_contain_text(SAVED)
        judge(page)

        # The same sum for the same day is asked back; he leaves it.
        page.get_by_role("link", name="Terima angsuran, Koperasi Mekar").click()
        expect(page.get_by_text("menunggu sinyal, belum ada kuitansi")).to_be_visible()
        page.get_by_role("button", name="Sesuai tagihan Rp\u00a0575.000").click()
        save(page)
        expect(page.get_by_text("sudah dicatat di ponsel ini").first).to_be_visible()
        # A thousand times too much: the office refuses it, and it is put right here.
        press(page, *["hapus"] * 9, "6", "jt")
        save(page)
        expect(page.locator("[data-done]")).to_contain_text(SAVED)

        page.get_by_role("link", name="Terima simpanan, Koperasi Mekar").click()
        press(page, "2", "0", "rb")
        save(page)
        expect(page.get_by_text("Pilih jenis simpanan.").first).to_be_visible()
        page.get_by_text("Simpanan wajib").click()
        judge(page)
        save(page)
        expect(page.locator("[data-done]")).to_contain_text("Simpanan Rp\u00a020.000.")

        phone.context.set_offline(offline=False)
        phone.settle()
        (refused,) = phone.state()["quarantined"]
        assert "lebih dari seluruh sisa" in refused["pesan"]
        page = open_screen(phone, f"#/usaha/{place}/angsuran/{its.loan_id}")
        (paid,) = kept(site, Repayment, loan_id=its.loan_id)
        expect(page.get_by_text(f"Nomor kuitansi {paid.receipt}")).to_be_visible()

        page = open_screen(phone, f"#/usaha/{place}")
        page.get_by_role("link", name="Betulkan: angsuran pinjaman").click()
        expect(page.get_by_text("lebih dari seluruh sisa").first).to_be_visible()
        judge(page)
        press(page, *["hapus"] * 9, "6", "0", "rb")
        save(page)
        expect(page.locator("[data-done]")).to_contain_text("Angsuran Rp\u00a060.000.")
        phone.settle()
        assert phone.state()["quarantined"] == []
        open_screen(phone, "#/kiriman")
        expect(page.get_by_text("Nomor kuitansi")).to_have_count(3)
        judge(page)
        assert phone.faults == []

    sums = sorted(one.amount for one in kept(site, Repayment, loan_id=its.loan_id))
    assert sums == [60_000, 575_000]
    (saved,) = kept(site, SavingRow, member_id=its.member_id)
    assert (saved.kind, saved.amount) == ("wajib", 20_000)


def test_a_sum_that_the_office_refuses_can_be_let_go(
    site: Site, caseload: NewCaseload, new_phone: NewPhone
):
    mine = caseload("Keripik Dihapus")
    (place,) = mine.enterprises
    its = lent(site, mine)
    with new_phone() as phone:
        phone.begin(mine.email)
        page = open_screen(phone, f"#/usaha/{place}/angsuran/{its.loan_id}")
        press(page, "6", "jt")
        save(page)
        page.get_by_role("link", name="Betulkan: angsuran pinjaman").click()
        page.get_by_role("button", name="Hapus catatan ini").click()
        expect(page.locator("[data-done]")).to_contain_text("dihapus dari ponsel")
        expect(page.get_by_role("link", name="Betulkan: angsuran pinjaman")).to_have_count(0)
        assert phone.state()["quarantined"] == []
        assert phone.faults == []
    assert kept(site, Repayment, loan_id=its.loan_id) == []
