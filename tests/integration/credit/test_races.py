"""Two at the same moment: of two second words exactly one counts, fifty times of fifty."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from app.accounts.queries import scope_of
from app.core.clock import local_today, utc_now
from app.core.errors import Conflict, WrongState
from app.core.ids import new_id
from app.core.permissions import Permission
from app.credit.models import Instalment, Loan, LoanDecision
from app.credit.rules.affordability import MET, Affordability, Finding
from app.credit.rules.judging import Judged, to_json
from app.credit.rules.loan_states import APPROVED, COMMITTEE, RUNNING, TO_LEND, TO_PAY_OUT
from app.credit.services.applications import decide
from app.credit.services.disbursing import disburse
from app.db import db
from app.db.transaction import transaction

ROUNDS = 50
TODAY = local_today()
JUDGED = to_json(
    Judged(
        on=TODAY,
        carried=Affordability(
            installment=500_000,
            findings=(Finding(name="Semua", verdict=MET, reason="Terpenuhi."),) * 4,
            share=None,
            room=None,
            largest=None,
            bad_month=None,
        ),
        blocks=(),
    )
)


def approve(person: UUID, loan_id: UUID) -> Loan:
    scope = scope_of(person, Permission.LENDER_WORK)
    return decide(scope=scope, by=person, loan_id=loan_id, version=1)


def pay_out(person: UUID, loan_id: UUID) -> Loan:
    return disburse(
        scope=scope_of(person, Permission.LENDER_WORK),
        by=person,
        loan_id=loan_id,
        disbursed_on=TODAY,
        first_due_on=TODAY + timedelta(days=30),
    )


@pytest.mark.parametrize(
    ("act", "decision", "state", "end"),
    [(approve, TO_LEND, COMMITTEE, APPROVED), (pay_out, TO_PAY_OUT, APPROVED, RUNNING)],
    ids=["approvals", "disbursements"],
)
def test_of_two_second_words_at_one_moment_exactly_one_counts(
    app: Any, factories: Any, act: Callable[[UUID, UUID], Loan], decision: str, state: str, end: str
) -> None:
    lender, enterprise = factories.lender(), factories.enterprise()
    first, *others = (factories.lender_officer(lender).id for _ in range(3))
    factories.lender_consent(enterprise.owner_id, lender.id)
    loans = waiting(lender.id, enterprise, first, decision, state)
    told = at_once(app, others, loans, act)

    for one, other in zip(*told, strict=True):
        assert sorted((one, other)) in (
            ["done", "loan_changed"],
            ["done", "loan_state"],
        )
    assert set(db.session.scalars(select(Loan.state))) == {end}
    turns = select(LoanDecision.turn, func.count()).group_by(LoanDecision.turn)
    assert sorted(tuple(row) for row in db.session.execute(turns)) == [(1, ROUNDS), (2, ROUNDS)]
    laid = db.session.scalar(select(func.count()).select_from(Instalment))
    assert laid == (ROUNDS * 10 if end == RUNNING else 0)


def waiting(lender_id: UUID, enterprise: Any, first: UUID, decision: str, state: str) -> list[UUID]:
    """Loans about which one person said their word; written in one go."""
    keys = [new_id() for _ in range(ROUNDS)]
    enterprise_id, owner_id = enterprise.id, enterprise.owner_id
    with transaction():
        for key in keys:
            loan = Loan(
                id=key,
                lender_id=lender_id,
                enterprise_id=enterprise_id,
                owner_id=owner_id,
                state=state,
                amount=5_000_000,
                method="flat",
                count=10,
                every="bulan",
                rate=1800,
                purpose="barang",
                judged=JUDGED,
                made_by=first,
                made_at=utc_now(),
                state_on=TODAY,
            )
            db.session.add(loan)
        db.session.flush()
        for key in keys:
            word = LoanDecision(
                id=new_id(), loan_id=key, decision=decision, turn=1, by=first, decided_at=utc_now()
            )
            db.session.add(word)
    return keys


def at_once(app: Any, people: list[UUID], loans: list[UUID], act: Any) -> list[list[str]]:
    """Both act on each loan at the same moment; gives what each was told."""
    gate = Barrier(len(people))
    db.session.remove()

    def act_on_all(person: UUID) -> list[str]:
        told = []
        with app.app_context():
            for loan_id in loans:
                gate.wait(timeout=60)
                try:
                    with transaction():
                        act(person, loan_id)
                    told.append("done")
                except (Conflict, WrongState) as refusal:
                    told.append(refusal.code)
                db.session.remove()
        return told

    with ThreadPoolExecutor(len(people)) as pool:
        return list(pool.map(act_on_all, people))
