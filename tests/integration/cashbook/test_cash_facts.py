"""The ratios of cash books as the database works them out, against books worked out by hand."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from sqlalchemy import event

from app.cashbook.queries.facts import cash_facts
from app.core.permissions import Role
from app.db import db
from tests.cases.cash_books import BOOKS, ON, write_book

RATIOS = (
    "surplus",
    "net_margin",
    "quick_liquidity",
    "draw_ratio",
    "sales_trend",
    "days_since_last_sale",
    "days_to_payment",
    "book_coverage",
    "debt_service_ratio",
    "runway_days",
    "loss_months",
    "is_claim",
)


@pytest.fixture
def mentor(factories):
    return factories.account(role=Role.MENTOR, name="Pendamping Rina").id


def expected(book):
    told = book["expect"]
    return {
        name: Fraction(value) if isinstance(value, str) else value
        for name in (*RATIOS, "diary_margin", "diary_trend")
        for value in [told.get(name)]
    }


def found(facts):
    return {name: getattr(facts, name) for name in RATIOS} | {
        "diary_margin": facts.diary.net_margin,
        "diary_trend": facts.diary.sales_trend,
    }


def test_the_ratios_of_books_are_those_worked_out_by_hand(factories, mentor):
    keys = {}
    for book in BOOKS:
        enterprise = factories.enterprise(name=f"Usaha {len(keys)}")
        keys[book["name"]] = enterprise.id
        write_book(book, enterprise.id, mentor)
    facts = cash_facts(keys.values(), on=ON)

    known = [book for book in BOOKS if book.get("facts", True)]

    assert len(BOOKS) >= 20
    assert {book["name"] for book in known} == {name for name, key in keys.items() if key in facts}
    for book in known:
        assert found(facts[keys[book["name"]]]) == expected(book), book["name"]


def test_a_day_looks_only_at_what_was_written_up_to_it(factories, mentor):
    enterprise = factories.enterprise()
    write_book(BOOKS[0], enterprise.id, mentor)

    before = cash_facts([enterprise.id], on=date(2026, 10, 12))[enterprise.id]

    assert before.days_since_last_sale == 0
    assert [month.sales for month in before.months] == [2_000_000, 2_500_000, 2_000_000]
    assert before.counted_on is None
    assert cash_facts([enterprise.id], on=date(2026, 5, 10)) == {}


def test_the_number_of_statements_does_not_grow_with_the_number_of_books(factories, mentor):
    keys = []
    for book in (*BOOKS[:8], *BOOKS[:8]):
        enterprise = factories.enterprise(name=f"Usaha {len(keys)}")
        keys.append(enterprise.id)
        write_book(book, enterprise.id, mentor)
    # What a connection asks once is not counted.
    cash_facts(keys[:1], on=ON)
    said: list[str] = []

    def listen(_, __, statement, *rest):
        said.append(statement)

    event.listen(db.engine, "before_cursor_execute", listen)
    try:
        cash_facts(keys[:8], on=ON)
        of_eight = len(said)
        cash_facts(keys, on=ON)
        of_sixteen = len(said) - of_eight
    finally:
        event.remove(db.engine, "before_cursor_execute", listen)

    assert of_eight == of_sixteen <= 24
