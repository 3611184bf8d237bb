"""The money of a demo world agrees with itself and with what the owners answered."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta

import sqlalchemy as sa

from app.cashbook.models import CashCount, CashEntry, DiaryMonth
from app.cashbook.queries.facts import cash_facts
from app.core.months import add_months, first_of
from app.db import db
from app.enterprises.models import Enterprise, Owner
from tests.integration.demo.conftest import LAST_ON


def test_books_of_a_demo_agree_with_health_and_with_themselves(load):
    load(enterprises=400)

    entries = {one.id: one for one in db.session.scalars(sa.select(CashEntry))}
    keepers = {one.enterprise_id for one in entries.values()}
    classes = dict(db.session.execute(sa.select(Enterprise.id, Enterprise.health_class)).all())
    tellers = set(db.session.scalars(sa.select(DiaryMonth.enterprise_id)))
    facts = cash_facts(keepers, on=LAST_ON)

    assert 20 < len(keepers) < 150
    assert 20 < len(tellers) < 100
    assert not keepers & tellers
    assert all(one.happened_on <= LAST_ON for one in entries.values())
    for one in entries.values():
        if one.settles_id is not None:
            owed = entries[one.settles_id]
            assert (owed.enterprise_id, owed.is_owed) == (one.enterprise_id, True)
            assert owed.happened_on < one.happened_on
            assert owed.amount == one.amount
        if one.corrects_id is not None:
            assert not entries[one.corrects_id].is_current
    # Who is sick has no splendid book: of its sales less is left than to the healthy.
    margins = {"sakit": [], "sehat": []}
    for key, fact in facts.items():
        if classes[key] in margins and (sold := sum(month.sales for month in fact.months)):
            surplus = sum(month.surplus for month in fact.months)
            margins[classes[key]].append(surplus / sold)
    means = {name: sum(found) / len(found) for name, found in margins.items()}
    assert means["sakit"] < means["sehat"]
    # Some are short of cash, some are owed, some write seldom, some skip a month.
    assert Counter(fact.runway_days is not None and fact.runway_days < 14 for fact in
                   facts.values()).keys() == {True, False}  # fmt: skip
    assert any(one.is_owed for one in entries.values())
    assert {fact.is_claim for fact in facts.values()} == {True, False}
    assert db.session.scalar(sa.select(sa.func.count(CashCount.id))) > 5


def test_the_book_of_the_owner_with_an_account_covers_two_years(load):
    load()

    own = db.session.scalars(
        sa.select(CashEntry)
        .join(Enterprise, Enterprise.id == CashEntry.enterprise_id)
        .join(Owner, Owner.id == Enterprise.owner_id)
        .where(Owner.account_id.is_not(None))
    ).all()

    months = {first_of(one.happened_on) for one in own}
    assert {add_months(first_of(LAST_ON), -back) for back in range(1, 25)} <= months
    assert {one.way for one in own if one.happened_on > LAST_ON - timedelta(days=60)} == {"pemilik"}


def test_a_card_of_the_invented_owner_is_given_by_a_command_in_a_demo_only(app, load, client):
    refused = app.test_cli_runner().invoke(args=["demo", "card"])
    load()

    given = app.test_cli_runner().invoke(args=["demo", "card"])

    assert refused.exit_code == 1
    assert given.exit_code == 0, given.output
    assert re.search(r"(\d{4} ){3}\d{4}$", given.output.strip())
