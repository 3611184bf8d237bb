"""Append-only, numbered in the order of commits."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from app.core.ids import new_id
from app.db import db
from app.db.transaction import transaction
from app.history.models import HistoryEntry
from app.history.rules import register_actions
from app.history.services import record

register_actions({"test.happened": "Terjadi"})


def _happen(note: str) -> None:
    record(subject_type="test", subject_id=new_id(), action="test.happened", by=None, note=note)


def test_entries_are_numbered_without_gap_in_commit_order(app):
    for note in ("a", "b"):
        with transaction():
            _happen(note)
            _happen(note + "2")

    found = db.session.scalars(db.select(HistoryEntry).order_by(HistoryEntry.n))

    assert [(row.n, row.note) for row in found] == [(1, "a"), (2, "a2"), (3, "b"), (4, "b2")]


def test_rolled_back_use_case_leaves_no_entry_and_no_gap(app):
    def failing_use_case() -> None:
        with transaction():
            _happen("lost")
            _ = 1 / 0

    with pytest.raises(ZeroDivisionError):
        failing_use_case()
    with transaction():
        _happen("kept")

    found = db.session.query(HistoryEntry).one()

    assert (found.n, found.note) == (1, "kept")


def test_action_that_nobody_worded_is_refused(app):
    with pytest.raises(ValueError, match="unknown action"), transaction():
        record(subject_type="test", subject_id=new_id(), action="test.unworded", by=None)


@pytest.mark.parametrize(
    "statement", ["UPDATE history_entry SET note = 'x'", "DELETE FROM history_entry"]
)
def test_database_itself_refuses_to_change_the_past(app, statement):
    with transaction():
        _happen("kept")

    with pytest.raises(DatabaseError, match="append-only"), db.engine.begin() as connection:
        connection.execute(text(statement))

    assert db.session.query(HistoryEntry).one().note == "kept"


def test_writers_at_the_same_moment_get_numbers_without_gap(app):
    def write() -> None:
        with app.app_context():
            for _ in range(10):
                with transaction():
                    _happen("parallel")

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    numbers = db.session.scalars(db.select(HistoryEntry.n).order_by(HistoryEntry.n)).all()

    assert list(numbers) == list(range(1, 41))
