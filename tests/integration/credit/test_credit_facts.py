"""What loans of lenders and debts told to the mentor come to on a day."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.core.clock import local_today, utc_now
from app.core.ids import new_id
from app.core.permissions import Role
from app.credit.models import InformalDebt, Loan
from app.credit.queries.facts import credit_facts
from app.credit.rules.facts import LENDER
from app.credit.services.schedules import lay_schedule
from app.db import db
from app.db.transaction import transaction
from app.health.queries import known_answers

TODAY = local_today()


@pytest.fixture
def enterprise(factories):
    return factories.enterprise(sector="D", started_on=TODAY - timedelta(days=900))


def running(factories, enterprise, *, first_due_on, state="berjalan", **terms) -> Loan:
    key = factories.loan(factories.lender(), enterprise, state=state, **terms).id
    with transaction():
        lay_schedule(db.session.get_one(Loan, key), first_due_on=first_due_on, schedule_no=1)
    return db.session.get_one(Loan, key)


def debt(factories, enterprise, kind, amount, **values) -> None:
    by = factories.account().id
    with transaction():
        db.session.add(
            InformalDebt(
                id=new_id(),
                enterprise_id=enterprise.id,
                kind=kind,
                amount=amount,
                monthly=values.pop("monthly", 0),
                told_on=values.pop("told_on", TODAY),
                recorded_by=by,
                recorded_at=utc_now(),
                **values,
            )
        )


def test_loans_and_debts_are_added_up_and_the_longest_arrears_count(factories, enterprise):
    terms = {"amount": 3_000_000, "rate": 0, "count": 10}
    running(factories, enterprise, first_due_on=TODAY - timedelta(days=12), **terms)
    running(factories, enterprise, first_due_on=TODAY + timedelta(days=5), **terms)
    running(factories, enterprise, first_due_on=TODAY, state="disetujui", **terms)
    debt(factories, enterprise, "rentenir", 2_000_000, monthly=150_000, overdue_days=3)
    debt(factories, enterprise, "tengkulak", 9_000_000, is_over=True)

    found = credit_facts([enterprise.id], on=TODAY)[enterprise.id]

    assert (found.loans, found.debts) == (2, 1)
    assert (found.loan_month, found.debt_month) == (600_000, 150_000)
    assert (found.loan_left, found.debt_left) == (6_000_000, 2_000_000)
    assert (found.arrears_days, found.is_arrears_told) == (12, False)
    assert found.main_source == LENDER
    assert found.next_due_on == TODAY + timedelta(days=5)


def test_what_was_told_to_be_late_grows_later_and_what_was_not_told_stays_open(
    factories, enterprise
):
    other = factories.enterprise()
    debt(factories, enterprise, "pinjol", 1, overdue_days=4, told_on=TODAY - timedelta(days=10))
    debt(factories, other, "keluarga", 1)

    found = credit_facts([enterprise.id, other.id], on=TODAY)

    assert (found[enterprise.id].arrears_days, found[enterprise.id].is_arrears_told) == (14, True)
    assert found[other.id].arrears_days is None
    assert found[other.id].main_source == "keluarga"
    assert "MDL2" not in known_answers(other.id, on=TODAY)


def test_of_two_debts_of_one_size_the_worse_is_the_main_source(factories, enterprise):
    debt(factories, enterprise, "keluarga", 500_000)
    debt(factories, enterprise, "rentenir", 500_000)

    assert credit_facts([enterprise.id], on=TODAY)[enterprise.id].main_source == "rentenir"


def test_nothing_recorded_says_nothing(factories, enterprise):
    factories.loan(factories.lender(), enterprise, state="diajukan")

    assert credit_facts([enterprise.id], on=TODAY) == {}


def test_arrears_stand_in_the_form_and_a_different_answer_is_shown_to_who_may_see_debts(
    factories, as_role, enterprise
):
    running(factories, enterprise, first_due_on=TODAY - timedelta(days=91))
    factories.assessment(enterprise=enterprise, found=factories.findings(4))
    officer, village = as_role(Role.LABOUR_OFFICER), as_role(Role.VILLAGE_OFFICER)

    answered = known_answers(enterprise.id, on=TODAY)["MDL2"]
    page = officer.get(f"/usaha/{enterprise.id}/kesehatan").text
    of_village = village.get(f"/usaha/{enterprise.id}/kesehatan")

    assert (answered.points, answered.number) == (0, 91)
    assert "Catatan pinjaman: tunggakan terlama 91 hari" in page
    assert of_village.status_code == 200
    assert "Catatan pinjaman" not in of_village.text
