"""What was paid beyond a loan goes back once: in hand or into savings, undone by a new row."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from types import SimpleNamespace

import pytest
from sqlalchemy import select, update

from app.accounts.queries import scope_of
from app.core.clock import local_today
from app.core.errors import PulihError
from app.core.ids import new_id
from app.core.permissions import Permission, Role
from app.credit.models import Lender, Loan, LoanRefund, Member, SavingRow
from app.credit.queries.members import balances
from app.credit.services.refunds import give_back, undo_refund
from app.credit.services.savings import save
from app.db import db
from app.db.transaction import transaction
from app.web.filters import tanggal
from tests.pdf_text import pdf_text

TODAY = local_today()
OVER = 250_000
ROUNDS = 50


@pytest.fixture
def desk(factories, as_role):
    """A loan that was paid back with a quarter of a million too much, of a member."""
    lender, enterprise = factories.lender(), factories.enterprise()
    lender_id, owner_id = lender.id, enterprise.owner_id
    member_id = factories.member(lender, owner_id).id
    clerk = factories.lender_officer(db.session.get_one(Lender, lender_id))
    loan = factories.running_loan(
        db.session.get_one(Lender, lender_id), enterprise, count=1, amount=100_000, rate=0
    )
    loan_id = loan.id
    paid_id = factories.repayment(loan, clerk, amount=100_000 + OVER).id
    return SimpleNamespace(
        loan=loan_id,
        member=member_id,
        clerk=clerk.id,
        paid=paid_id,
        page=f"/koperasi/pinjaman/{loan_id}",
        client=as_role(Role.COOPERATIVE_OFFICER, account=clerk),
    )


def said(amount="250.000", way="tunai", **more):
    return {
        "number": str(new_id()),
        "way": way,
        "amount": amount,
        "given_on": tanggal(TODAY),
        "note": "",
        **more,
    }


def overpaid(desk):
    return db.session.get_one(Loan, desk.loan, populate_existing=True).overpaid


def saved(desk):
    db.session.rollback()
    return balances([desk.member]).get(desk.member, {}).get("sukarela", 0)


def refunds():
    db.session.rollback()
    return list(db.session.scalars(select(LoanRefund).order_by(LoanRefund.turn)))


def verified(app):
    return app.test_cli_runner().invoke(args=["credit", "verify"])


def undo(desk, row):
    return desk.client.post(
        f"/koperasi/kembalian/{row.id}/batal", data={"number": str(new_id()), "reason": "Salah"}
    )


def test_what_is_given_in_hand_is_shown_printed_and_undone(app, desk):
    sent = said(note="diterima suaminya")
    assert f"{desk.page}/kembalikan" in desk.client.get(desk.page).text

    answers = [desk.client.post(f"{desk.page}/kembalikan", data=sent) for _ in range(2)]

    assert [(one.status_code, one.location) for one in answers] == [(303, desk.page)] * 2
    (row,) = refunds()
    assert (row.amount, row.turn, overpaid(desk)) == (OVER, 1, 0)
    assert row.receipt.startswith("K-")
    shown = desk.client.get(desk.page).text
    assert row.receipt in shown
    assert "kembalikan kepada peminjam" not in shown
    paper = pdf_text(desk.client.get(f"/koperasi/kembalian/{row.id}/bukti.pdf").data)
    for words in (row.receipt, "250.000", "diterima suaminya"):
        assert words in paper
    # Nothing is left to be given, and the same form can't say something else.
    assert desk.client.post(f"{desk.page}/kembalikan", data=said("1")).status_code == 409
    assert desk.client.post(f"{desk.page}/kembalikan", data={**sent, "note": ""}).status_code == 409
    assert verified(app).exit_code == 0
    assert undo(desk, row).status_code == 303
    assert overpaid(desk) == OVER
    assert [undo(desk, one).status_code for one in refunds()] == [409, 409]
    assert "dibatalkan dengan" in desk.client.get(desk.page).text
    assert verified(app).exit_code == 0


def test_what_goes_into_savings_stands_there_and_is_undone_only_with_the_loan(app, desk):
    page = f"{desk.page}/kembalikan"
    assert desk.client.post(page, data=said("200.000", "simpanan")).status_code == 303
    (row,) = refunds()
    saving_id = row.saving_row_id
    assert (saved(desk), overpaid(desk)) == (200_000, 50_000)
    assert verified(app).exit_code == 0

    alone = desk.client.post(
        f"/koperasi/simpanan/{saving_id}/batal", data={"number": str(new_id()), "note": "Salah"}
    )
    assert (alone.status_code, saved(desk)) == (409, 200_000)
    assert "di halaman pinjamannya" in alone.text

    assert undo(desk, refunds()[0]).status_code == 303
    assert (saved(desk), overpaid(desk)) == (0, OVER)
    assert verified(app).exit_code == 0
    # What was taken out since can't leave the savings a second time.
    desk.client.post(page, data=said("200.000", "simpanan"))
    with transaction():
        save(
            scope=scope_of(desk.clerk, Permission.LENDER_WORK),
            by=desk.clerk,
            row_id=new_id(),
            member_id=desk.member,
            kind="sukarela",
            direction="tarik",
            amount=1,
            happened_on=TODAY,
        )
    assert undo(desk, refunds()[-1]).status_code == 409
    assert (saved(desk), overpaid(desk)) == (199_999, 50_000)


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": "250.001"},
        {"amount": "0"},
        {"way": "lain"},
        {"given_on": tanggal(TODAY + timedelta(days=1))},
        {"given_on": tanggal(TODAY - timedelta(days=1))},
    ],
)
def test_what_can_not_be_given_is_refused(desk, wrong):
    answer = desk.client.post(f"{desk.page}/kembalikan", data=said(**wrong))

    assert answer.status_code == 422
    assert (refunds(), overpaid(desk)) == ([], OVER)


def test_who_is_no_member_is_given_it_in_hand(desk):
    with transaction():
        db.session.execute(update(Member).values(left_on=TODAY))

    assert "simpanan sukarela" not in desk.client.get(f"{desk.page}/kembalikan").text
    answer = desk.client.post(f"{desk.page}/kembalikan", data=said(way="simpanan"))
    assert (answer.status_code, refunds()) == (422, [])
    assert desk.client.post(f"{desk.page}/kembalikan", data=said()).status_code == 303


def test_a_payment_whose_excess_went_back_is_undone_after_that(app, desk):
    desk.client.post(f"{desk.page}/kembalikan", data=said("1.000"))
    address = f"/koperasi/angsuran/{desk.paid}/batal"
    reason = {"number": str(new_id()), "reason": "Salah"}

    early = desk.client.post(address, data=reason)
    assert early.status_code == 409
    assert "Batalkan pengembaliannya dahulu" in early.text
    undo(desk, refunds()[0])

    assert desk.client.post(address, data=reason).status_code == 303
    assert overpaid(desk) == 0
    assert verified(app).exit_code == 0


def test_nobody_of_another_lender_finds_it(desk, factories, as_role):
    desk.client.post(f"{desk.page}/kembalikan", data=said())
    (row,) = refunds()
    other = factories.lender_officer(factories.lender(), duty="pengurus")
    stranger = as_role(Role.COOPERATIVE_OFFICER, account=other)

    for end in ("bukti.pdf", "batal"):
        assert stranger.get(f"/koperasi/kembalian/{row.id}/{end}").status_code == 404
        assert desk.client.get(f"/koperasi/kembalian/{new_id()}/{end}").status_code == 404
    assert stranger.get(f"{desk.page}/kembalikan").status_code == 404


@pytest.mark.parametrize("wrong", ["carried", "saved", "moved"])
def test_verify_names_what_does_not_agree(app, desk, wrong):
    desk.client.post(f"{desk.page}/kembalikan", data=said("200.000", "simpanan"))
    changes = {
        "carried": update(Loan).values(overpaid=OVER),
        "saved": update(SavingRow).values(amount=199_000),
        "moved": update(SavingRow).values(kind="wajib"),
    }
    with transaction():
        db.session.execute(changes[wrong])

    found = verified(app)

    assert found.exit_code == 1
    named = desk.loan if wrong == "carried" else refunds()[0].id
    assert str(named) in found.output


def test_of_two_who_give_back_the_same_excess_exactly_one_does(app, desk, factories):
    lender_id = db.session.scalars(select(Lender.id)).one()
    other = factories.lender_officer(db.session.get_one(Lender, lender_id)).id
    db.session.remove()
    gate, given = Barrier(2), []

    def act(service, person, **told):
        with transaction():
            return service(scope=scope_of(person, Permission.LENDER_WORK), by=person, **told).id

    def give_all(person):
        told = []
        with app.app_context():
            for _ in range(ROUNDS):
                # One of the two takes back what was given in the round before.
                if gate.wait(timeout=60) == 0 and given:
                    act(
                        undo_refund, person, undo_id=new_id(), refund_id=given.pop(), reason="Ulang"
                    )
                    db.session.remove()
                gate.wait(timeout=60)
                about = {"loan_id": desk.loan, "amount": OVER, "way": "tunai", "given_on": TODAY}
                try:
                    given.append(act(give_back, person, refund_id=new_id(), **about))
                except PulihError as refusal:
                    told.append(refusal.code)
                else:
                    told.append("given")
                db.session.remove()
        return told

    with ThreadPoolExecutor(2) as pool:
        both = [sorted(pair) for pair in zip(*pool.map(give_all, (desk.clerk, other)), strict=True)]

    assert both == [["given", "nothing_overpaid"]] * ROUNDS
    assert [row.turn for row in refunds()] == [*range(1, 2 * ROUNDS)]
    assert len({row.receipt for row in refunds()}) == 2 * ROUNDS - 1
    assert overpaid(desk) == 0
