"""What owners see of their loans after their number: what is left, what is next, no shame."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.core.clock import local_today
from app.core.ids import new_id
from app.core.scope import everywhere
from app.credit.models import Lender, Loan
from app.credit.services.repayments import repay
from app.credit.services.schedules import lay_schedule
from app.db import db
from app.db.transaction import transaction
from app.web.filters import tanggal
from tests.integration.portal.test_home import SHAME, choose_pin, too_long

TODAY = local_today()


@pytest.fixture
def lent(factories, owner):
    """A loan of the owner's enterprise, 10 payments of 300,000, the first due on a day."""

    def made(first_due_on, *, enterprise=None) -> Loan:
        lender = factories.lender(name="Koperasi Rukun")
        terms = {"amount": 3_000_000, "rate": 0, "count": 10, "state": "berjalan"}
        key = factories.loan(lender, enterprise or owner.enterprise, **terms).id
        with transaction():
            lay_schedule(db.session.get_one(Loan, key), first_due_on=first_due_on, schedule_no=1)
        return db.session.get_one(Loan, key)

    return made


def test_sums_and_what_waits_are_shown_after_the_number_alone(owner, lent):
    lent(TODAY - timedelta(days=12))

    closed = owner.client.get("/saya").text
    choose_pin(owner.client)
    page = owner.client.get("/saya").text

    assert "Sisa dan angsurannya dijaga PIN Anda" in closed
    for hidden in ("3.000.000", "300.000", "lewat 12 hari", "Koperasi Rukun"):
        assert hidden not in closed
        assert hidden in page
    assert "Angsuran yang menunggu" in page
    assert not SHAME.search(page)
    assert too_long(page) == []


def test_what_was_paid_is_taken_off_the_next_payment(owner, lent, factories):
    loan = lent(TODAY + timedelta(days=4))
    officer = factories.lender_officer(db.session.get_one(Lender, loan.lender_id)).id
    factories.lender_consent(owner.id, loan.lender_id)
    with transaction():
        repay(
            scope=everywhere(officer),
            by=officer,
            repayment_id=new_id(),
            loan_id=loan.id,
            amount=120_000,
            paid_on=TODAY,
        )
    choose_pin(owner.client)

    page = owner.client.get("/saya").text

    assert "Angsuran berikutnya" in page
    assert "Rp 180.000" in page
    assert "Rp 2.880.000" in page
    assert tanggal(TODAY + timedelta(days=4)) in page
    assert "lewat" not in page[page.index("Koperasi Rukun") :][:400]


def test_nobody_elses_loan_and_none_that_is_over_is_shown(owner, lent, factories):
    lent(TODAY, enterprise=factories.enterprise())

    assert "Pinjaman" not in owner.client.get("/saya").text.split("<main")[1].split("</main")[0]
