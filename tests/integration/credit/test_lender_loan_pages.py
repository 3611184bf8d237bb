"""Pages of running loans and of the rules: for the lender's own, with consent, on paper too."""

from __future__ import annotations

import pytest

from app.core.clock import local_today, utc_now
from app.core.ids import new_id
from app.core.months import add_months
from app.core.permissions import Role
from app.credit.models import LenderConsent, Loan, Repayment
from app.credit.queries.loan_rules import loan_rules
from app.db import db
from app.db.transaction import transaction
from app.web.filters import tanggal
from tests.pdf_text import pdf_text

TODAY = local_today()


@pytest.fixture
def desk(factories, as_role):
    """A lender with a loan two months behind, a clerk and one of the board."""
    lender = factories.lender()
    people = [factories.lender_officer(lender, duty=duty) for duty in ("petugas", "pengurus")]
    loan = factories.running_loan(
        lender, factories.enterprise(), first_due_on=add_months(TODAY, -2)
    )
    clients = [as_role(Role.COOPERATIVE_OFFICER, account=person) for person in people]
    return loan.id, f"/koperasi/pinjaman/{loan.id}", *clients


def paying(amount, **more):
    return {
        "number": str(new_id()),
        "way": "angsuran",
        "amount": str(amount),
        "paid_on": tanggal(TODAY),
        **more,
    }


def test_money_is_taken_in_shown_printed_and_taken_back(desk):
    loan_id, page, clerk, _ = desk
    sent = paying("575.000", note="lewat ketua kelompok")

    answers = [clerk.post(f"{page}/bayar", data=sent) for _ in range(2)]

    assert [(one.status_code, one.location) for one in answers] == [(303, page)] * 2
    row = db.session.query(Repayment).one()
    shown = clerk.get(page).text
    for words in (row.receipt, "lewat ketua kelompok", "4.500.000", "terlambat"):
        assert words in shown
    application = f"/koperasi/pengajuan/{loan_id}"
    assert f'href="{application}"' in shown
    assert f'href="{page}"' in clerk.get(application).text
    receipt = pdf_text(clerk.get(f"/koperasi/angsuran/{row.id}/kuitansi.pdf").data)
    schedule = pdf_text(clerk.get(f"{page}/jadwal.pdf").data)
    assert row.receipt in receipt
    assert "575.000" in receipt
    assert "5.750.000" in schedule
    undone = clerk.post(
        f"/koperasi/angsuran/{row.id}/batal", data={"number": str(new_id()), "reason": "Salah"}
    )
    assert undone.status_code == 303
    assert "dibatalkan dengan" in clerk.get(page).text
    assert db.session.get_one(Loan, loan_id, populate_existing=True).principal_left == 5_000_000


def test_a_sum_that_does_not_settle_is_refused_with_what_is_needed(desk):
    _, page, clerk, _ = desk

    answer = clerk.post(f"{page}/bayar", data=paying("100.000", way="pelunasan"))

    # Three payments are due, one ahead still bears interest.
    assert answer.status_code == 422
    assert "5.300.000" in answer.text
    assert clerk.post(f"{page}/bayar", data=paying("0")).status_code == 422
    assert db.session.query(Repayment).count() == 0


def test_lists_and_figures_lead_to_the_loan(desk):
    _, page, clerk, _ = desk

    for address in ("", "?golongan=2", "?daftar=berisiko"):
        assert page in clerk.get(f"/koperasi/pinjaman{address}").text
    for address in ("?golongan=1", "?daftar=selesai"):
        assert page not in clerk.get(f"/koperasi/pinjaman{address}").text


def test_the_board_alone_sets_out_anew_and_writes_off(desk):
    loan_id, page, clerk, board = desk
    terms = {
        "number": str(new_id()),
        "version": "1",
        "count": "20",
        "rate": "12",
        "first_due_on": tanggal(add_months(TODAY, 1)),
        "gives_up": "tidak",
        "reason": "Usaha sepi",
    }
    for end in ("tata-ulang", "hapus-buku"):
        assert clerk.get(f"{page}/{end}").status_code == 404
        assert clerk.post(f"{page}/{end}", data=terms).status_code == 404
        assert board.get(f"{page}/{end}").status_code == 200

    assert board.post(f"{page}/tata-ulang", data=terms).status_code == 303

    assert "Jadwal lama ke-1" in board.get(page).text
    row = db.session.get_one(Loan, loan_id, populate_existing=True)
    assert (row.state, row.schedule_no) == ("ditata_ulang", 2)
    # The form of before it is old.
    assert board.post(f"{page}/hapus-buku", data=terms).status_code == 409


def test_an_old_schedule_says_so_on_paper_and_one_that_is_not_there_is_not_found(desk):
    loan_id, page, clerk, board = desk
    terms = {
        "number": str(new_id()),
        "version": "1",
        "count": "20",
        "rate": "12",
        "first_due_on": tanggal(add_months(TODAY, 1)),
        "gives_up": "tidak",
        "reason": "Usaha sepi",
    }
    assert board.post(f"{page}/tata-ulang", data=terms).status_code == 303

    now = pdf_text(clerk.get(f"{page}/jadwal.pdf").data)
    old = pdf_text(clerk.get(f"{page}/jadwal.pdf?jadwal=1").data)

    assert f"{page}/jadwal.pdf?jadwal=1" in clerk.get(page).text
    assert "sesudah pinjaman ditata ulang" in now
    assert "Jadwal lama" not in now
    assert "Jadwal lama, sudah diganti" in old
    assert "5.750.000" in old
    # The rate of today is none of the old schedule's.
    assert "12% setahun" in now
    assert "setahun" not in old
    for number in ("3", "0", "-1", "x", ""):
        assert clerk.get(f"{page}/jadwal.pdf?jadwal={number}").status_code == 404
    with transaction():
        db.session.get_one(Loan, loan_id).schedule_no = 7
    assert clerk.get(f"{page}/jadwal.pdf").status_code == 404
    assert clerk.get(page).status_code == 200


def test_nobody_else_finds_the_loan_nor_does_the_lender_after_the_word_was_taken_back(
    desk, factories, as_role
):
    _, page, clerk, _ = desk
    clerk.post(f"{page}/bayar", data=paying("1.000"))
    paid = db.session.query(Repayment).one().id
    addresses = [
        page,
        *(f"{page}/{end}" for end in ("bayar", "jadwal.pdf", "tata-ulang", "hapus-buku")),
        f"/koperasi/angsuran/{paid}/kuitansi.pdf",
        f"/koperasi/angsuran/{paid}/batal",
    ]
    other = factories.lender_officer(factories.lender(), duty="pengurus")
    stranger = as_role(Role.COOPERATIVE_OFFICER, account=other)
    unknown = stranger.get(f"/koperasi/pinjaman/{new_id()}")

    assert {stranger.get(one).status_code for one in addresses} == {404}
    assert stranger.get(page).text.count("Pinjaman") == unknown.text.count("Pinjaman")
    assert clerk.get(page).status_code == 200
    with transaction():
        db.session.query(LenderConsent).one().withdrawn_at = utc_now()
    assert {clerk.get(one).status_code for one in addresses} == {404}
    assert page not in clerk.get("/koperasi/pinjaman").text
    assert "4.999.000" not in clerk.get("/koperasi/pinjaman").text


def test_an_admin_sets_a_rule_from_a_day_on_and_nobody_else(admin_client, mentor_client):
    said = {
        "number": str(new_id()),
        "lender_kind": "bmt",
        "value": "0, 30, 60, 90",
        "valid_from": tanggal(TODAY),
        "source": "AD/ART BMT 2026",
    }
    page = "/pinjaman/aturan/hari_kolektibilitas"
    assert mentor_client.post(page, data=said).status_code == 403

    answers = [admin_client.post(page, data=said).status_code for _ in range(2)]

    assert answers == [303, 303]
    rules = loan_rules(on=TODAY)
    assert (rules.bounds("bmt"), rules.bounds("koperasi")) == ((0, 30, 60, 90), (0, 90, 120, 180))
    assert loan_rules(on=add_months(TODAY, -1)).bounds("bmt") == (0, 90, 120, 180)
    assert admin_client.get(page).text.count("AD/ART BMT 2026") == 1
    assert "AD/ART BMT 2026" in mentor_client.get("/pinjaman/aturan").text
    wrong = {**said, "number": str(new_id()), "value": "90, 30"}
    assert admin_client.post(page, data=wrong).status_code == 422
    assert admin_client.get("/pinjaman/aturan/lain").status_code == 404
