"""Debts outside the books of lenders: told anew and never overwritten, and read by few."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.core.clock import local_today
from app.core.ids import new_id
from app.core.permissions import Role
from app.credit.models import InformalDebt
from app.credit.queries.facts import credit_facts
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from app.history.models import HistoryEntry
from tests.factories.enterprises import VILLAGE

TODAY = local_today()


@pytest.fixture
def enterprise(factories):
    return factories.enterprise()


@pytest.fixture
def mentor(as_role, enterprise):
    client = as_role(Role.MENTOR)
    with transaction():
        db.session.get_one(Enterprise, enterprise.id).mentor_id = client.account_id
    return client


def said(**changes) -> dict[str, str]:
    told = {
        "number": str(new_id()),
        "kind": "rentenir",
        "amount": "1,5 jt",
        "monthly": "200rb",
        "overdue_days": "5",
        "told_on": f"{TODAY:%d/%m/%Y}",
    }
    return told | changes


def rows() -> list[InformalDebt]:
    db.session.expire_all()
    return db.session.query(InformalDebt).order_by(InformalDebt.id).all()


def test_a_debt_is_told_told_anew_and_ended_and_nothing_is_overwritten(mentor, enterprise):
    page = f"/usaha/{enterprise.id}/utang"

    assert mentor.post(f"{page}/baru", data=said()).status_code == 303
    (first,) = rows()
    assert mentor.post(f"{page}/{first.id}", data=said(amount="900.000")).status_code == 303
    first, second = rows()
    shown = mentor.get(page).text
    facts = credit_facts([enterprise.id], on=TODAY)[enterprise.id]
    assert mentor.post(f"{page}/{second.id}/lunas").status_code == 303
    third = rows()[-1]

    assert (first.amount, first.is_current, second.corrects_id) == (1_500_000, False, first.id)
    assert (second.amount, second.monthly, second.overdue_days) == (900_000, 200_000, 5)
    assert "Rp 900.000" in shown
    assert "1.500.000" not in shown
    assert (facts.debts, facts.debt_left, facts.main_source) == (1, 900_000, "rentenir")
    assert (third.corrects_id, third.is_over, third.amount) == (second.id, True, 0)
    assert credit_facts([enterprise.id], on=TODAY) == {}
    assert mentor.post(f"{page}/{third.id}/lunas").status_code == 303
    assert len(rows()) == 3


def test_a_page_sent_twice_tells_one_debt_and_an_old_page_replaces_nothing(mentor, enterprise):
    page, told = f"/usaha/{enterprise.id}/utang", said()
    mentor.post(f"{page}/baru", data=told)
    mentor.post(f"{page}/baru", data=told)
    (first,) = rows()

    mentor.post(f"{page}/{first.id}", data=said(amount="800.000"))
    late = mentor.post(f"{page}/{first.id}", data=said(amount="700.000"))
    again = mentor.get(f"{page}/{first.id}")
    ended = mentor.post(f"{page}/{first.id}/lunas")

    # What was typed is kept, and loading the page anew opens what stands now.
    assert late.status_code == 409
    assert "700.000" in late.text
    assert "Utang ini baru saja diubah" in late.text
    assert again.headers["Location"] == f"{page}/{rows()[-1].id}"
    assert mentor.get(f"/usaha/{enterprise.id}/utang/{new_id()}").status_code == 404
    assert ended.status_code == 409
    assert [row.amount for row in rows()] == [1_500_000, 800_000]


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "koperasi"},
        {"amount": "2 miliar"},
        {"amount": "0", "monthly": "0"},
        {"overdue_days": "-1"},
        {"told_on": f"{TODAY + timedelta(days=1):%d/%m/%Y}"},
        {"told_on": f"{TODAY - timedelta(days=400):%d/%m/%Y}"},
    ],
)
def test_what_can_be_no_debt_is_refused(mentor, enterprise, wrong):
    answer = mentor.post(f"/usaha/{enterprise.id}/utang/baru", data=said(**wrong))

    assert answer.status_code == 422
    assert rows() == []


def test_a_change_sent_twice_is_kept_once_and_a_debt_that_is_over_leads_to_the_list(
    mentor, enterprise
):
    page = f"/usaha/{enterprise.id}/utang"
    mentor.post(f"{page}/baru", data=said())
    (first,) = rows()
    told = said(amount="800.000")

    answers = [mentor.post(f"{page}/{first.id}", data=told).status_code for _ in range(2)]
    mentor.post(f"{page}/{rows()[-1].id}/lunas")
    late = mentor.post(f"{page}/{first.id}", data=said(amount="700.000"))
    old = mentor.get(f"{page}/{first.id}")

    assert answers == [303, 303]
    assert late.status_code == 409
    assert (old.status_code, old.headers["Location"]) == (302, page)
    assert [row.amount for row in rows()] == [1_500_000, 800_000, 0]


def test_few_may_read_of_debts_and_the_history_tells_neither_kind_nor_sum(
    as_role, mentor, enterprise, factories
):
    page = f"/usaha/{enterprise.id}/utang"
    mentor.post(f"{page}/baru", data=said())
    (row,) = rows()

    entry = db.session.query(HistoryEntry).filter_by(action="debt.told").one()
    strangers = [
        as_role(Role.VILLAGE_OFFICER, area=VILLAGE),
        as_role(Role.COOPERATIVE_OFFICER),
        as_role(Role.ENTREPRENEUR),
    ]
    elsewhere = as_role(Role.MENTOR)
    timeline = mentor.get(f"/usaha/{enterprise.id}/riwayat").text

    assert not entry.changes
    assert "rentenir" not in timeline.lower()
    assert "1.500.000" not in timeline
    for client in strangers:
        assert client.get(page).status_code == 403
        assert client.post(f"{page}/{row.id}/lunas").status_code == 403
    foreign, unknown = elsewhere.get(page), elsewhere.get(f"/usaha/{new_id()}/utang")
    assert (foreign.status_code, foreign.text) == (unknown.status_code, unknown.text)
    other = factories.enterprise()
    officer = as_role(Role.LABOUR_OFFICER)
    assert officer.post(f"/usaha/{other.id}/utang/{row.id}/lunas").status_code == 404
    assert rows() == [row]
