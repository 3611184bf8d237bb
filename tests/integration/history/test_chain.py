"""The chain names what was changed by hand, whoever took the triggers away."""

from __future__ import annotations

import threading
import time
from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from app.core.clock import utc_now
from app.core.ids import new_id
from app.db import db
from app.db.transaction import transaction
from app.history.jobs import write_daily_anchor
from app.history.models import HistoryCounter, HistoryEntry
from app.history.rules import GENESIS, ChainedRow, register_actions, row_hash
from app.history.services import Change, record, record_many, verify, write_anchor
from app.history.services.anchoring import anchors_file, anchors_in

register_actions({"test.happened": "Terjadi"})
DROP = {
    "sqlite": (
        "DROP TRIGGER history_entry_no_update",
        "DROP TRIGGER history_entry_no_delete",
    ),
    "postgresql": ("DROP TRIGGER history_entry_no_change ON history_entry",),
}
MAKE = {
    "sqlite": tuple(
        f"CREATE TRIGGER history_entry_no_{what.lower()} BEFORE {what} ON history_entry "
        "BEGIN SELECT RAISE(ABORT, 'history is append-only'); END"
        for what in ("UPDATE", "DELETE")
    ),
    "postgresql": (
        (
            "CREATE TRIGGER history_entry_no_change BEFORE UPDATE OR DELETE ON history_entry "
            "FOR EACH ROW EXECUTE FUNCTION refuse_history_change()"
        ),
    ),
}


@pytest.fixture(autouse=True)
def no_anchors(app):
    """The folder outlives a test."""
    anchors_file().unlink(missing_ok=True)


def happen(count=1, **facts):
    with transaction():
        record_many(
            Change(
                action="test.happened",
                subject_type="test",
                subject_id=new_id(),
                by=None,
                **facts,
            )
            for _ in range(count)
        )


def by_hand(*statements, **values):
    """What somebody does who owns the tables."""
    engine = db.engine.dialect.name
    # Taking a trigger away waits for everybody who has read the table.
    db.session.rollback()
    with db.engine.begin() as connection:
        for statement in (*DROP[engine], *statements, *MAKE[engine]):
            connection.execute(text(statement), values)


def chained(row, **changed):
    """What the hash of a row covers, with some of it changed."""
    columns = HistoryEntry.__table__.c
    statement = db.select(*(columns[name] for name in ChainedRow._fields)).where(columns.n == row.n)
    return ChainedRow(*db.session.execute(statement).one())._replace(**changed)


def told(app, *arguments):
    return app.test_cli_runner().invoke(args=["history", *arguments])


def test_rows_are_chained_in_the_order_of_their_numbers(app):
    happen(3, changes={"a": [None, 1]}, note="x")
    happen(2, area_code="33.02.04.2001")

    rows = list(db.session.scalars(db.select(HistoryEntry).order_by(HistoryEntry.n)))

    assert rows[0].prev_hash == GENESIS
    assert [row.prev_hash for row in rows[1:]] == [row.hash for row in rows[:-1]]
    assert db.session.scalar(db.select(HistoryCounter.last_hash)) == rows[-1].hash
    assert verify().is_whole


REPLACE = {
    "sqlite": (
        (
            "INSERT OR REPLACE INTO history_entry (n, at, action, subject_type, subject_id) "
            "SELECT n, at, 'x.y', subject_type, subject_id FROM history_entry WHERE n = 1"
        ),
        (
            "INSERT OR REPLACE INTO history_entry (rowid, n, at, action, subject_type, subject_id) "
            "SELECT rowid, 99, at, 'x.y', subject_type, subject_id FROM history_entry WHERE n = 1"
        ),
    ),
    "postgresql": (
        (
            "INSERT INTO history_entry (n, at, action, subject_type, subject_id) "
            "SELECT n, at, 'x.y', subject_type, subject_id FROM history_entry WHERE n = 1 "
            "ON CONFLICT (n) DO UPDATE SET action = 'x.y'"
        ),
    ),
}


def test_no_row_is_replaced_by_another_either(app):
    happen(2)

    for statement in REPLACE[db.engine.dialect.name]:
        with pytest.raises(DatabaseError, match="append-only"), transaction():
            db.session.execute(text(statement))
    assert verify().is_whole


@pytest.mark.parametrize(
    "value",
    [1, 1.0, 0.1, 1e22, 1e-7, -0.0, True, None, "", "é\u2028", "12", [1, {"b": 2, "a": [1.50]}]],
)
def test_a_value_has_one_hash_whichever_way_the_database_gives_it_back(app, value):
    happen(changes={"z": [None, value], "a": [value, {"k": value}]}, note="catatan — “kutip”")

    assert verify().is_whole


@pytest.mark.parametrize(
    ("statement", "n", "word"),
    [
        ("UPDATE history_entry SET note = 'y' WHERE n = 3", 3, "diubah"),
        ("UPDATE history_entry SET action = 'x.y' WHERE n = 1", 1, "diubah"),
        ("UPDATE history_entry SET area_code = '35' WHERE n = 5", 5, "diubah"),
        ("UPDATE history_entry SET origin = '203.0.113.1' WHERE n = 2", 2, "diubah"),
        ("DELETE FROM history_entry WHERE n = 3", 3, "hilang"),
        ("DELETE FROM history_entry WHERE n = 1", 1, "hilang"),
        ("DELETE FROM history_entry WHERE n > 4", 5, "terpotong"),
        ("UPDATE history_entry SET n = 99 WHERE n = 5", 5, "hilang"),
    ],
)
def test_verifying_names_the_first_row_that_does_not_stand(app, statement, n, word):
    happen(6, note="x")
    by_hand(statement)

    outcome = told(app, "verify")

    assert outcome.exit_code == 1
    assert f"RUSAK di baris {n}:" in outcome.output
    assert word in outcome.output


def test_a_row_that_was_hashed_anew_no_longer_joins_the_next(app):
    happen(4, note="x")
    row = db.session.get(HistoryEntry, 2)
    forged = row_hash(row.prev_hash, chained(row, note="y"))
    by_hand("UPDATE history_entry SET note = 'y', hash = :forged WHERE n = 2", forged=forged)

    verdict = verify()

    assert (verdict.broken_n, verdict.problem) == (
        3,
        "baris ini tidak menyambung ke baris sebelumnya",
    )


def test_a_tail_that_was_cut_with_its_counter_shows_by_the_anchor(app, tmp_path):
    happen(6)
    anchor = tmp_path / "elsewhere.jsonl"
    assert told(app, "anchor", "--file", str(anchor)).exit_code == 0
    fourth = db.session.get(HistoryEntry, 4).hash
    by_hand(
        "DELETE FROM history_entry WHERE n > 4",
        "UPDATE history_counter SET last_n = 4, last_hash = :fourth",
        fourth=fourth,
    )

    assert told(app, "verify").exit_code == 0
    outcome = told(app, "verify", "--anchors", str(anchor))

    assert outcome.exit_code == 1
    assert "RUSAK di baris 5: ekor riwayat terpotong: jangkar tanggal" in outcome.output


def test_a_chain_that_was_written_anew_shows_by_the_anchor(app, tmp_path):
    happen(3, note="x")
    anchor = tmp_path / "elsewhere.jsonl"
    write_anchor(anchor)
    rows = list(db.session.scalars(db.select(HistoryEntry).order_by(HistoryEntry.n)))
    before, statements, hashes = GENESIS, [], {}
    for row in rows:
        own = row_hash(before, chained(row, note="palsu"))
        hashes |= {f"before{row.n}": before, f"own{row.n}": own}
        statements.append(
            f"UPDATE history_entry SET note = 'palsu', prev_hash = :before{row.n}, "  # noqa: S608
            f"hash = :own{row.n} WHERE n = {row.n}"
        )
        before = own
    by_hand(*statements, "UPDATE history_counter SET last_hash = :last", last=before, **hashes)

    assert verify().is_whole
    outcome = told(app, "verify", "--anchors", str(anchor))

    assert outcome.exit_code == 1
    assert "RUSAK di baris 3: baris ini berbeda dari jangkar" in outcome.output


def test_a_whole_chain_says_where_it_ends(app):
    happen(2)
    told(app, "anchor")

    outcome = told(app, "verify")

    assert outcome.exit_code == 0
    assert "Utuh: 2 baris, 1 jangkar cocok." in outcome.output


def test_an_anchor_file_that_is_none_is_told_and_not_passed_over(app, tmp_path):
    happen()
    file = tmp_path / "anchors.jsonl"
    file.write_text('{"n": 1}\n')

    outcome = told(app, "verify", "--anchors", str(file))

    assert outcome.exit_code == 1
    assert "baris 1 bukan jangkar" in outcome.output


def test_the_daily_anchor_is_written_once_a_day(app):
    happen(2)
    write_daily_anchor()
    happen()
    write_daily_anchor()
    with time_machine.travel(utc_now() + timedelta(days=1)):
        write_daily_anchor()

    found = anchors_in(anchors_file())

    assert [anchor.n for anchor in found] == [2, 3]
    assert found[1].on - found[0].on == timedelta(days=1)
    assert isinstance(found[0].on, date)


def test_writers_at_the_same_moment_leave_one_chain(app):
    def write() -> None:
        with app.app_context():
            for number in range(8):
                with transaction():
                    record(
                        subject_type="test",
                        subject_id=new_id(),
                        action="test.happened",
                        by=None,
                        changes={"n": [None, number]},
                    )

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    verdict = verify()
    assert (verdict.is_whole, verdict.row_count) == (True, 32)


@pytest.mark.parametrize("table", ["history_entry", "read_entry"])
def test_emptying_a_table_of_the_past_is_refused(app, table):
    happen()
    statement = "DELETE FROM" if db.engine.dialect.name == "sqlite" else "TRUNCATE"
    if table == "read_entry":
        with transaction():
            from_now = {"id": new_id(), "at": utc_now(), "by": new_id()}
            db.session.execute(
                text(
                    "INSERT INTO read_entry (id, at, account_id, kind, shown_count) "
                    "VALUES (:id, :at, :by, 'page', 1)"
                ),
                {name: str(value) for name, value in from_now.items()},
            )

    with pytest.raises(DatabaseError, match="append-only"), db.engine.begin() as connection:
        connection.execute(text(f"{statement} {table}"))


def test_hashing_costs_little_beside_writing(app):
    row = ChainedRow(
        n=1,
        at=utc_now(),
        account_id=new_id(),
        action="enterprise.created",
        subject_type="enterprise",
        subject_id=new_id(),
        enterprise_id=new_id(),
        area_code="33.02.04.2001",
        origin=None,
        changes=None,
        note=None,
    )
    fingerprint = GENESIS
    started = time.process_time()
    for _ in range(1000):
        fingerprint = row_hash(fingerprint, row)
    hashing = time.process_time() - started
    started = time.process_time()
    happen(1000)
    writing = time.process_time() - started

    assert len(fingerprint) == 64
    assert hashing < writing
