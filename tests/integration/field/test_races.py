"""What two do at the same moment, and what happens while the database is held by others."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa

from app.db import db
from app.enterprises.models import Enterprise
from app.field.models import InboxItem, SyncOperation
from app.mentoring.models import Visit

ROUNDS = 10


def at_once(app, *calls: Callable[[], Any]) -> list[Any]:
    """Call all of them at the same moment, each as another process would."""
    start, found = threading.Barrier(len(calls)), [None] * len(calls)

    def call(place: int) -> None:
        with app.app_context():
            start.wait()
            found[place] = calls[place]()

    db.session.rollback()
    threads = [threading.Thread(target=call, args=(place,)) for place in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


@contextmanager
def held(app) -> Iterator[None]:
    """Another process that holds what a writer needs, and a writer with little patience."""

    def shorten(driver, _record) -> None:
        if db.engine.dialect.name == "sqlite":
            driver.execute("PRAGMA busy_timeout=200")
        else:
            driver.execute("SET lock_timeout = '200ms'")
            driver.commit()

    db.session.rollback()
    db.engine.dispose()
    sa.event.listen(db.engine, "connect", shorten)
    other = sa.create_engine(app.config["SQLALCHEMY_DATABASE_URI"])
    with other.connect() as connection:
        driver = connection.connection.driver_connection
        if other.dialect.name == "sqlite":
            driver.execute("BEGIN IMMEDIATE")
        else:
            driver.execute("BEGIN")
            driver.execute("LOCK TABLE sync_operation IN EXCLUSIVE MODE")
        yield
        driver.rollback()
    other.dispose()
    sa.event.remove(db.engine, "connect", shorten)
    db.session.rollback()
    db.engine.dispose()


def test_same_operation_at_the_same_moment_is_done_once(app, phone, phone_of, cared, factories):
    twin = phone_of(phone.account_id)
    seen: Counter[str] = Counter()
    for _ in range(ROUNDS):
        op = factories.visit_operation(cared.id)

        told = at_once(app, lambda op=op: phone.results(op), lambda op=op: twin.results(op))

        seen.update(one[0]["status"] for one in told)
    assert seen == {"ok": ROUNDS, "duplicate": ROUNDS}
    assert db.session.query(Visit).count() == ROUNDS


def test_two_who_edit_one_enterprise_lose_nothing(app, phone, phone_of, cared, factories):
    twin = phone_of(phone.account_id)
    version, results = cared.version, []
    for number in range(ROUNDS):
        one = factories.edit_operation(
            cared.id, {"hamlet": f"A{number}", "address": f"Jalan {number}"}, {}
        )
        other = factories.edit_operation(
            cared.id, {"hamlet": f"B{number}", "product_line": f"Produk {number}"}, {}
        )
        told = at_once(app, lambda op=one: phone.results(op), lambda op=other: twin.results(op))
        results += [answer[0]["status"] for answer in told]

    row = db.session.get_one(Enterprise, cared.id)
    assert set(results) <= {"ok", "merged", "conflict"}
    assert row.version == version + 2 * ROUNDS
    # The fields that only one of them wrote have their last value.
    last = str(ROUNDS - 1)
    assert (row.address, row.product_line) == (f"Jalan {last}", f"Produk {last}")
    assert row.hamlet in {f"A{last}", f"B{last}"}
    assert db.session.query(InboxItem).filter_by(field="hamlet").count() >= ROUNDS


def test_while_others_hold_the_database_the_phone_is_asked_to_come_again(
    app, phone, cared, factories
):
    op = factories.visit_operation(cared.id)

    with held(app):
        refused = phone.push(op)
    accepted = phone.push(op)

    assert refused.status_code == 503
    assert refused.headers["Retry-After"]
    assert refused.is_json
    assert accepted.get_json()["results"][0]["status"] == "ok"
    assert db.session.query(SyncOperation).count() == 1


LOCK_OF_ANOTHER = {
    "history": "SELECT 1 FROM history_counter FOR UPDATE",
    "operations": "SELECT 1 FROM operation_counter FOR UPDATE",
}


@pytest.mark.parametrize("locks", LOCK_OF_ANOTHER)
def test_who_waits_for_one_who_waits_for_them_is_served_in_the_end(
    app, phone, cared, factories, locks
):
    phone.results(factories.visit_operation(cared.id))
    op = factories.visit_operation(cared.id)
    key, crossed = str(cared.id), threading.Event()
    on_sqlite = db.engine.dialect.name == "sqlite"
    other = sa.create_engine(app.config["SQLALCHEMY_DATABASE_URI"])

    def cross() -> None:
        with other.connect() as connection:
            driver = connection.connection.driver_connection
            driver.execute("BEGIN IMMEDIATE" if on_sqlite else LOCK_OF_ANOTHER[locks])
            crossed.set()
            while not on_sqlite and not _somebody_waits(driver):
                time.sleep(0.01)
            try:
                # SQLite knows one writer at a time, so nobody can wait crosswise there.
                driver.execute(f"UPDATE enterprise SET hamlet = 'RT 7' WHERE id = '{key}'")  # noqa: S608
                driver.commit()
            except Exception:  # noqa: BLE001 - of the two the database lets one go, maybe this
                driver.rollback()

    def send() -> str:
        crossed.wait(timeout=20)
        return str(phone.results(op)[0]["status"])

    told = at_once(app, cross, send)

    other.dispose()
    assert told[1] == "ok"
    assert db.session.query(Visit).count() == 2


def _somebody_waits(driver: Any) -> bool:
    waiting = driver.execute("SELECT count(*) FROM pg_locks WHERE NOT granted").fetchone()
    return bool(waiting[0])
