"""What a phone is given: grants, changes, what it must let go, and whether it has all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core.clock import local_today
from app.core.scope import Scope, everywhere
from app.db import db
from app.db.moment import read_one_moment
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from app.enterprises.rules.consents import BASE
from app.enterprises.services.consents import withdraw_consent
from app.field.queries.changes import Changes, changes_since, first_cursor
from app.field.rules.cursors import PullCursor, scope_hash
from app.mentoring.services.promises import say_done
from tests.integration.field.phone_copy import PhoneCopy

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def statements(app: Flask) -> Callable[[], AbstractContextManager[list[str]]]:
    """Gathers what is asked of the database meanwhile."""

    @contextmanager
    def gathering() -> Iterator[list[str]]:
        seen: list[str] = []

        def note(*args: object) -> None:
            seen.append(str(args[2]))

        sa.event.listen(db.engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            sa.event.remove(db.engine, "before_cursor_execute", note)

    return gathering


@pytest.fixture
def other_connection(app: Flask) -> Callable[[str], None]:
    """Changes something beside the reader, as another worker would."""

    def change(statement: str) -> None:
        beside = sa.create_engine(db.engine.url)
        with beside.begin() as connection:
            connection.execute(sa.text(statement))
        beside.dispose()

    return change


def scope_of(mentor: Any) -> Scope:
    return Scope(account_id=mentor.account_id, mentor_account_id=mentor.account_id)


def withdrawn(enterprise: Enterprise, *, by: UUID) -> None:
    key = enterprise.owner_id
    with transaction():
        withdraw_consent(
            scope=everywhere(),
            owner_id=key,
            purpose_key=BASE,
            withdrawn_on=local_today(),
            reason="tidak mau lagi",
            by=by,
        )


def kinds(page: Changes) -> list[tuple[str, str]]:
    return [(one["kind"], one["enterprise_id"]) for one in page.changes]


def test_a_new_phone_is_granted_its_whole_scope_and_nothing_foreign(
    factories: SimpleNamespace,
) -> None:
    mentor, other = factories.mentor(), factories.mentor()
    own = [factories.enterprise() for _ in range(5)]
    factories.assigned(mentor.account_id, *own)
    foreign = factories.enterprise()
    factories.assigned(other.account_id, foreign)
    phone = PhoneCopy(scope_of(mentor))

    pages = phone.pull(limit=2)

    assert pages == 3
    assert set(phone.cards) == {one.id for one in own}
    assert phone.is_whole
    assert {one["kind"] for one in phone.seen} == {"grant"}


def test_only_what_changed_comes_the_second_time(factories: SimpleNamespace) -> None:
    mentor = factories.mentor()
    first, second = factories.enterprise(), factories.enterprise()
    factories.assigned(mentor.account_id, first, second)
    phone = PhoneCopy(scope_of(mentor))
    phone.pull()
    factories.visit(first, mentor.account_id, findings="Stok menumpuk.")
    phone.seen.clear()

    phone.pull()

    assert [(one["kind"], one["enterprise_id"]) for one in phone.seen] == [
        ("upsert", str(first.id))
    ]
    assert phone.cards[first.id]["visits"][0]["findings"] == "Stok menumpuk."
    assert phone.is_whole
    phone.seen.clear()
    phone.pull()
    assert phone.seen == []


def test_the_owners_word_about_a_promise_comes_with_the_next_pull_and_goes_again(
    factories: SimpleNamespace,
) -> None:
    mentor, enterprise = factories.mentor(), factories.enterprise()
    factories.assigned(mentor.account_id, enterprise)
    by = mentor.account_id
    key = factories.promise(enterprise, by, due_on=local_today()).id
    phone = PhoneCopy(scope_of(mentor))
    told = []

    for is_done in (False, True, False):
        with transaction():
            say_done(scope=everywhere(), promise_id=key, is_done=is_done, by=by)
        phone.pull()
        told += [one["said_done_on"] for one in phone.cards[enterprise.id]["promises"]]

    assert told == [None, local_today().isoformat(), None]


def test_a_new_mentor_gets_the_whole_past_with_one_pull_and_the_old_one_loses_it(
    factories: SimpleNamespace,
) -> None:
    old, new = factories.mentor(), factories.mentor()
    enterprise = factories.enterprise()
    factories.assigned(old.account_id, enterprise)
    factories.visit(enterprise, old.account_id, findings="Kunjungan lama.")
    other = factories.enterprise()
    factories.assigned(new.account_id, other)
    losing, winning = PhoneCopy(scope_of(old)), PhoneCopy(scope_of(new))
    losing.pull()
    winning.pull()
    winning.seen.clear()
    losing.seen.clear()

    factories.assigned(new.account_id, enterprise)
    losing.pull()
    winning.pull()

    assert [(one["kind"], one["enterprise_id"]) for one in winning.seen] == [
        ("grant", str(enterprise.id))
    ]
    assert winning.cards[enterprise.id]["visits"][0]["findings"] == "Kunjungan lama."
    assert [(one["kind"], one["reason"]) for one in losing.seen] == [("revoke", "pindah")]
    assert losing.cards == {}
    assert losing.is_whole
    assert winning.is_whole


def test_a_phone_is_not_told_of_what_it_never_had(factories: SimpleNamespace) -> None:
    mentor, other = factories.mentor(), factories.mentor()
    foreign = factories.enterprise()
    phone = PhoneCopy(scope_of(mentor))
    phone.pull()

    factories.assigned(other.account_id, foreign)
    factories.visit(foreign, other.account_id)
    phone.pull()

    assert phone.seen == []


def test_what_was_lost_before_a_phone_began_is_not_told_to_it(factories: SimpleNamespace) -> None:
    old, new = factories.mentor(), factories.mentor()
    enterprise = factories.enterprise()
    factories.assigned(old.account_id, enterprise)
    factories.assigned(new.account_id, enterprise)

    page = changes_since(scope_of(old), first_cursor("e-0"), limit=200)

    assert kinds(page) == []
    assert (page.count, page.digest) == (0, scope_hash({}))


def test_what_goes_while_a_phone_is_still_being_filled_goes_from_it_too(
    factories: SimpleNamespace,
) -> None:
    old, new = factories.mentor(), factories.mentor()
    first, second = factories.enterprise(), factories.enterprise()
    factories.assigned(old.account_id, first)
    factories.assigned(old.account_id, second)
    phone = PhoneCopy(scope_of(old))
    assert phone.pull_page(limit=1)
    assert set(phone.cards) == {first.id}

    factories.assigned(new.account_id, first)
    phone.pull()

    assert set(phone.cards) == {second.id}
    assert phone.is_whole


def test_who_withdrew_leaves_the_phone(factories: SimpleNamespace) -> None:
    mentor = factories.mentor()
    enterprise = factories.enterprise()
    factories.assigned(mentor.account_id, enterprise)
    phone = PhoneCopy(scope_of(mentor))
    phone.pull()
    phone.seen.clear()

    withdrawn(enterprise, by=mentor.account_id)
    phone.pull()

    assert [(one["kind"], one["reason"]) for one in phone.seen] == [("revoke", "tutup akses")]
    assert phone.is_whole


@pytest.mark.parametrize("count", [1, 12])
def test_a_pack_takes_the_same_number_of_statements_whatever_its_size(
    factories: SimpleNamespace, count: int, statements: Any
) -> None:
    mentor = factories.mentor(capacity=50)
    rows = [factories.enterprise() for _ in range(count)]
    factories.assigned(mentor.account_id, *rows)
    for row in rows:
        factories.assessment(enterprise=row)
        factories.visit(row, mentor.account_id)
    scope = scope_of(mentor)
    db.session.rollback()

    with statements() as seen:
        page = changes_since(scope, first_cursor("e-0"), limit=200)

    assert len(page.changes) == count
    assert len(seen) <= 46


def test_a_card_holds_no_number_that_names_somebody_and_no_money(
    factories: SimpleNamespace,
) -> None:
    mentor = factories.mentor()
    owner = factories.owner(nik=factories.nik(), name="Tarsiah")
    enterprise = factories.enterprise(owner=owner, nib="9120001112223", capital=7_654_321)
    factories.assigned(mentor.account_id, enterprise)
    factories.assessment(
        enterprise=enterprise,
        found=factories.findings(1, facts={"arrears_days": 97, "debt_service_ratio": 0.83}),
    )
    phone = PhoneCopy(scope_of(mentor))

    phone.pull()

    text = repr(phone.cards)
    for canary in (owner.nik_masked, "nik", "9120001112223", "7654321", "arrears", "97 hari"):
        assert str(canary) not in text
    assert phone.cards[enterprise.id]["owner"]["name"] == "Tarsiah"


def test_everything_read_in_one_moment_is_of_that_moment(
    factories: SimpleNamespace, other_connection: Any
) -> None:
    enterprise = factories.enterprise(name="Sebelum")
    key: UUID = enterprise.id
    read_one_moment()
    before = db.session.get_one(Enterprise, key).name
    db.session.expire_all()

    other_connection("UPDATE enterprise SET name = 'Sesudah'")

    assert (before, db.session.get_one(Enterprise, key).name) == ("Sebelum", "Sebelum")
    db.session.rollback()
    assert db.session.get_one(Enterprise, key).name == "Sesudah"


def test_a_page_given_twice_changes_nothing(factories: SimpleNamespace) -> None:
    mentor = factories.mentor()
    factories.assigned(mentor.account_id, factories.enterprise(), factories.enterprise())
    phone = PhoneCopy(scope_of(mentor))
    cursor = phone.cursor
    phone.pull()
    held = dict(phone.cards)

    phone.cursor = replace(cursor) if isinstance(cursor, PullCursor) else cursor
    phone.pull()

    assert phone.cards == held
    assert local_today().isoformat() not in phone.cursor_text()
