"""Portfolio of lenders: 100,000 loans with 2,000,000 repayments, against one GROUP BY."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask import Flask, g
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.accounts.guards import TOKEN
from app.core.clock import local_today, utc_now
from app.core.ids import new_ids
from app.core.months import add_months
from app.core.permissions import Role
from app.credit.models import (
    Instalment,
    Lender,
    LenderConsent,
    Loan,
    Member,
    Repayment,
    RepaymentPart,
    SavingRow,
)
from app.credit.queries.loan_checks import loan_checks
from app.credit.queries.loan_pages import loan_lines
from app.credit.queries.portfolio import classes_of, portfolio, portfolios
from app.credit.rules.loan_states import OPEN
from app.db import db
from app.db.transaction import transaction
from app.db.upsert import bulk_copy
from app.enterprises.models import Consent, Enterprise
from benchmarks.measure import MEGABYTE, Line, memory_added, milliseconds, report
from benchmarks.stage import ENGINES, stage
from benchmarks.world import fill, refresh_statistics, villages_of_province, without_indexes
from tests.factories.accounts import account, signed_in_token
from tests.factories.credit import lender_officer

COUNT = 100_000
LENDERS = 20
# Payments of a loan, and how many of them came in.
PLANNED, PAID = 24, 20
PRINCIPAL, INTEREST = 200_000, 20_000
GOAL = 3.0
# What each member saved: so many rows, of such a sum.
SAVINGS, SAVED = 3, 100_000
# Megabytes of one bare answer, so that the table has something to hold memory against.
_MEMORY_FLOOR = 1.0
# How many days the first unpaid payment is away from today, loan by loan: all five classes.
_LATE = (-25, -18, -11, -4, -2, -1, 0, 5, 20, 45, 100, 130, 200)


def main() -> int:
    """Measure on the engines that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--engine", choices=ENGINES, action="append")
    options = parser.parse_args()
    worst = 0
    for engine in options.engine or ENGINES:
        with stage(engine) as app:
            begun = time.process_time()
            officer = fill(max(1, options.count // LENDERS))
            rows = lend(officer, local_today())
            print(f"{rows:,} repayments in {time.process_time() - begun:.0f} s", flush=True)
            title = f"{rows // PAID:,} loans, {rows:,} repayments, {engine}"
            worst = max(worst, report(title, measured(app)))
    return worst


def measured(app: Flask) -> list[Line]:
    """What lenders open against one bare sum over all loans."""
    today = local_today()
    lenders = db.session.scalars(select(Lender).order_by(Lender.id)).all()
    keys, first = [one.id for one in lenders], lenders[0]
    browser = _officer_of(app, first)
    floor = milliseconds(_bare, times=5)

    def against_floor(
        name: str, work: Callable[[], object], times: int = 5, goal: float | None = GOAL
    ) -> Line:
        return Line(name=name, ours=milliseconds(work, times=times), floor=floor, goal=goal)

    lines = [
        against_floor("collectability of all loans", lambda: classes_of(keys, on=today)),
        against_floor("home page of an officer, one of 20", lambda: _asked(browser)),
        against_floor("home figures of one lender of 20", lambda: portfolio(keys[0], on=today)),
        against_floor("its first 50 loans", lambda: loan_lines(first, on=today)),
        against_floor(
            "home figures of all 20 lenders", lambda: portfolios(keys, on=today), 2, None
        ),
        against_floor("flask credit verify", loan_checks, 1, None),
    ]
    for name, work in (
        ("memory of all 20 lenders' figures", lambda: portfolios(keys, on=today)),
        ("memory of the home page", lambda: _asked(browser)),
        ("memory of flask credit verify", loan_checks),
    ):
        added = memory_added(work) / MEGABYTE
        lines.append(Line(name=name, ours=added, floor=_MEMORY_FLOOR, unit="MB"))
    return lines


def _officer_of(app: Flask, lender: Lender) -> FlaskClient:
    """The browser of somebody who works for a lender."""
    person = account(
        role=Role.COOPERATIVE_OFFICER,
        area=lender.village_code[:5],
        email="petugas@koperasi.test",
    )
    token = signed_in_token(lender_officer(lender, account=person))
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie[TOKEN] = token
    return client


def _asked(client: FlaskClient) -> None:
    """Where the officer begins, as HTML."""
    answer = client.get("/koperasi")
    if answer.status_code != 200:
        raise SystemExit(f"/koperasi answers {answer.status_code}")
    # The benchmark's own context lies around the request and would be remembered by it.
    g.pop("account", None)


def _bare() -> None:
    db.session.execute(
        select(Loan.lender_id, Loan.next_due_on, func.count(), func.sum(Loan.principal_left))
        .where(Loan.state.in_(OPEN))
        .group_by(Loan.lender_id, Loan.next_due_on)
    ).all()


def lend(officer: UUID, today: date) -> int:
    """Give every enterprise a loan of each lender; gives the number of repayments."""
    ids = new_ids()
    lenders = [next(ids) for _ in range(LENDERS)]
    people = db.session.execute(select(Enterprise.id, Enterprise.owner_id)).all()
    village = villages_of_province()[0]
    loans: list[dict[str, Any]] = []
    with transaction():
        bulk_copy(Lender.__table__, _lenders(lenders, village, officer))
        bulk_copy(Consent.__table__, _consents(ids, people, officer, today))
        bulk_copy(LenderConsent.__table__, _words(ids, people, lenders, officer, today))
    with without_indexes((Member, SavingRow)), transaction():
        members = list(_members(ids, people, lenders, officer, today))
        bulk_copy(Member.__table__, members)
        bulk_copy(SavingRow.__table__, _savings(ids, members, officer, today))
    for lender_id in lenders:
        loans += _loans(ids, people, lender_id, officer, today)
    with without_indexes((Loan, Instalment, Repayment, RepaymentPart)):
        with transaction():
            bulk_copy(Loan.__table__, loans)
        for start in range(0, len(loans), 5_000):
            with transaction():
                _pay(ids, loans[start : start + 5_000], start, officer)
    refresh_statistics()
    return len(loans) * PAID


def _lenders(keys: Sequence[UUID], village: str, officer: UUID) -> Iterator[dict[str, Any]]:
    for number, key in enumerate(keys):
        yield {
            "id": key,
            "kind": "koperasi",
            "name": f"Koperasi {number}",
            "search_name": f"koperasi {number}",
            "village_code": village,
            "address": "",
            "principal_saving": 0,
            "duty_saving": 0,
            "is_forming": False,
            "is_closed": False,
            "next_member_number": 1,
            "next_receipt_number": 10**6,
            "version": 1,
            "created_by": officer,
            "created_at": utc_now(),
        }


def _consents(
    ids: Iterator[UUID], people: Sequence[Any], officer: UUID, today: date
) -> Iterator[dict[str, Any]]:
    for _, owner_id in people:
        yield {**_word(ids, owner_id, officer, today), "purpose": "lembaga_keuangan"}


def _words(
    ids: Iterator[UUID],
    people: Sequence[Any],
    lenders: Sequence[UUID],
    officer: UUID,
    today: date,
) -> Iterator[dict[str, Any]]:
    for lender_id in lenders:
        for _, owner_id in people:
            yield {**_word(ids, owner_id, officer, today), "lender_id": lender_id}


def _word(ids: Iterator[UUID], owner_id: UUID, officer: UUID, today: date) -> dict[str, Any]:
    return {
        "id": next(ids),
        "owner_id": owner_id,
        "text_version": "1",
        "way": "tanda_tangan",
        "given_on": today,
        "recorded_by": officer,
        "recorded_at": utc_now(),
    }


def _members(
    ids: Iterator[UUID],
    people: Sequence[Any],
    lenders: Sequence[UUID],
    officer: UUID,
    today: date,
) -> Iterator[dict[str, Any]]:
    for lender_id in lenders:
        for number, (_, owner_id) in enumerate(people, 1):
            yield {
                "id": next(ids),
                "lender_id": lender_id,
                "owner_id": owner_id,
                "number": number,
                "joined_on": today,
                "version": 1,
                "recorded_by": officer,
                "recorded_at": utc_now(),
            }


def _savings(
    ids: Iterator[UUID], members: Sequence[dict[str, Any]], officer: UUID, today: date
) -> Iterator[dict[str, Any]]:
    for member in members:
        for turn in range(1, SAVINGS + 1):
            yield {
                "id": next(ids),
                "member_id": member["id"],
                "kind": "wajib",
                "direction": "setor",
                "amount": SAVED,
                "turn": turn,
                "balance": SAVED * turn,
                "happened_on": today,
                "receipt": f"S-2026-{turn}",
                "note": "",
                "recorded_by": officer,
                "recorded_at": utc_now(),
            }


def _loans(
    ids: Iterator[UUID], people: Sequence[Any], lender_id: UUID, officer: UUID, today: date
) -> Iterator[dict[str, Any]]:
    for number, (enterprise_id, owner_id) in enumerate(people):
        due = today - timedelta(days=_LATE[number % len(_LATE)])
        yield {
            "id": next(ids),
            "lender_id": lender_id,
            "owner_id": owner_id,
            "enterprise_id": enterprise_id,
            "state": "berjalan",
            "amount": PRINCIPAL * PLANNED,
            "method": "flat",
            "count": PLANNED,
            "every": "bulan",
            "rate": 1200,
            "margin": 0,
            "fee": 0,
            "purpose": "barang",
            "purpose_note": "",
            "other_income": 0,
            "judged": {},
            "made_by": officer,
            "made_at": utc_now(),
            "state_on": today,
            "disbursed_on": add_months(due, -PAID - 1),
            "first_due_on": add_months(due, -PAID),
            "schedule_no": 1,
            "principal_left": PRINCIPAL * (PLANNED - PAID),
            "next_due_on": due,
            "overpaid": 0,
            "version": 1,
        }


def _pay(ids: Iterator[UUID], loans: Sequence[dict[str, Any]], start: int, officer: UUID) -> None:
    at, asked, paid, parts = utc_now(), [], [], []
    for place, loan in enumerate(loans, start):
        for number in range(1, PLANNED + 1):
            day = add_months(loan["next_due_on"], number - PAID - 1)
            key, row = next(ids), next(ids)
            of = {"loan_id": loan["id"], "principal": PRINCIPAL, "interest": INTEREST}
            asked.append({"id": key, "schedule_no": 1, "number": number, "due_on": day, **of})
            if number > PAID:
                continue
            paid.append(
                {
                    "id": row,
                    "loan_id": loan["id"],
                    "lender_id": loan["lender_id"],
                    "turn": number,
                    "amount": PRINCIPAL + INTEREST,
                    "paid_on": day,
                    "receipt": f"A-2026-{place * PAID + number}",
                    "note": "",
                    "recorded_by": officer,
                    "recorded_at": at,
                }
            )
            parts.append(
                {
                    "id": next(ids),
                    "repayment_id": row,
                    "instalment_id": key,
                    "principal": PRINCIPAL,
                    "interest": INTEREST,
                    "beyond": 0,
                }
            )
    bulk_copy(Instalment.__table__, asked)
    bulk_copy(Repayment.__table__, paid)
    bulk_copy(RepaymentPart.__table__, parts)


if __name__ == "__main__":
    sys.exit(main())
