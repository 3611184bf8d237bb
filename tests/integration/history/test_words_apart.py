"""Words lie apart from the chain, which covers their hash: taken away, changed, slipped in."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from app.core.clock import utc_now
from app.core.ids import new_id
from app.db import db
from app.db.transaction import transaction
from app.history.models import HistoryCounter, HistoryEntry, HistoryWords
from app.history.queries import events_of_enterprise
from app.history.rules import GENESIS, ChainedRow, register_actions, row_hash
from app.history.services import Change, forget_words, record_many, verify

register_actions({"test.happened": "Terjadi"})
PLACE = new_id()
TABLES = ("history_entry", "history_words")


def happen(count=1, **facts):
    with transaction():
        record_many(
            Change(
                action="test.happened",
                subject_type="test",
                subject_id=new_id(),
                enterprise_id=PLACE,
                by=None,
                **facts,
            )
            for _ in range(count)
        )


def by_hand(statement):
    """What somebody does who owns the tables: triggers away, and as they were again."""
    db.session.rollback()
    with db.engine.begin() as connection:
        if db.engine.dialect.name == "postgresql":
            for table in TABLES:
                connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            connection.exec_driver_sql(statement)
            for table in TABLES:
                connection.exec_driver_sql(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            return
        triggers = connection.exec_driver_sql(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'history_%'"
        ).all()
        for name, _ in triggers:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.exec_driver_sql(statement)
        for _, made_by in triggers:
            connection.exec_driver_sql(made_by)


def test_what_was_written_is_read_as_if_it_stood_in_the_row(app):
    told = {"tool": ["Oven", "Mikser"], "amount": [None, 5], "on": [None, "2026-11-22"]}
    happen(changes=told, note="karena “perlu”")

    row = db.session.get(HistoryEntry, 1)
    event = events_of_enterprise(PLACE)[0]

    assert (event.changes, event.note) == (told, "karena “perlu”")
    assert list(event.changes) == list(row.changes)
    assert row.own_changes == {"tool": None, "amount": [None, 5], "on": [None, "2026-11-22"]}
    assert row.own_note is None


def test_rows_without_words_have_nothing_apart(app):
    happen(2, changes={"amount": [None, 5], "mentor_id": [None, str(new_id())]})

    assert db.session.scalar(sa.select(sa.func.count()).select_from(HistoryWords)) == 0
    assert verify().is_whole


def test_equal_words_have_hashes_that_do_not_tell_so(app):
    happen(2, note="sama")

    hashes = db.session.scalars(sa.select(HistoryEntry.words_hash)).all()

    assert len(set(hashes)) == 2


@pytest.mark.parametrize(
    ("statement", "n", "problem"),
    [
        ("UPDATE history_words SET words = '[{}, \"y\"]' WHERE n = 3", 3, "diubah"),
        ("UPDATE history_words SET salt = substr(salt, 2) WHERE n = 2", 2, "diubah"),
        ("DELETE FROM history_words WHERE n = 4", 4, "kata-kata baris ini hilang"),
        (
            (
                "UPDATE history_words SET salt = NULL, words = NULL, erased_on = '2026-01-01' "
                "WHERE n IN (2, 5)"
            ),
            2,
            "kata-katanya dihapus tanpa catatan",
        ),
        (
            (
                "INSERT INTO history_words (n, salt, words) "
                "SELECT 1, salt, words FROM history_words WHERE n = 2"
            ),
            1,
            "disisipkan",
        ),
        (
            (
                "INSERT INTO history_words (n, salt, words) "
                "SELECT 9, salt, words FROM history_words WHERE n = 2"
            ),
            6,
            "tanpa baris riwayat",
        ),
        ("UPDATE history_entry SET words_hash = NULL WHERE n = 3", 3, "isi baris ini diubah"),
        ("UPDATE history_entry SET note = 'y' WHERE n = 3", 3, "isi baris ini diubah"),
    ],
)
def test_words_that_somebody_touched_are_named(app, statement, n, problem):
    happen()
    happen(4, note="x")
    by_hand(statement)

    verdict = verify()
    told = app.test_cli_runner().invoke(args=["history", "verify"])

    assert (verdict.broken_n, problem in verdict.problem) == (n, True)
    assert told.exit_code == 1
    assert f"Baris 1 sampai {n - 1} utuh." in told.output


def test_an_erasure_excuses_the_rows_it_names_and_no_others(app):
    happen(3, note="x")
    with transaction():
        forget_words(owner_id=new_id(), about=[HistoryEntry.n == 2], area_code=None, by=None)

    first = verify()
    by_hand(
        "UPDATE history_words SET salt = NULL, words = NULL, erased_on = '2026-01-01' WHERE n = 3"
    )

    assert (first.is_whole, first.erased_count) == (True, 1)
    assert verify().broken_n == 3


def test_rows_from_before_words_lay_apart_still_stand(app):
    """Such a row holds its words itself, and is hashed as it was then."""
    own = []
    for n, note in ((1, "dulu"), (2, None)):
        row = ChainedRow(
            n=n,
            at=utc_now(),
            account_id=None,
            action="test.happened",
            subject_type="test",
            subject_id=new_id(),
            enterprise_id=PLACE,
            area_code=None,
            origin=None,
            changes={"tool": [None, "Oven lama"]},
            note=note,
        )
        before = own[-1]["hash"] if own else GENESIS
        own.append({**row._asdict(), "prev_hash": before, "hash": row_hash(before, row)})
    with transaction() as session:
        session.execute(sa.insert(HistoryEntry.__table__), own)
        session.execute(
            sa.insert(HistoryCounter), {"id": 1, "last_n": 2, "last_hash": own[1]["hash"]}
        )

    happen(note="kini")

    verdict = verify()
    assert (verdict.is_whole, verdict.row_count) == (True, 3)
    assert [row.note for row in events_of_enterprise(PLACE)] == ["kini", None, "dulu"]
    assert events_of_enterprise(PLACE)[2].changes == {"tool": [None, "Oven lama"]}
