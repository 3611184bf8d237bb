"""A use case is whole or absent."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from app.accounts.models import Account
from app.core.clock import utc_now
from app.core.errors import Conflict
from app.core.ids import new_id
from app.db import db
from app.db.transaction import at_commit, transaction


def _account(email: str) -> Account:
    return Account(id=new_id(), name="Tono", email=email, password_hash="x", created_at=utc_now())


def test_everything_is_rolled_back_when_one_step_fails(app):
    def failing_use_case() -> None:
        with transaction():
            db.session.add(_account("tono@contoh.test"))
            db.session.flush()
            _ = 1 / 0

    with pytest.raises(ZeroDivisionError):
        failing_use_case()

    assert db.session.query(Account).count() == 0


def test_transactions_do_not_nest(app):
    with pytest.raises(RuntimeError, match="already open"), transaction(), transaction():
        pass


def test_changes_outside_a_transaction_are_refused(app):
    db.session.add(_account("tono@contoh.test"))

    with pytest.raises(RuntimeError, match="outside a transaction"), transaction():
        pass


def test_violated_constraint_becomes_the_refusal_that_it_means(app):
    with transaction():
        db.session.add(_account("tono@contoh.test"))

    with pytest.raises(Conflict) as refusal, transaction():
        db.session.add(_account("tono@contoh.test"))

    assert (refusal.value.code, refusal.value.field) == ("email_taken", "email")


def test_callback_runs_once_and_inside(app):
    seen: list[str] = []
    with transaction():
        at_commit("once", lambda _session: seen.append("a"))
        at_commit("once", lambda _session: seen.append("b"))

    assert seen == ["a"]
    with pytest.raises(RuntimeError, match="no transaction"):
        at_commit("late", lambda _session: None)


def test_what_was_read_before_is_read_anew_inside(app):
    with transaction():
        db.session.add(_account("tono@contoh.test"))
    held = db.session.query(Account).one()
    with db.engine.begin() as other:
        other.execute(text("UPDATE account SET name = 'Siti'"))

    with transaction():
        name_inside = held.name

    assert name_inside == "Siti"


def test_sqlite_takes_the_write_lock_at_once_and_keeps_what_it_acknowledged(app):
    if db.engine.dialect.name != "sqlite":
        assert db.session.scalar(text("SHOW synchronous_commit")) is not None
        return

    assert db.session.scalar(text("PRAGMA synchronous")) == 2
    assert db.session.scalar(text("PRAGMA journal_mode")) == "wal"
    assert db.session.scalar(text("PRAGMA foreign_keys")) == 1
