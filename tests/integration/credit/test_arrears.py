"""Payments that wait: a visit for the mentor from 8 days on, the office's work from 30 days on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.core.clock import local_today
from app.core.permissions import Role
from app.core.scope import everywhere
from app.credit.models import Loan
from app.credit.queries.arrears import arrears_count, arrears_lines
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from app.field.queries.cards import cards
from tests.factories.enterprises import VILLAGE

TODAY = local_today()


@pytest.fixture
def late(factories):
    """A loan of some enterprise whose oldest payment waits for so many days."""

    def made(days: int, *, state: str = "berjalan", enterprise: Enterprise | None = None):
        enterprise = enterprise or factories.enterprise()
        factories.loan(
            factories.lender(name=f"Koperasi {days}"),
            enterprise,
            state=state,
            principal_left=4_321_000,
            next_due_on=TODAY - timedelta(days=days),
        )
        return enterprise

    return made


def in_care_of(mentor, enterprise) -> None:
    with transaction():
        db.session.get_one(Enterprise, enterprise.id).mentor_id = mentor.account_id


@pytest.mark.parametrize(("days", "is_told"), [(7, False), (8, True)])
def test_the_mentor_is_sent_there_from_eight_days_on_and_told_to_ask_why(
    as_role, late, days, is_told
):
    mentor = as_role(Role.MENTOR)
    in_care_of(mentor, late(days))

    page = mentor.get("/hari-ini").text

    assert (f"angsuran lewat {days} hari, tanya sebabnya" in page) is is_told
    assert "4.321.000" not in page


def test_the_phone_is_told_the_day_and_no_sum(late):
    enterprise = late(3)
    with transaction():
        loan = db.session.query(Loan).one()
        loan.overpaid = 0

    card = cards([enterprise.id])[enterprise.id]

    assert card["unpaid_since"] == (TODAY - timedelta(days=3)).isoformat()
    assert "4321000" not in str(card)


def test_the_office_finds_those_of_thirty_days_and_more_the_longest_first(as_role, late):
    late(29)
    longest, thirty = late(45), late(30)
    late(31, enterprise=longest)
    late(200, state="lunas")

    officer = as_role(Role.LABOUR_OFFICER)
    page = officer.get("/pinjaman/tunggakan").text
    shorter = officer.get("/pinjaman/tunggakan?hari=8").text
    scope = everywhere(officer.account_id)
    lines = arrears_lines(scope, on=TODAY, at_least=30)

    assert [(one.enterprise_id, one.days) for one in lines] == [(longest.id, 45), (thirty.id, 30)]
    assert lines[0].lenders == ("Koperasi 45", "Koperasi 31")
    assert lines[0].left == 2 * 4_321_000
    assert arrears_count(scope, on=TODAY) == 2
    assert "<strong>2 usaha</strong>" in page
    assert "<strong>3 usaha</strong>" in shorter
    assert "Angsuran tertunggak 30 hari atau lebih" in officer.get("/daftar-kerja").text


def test_nobody_reads_of_arrears_beyond_their_reach(as_role, late):
    mine, other = late(40), late(50)
    mentor = as_role(Role.MENTOR)
    in_care_of(mentor, mine)

    page = mentor.get("/pinjaman/tunggakan").text
    elsewhere = as_role(Role.LABOUR_OFFICER, area="11.01").get("/pinjaman/tunggakan").text

    assert mine.name in page
    assert other.name not in page
    assert mine.name not in elsewhere
    for role in (Role.VILLAGE_OFFICER, Role.COOPERATIVE_OFFICER, Role.ENTREPRENEUR):
        assert as_role(role, area=VILLAGE).get("/pinjaman/tunggakan").status_code == 403
