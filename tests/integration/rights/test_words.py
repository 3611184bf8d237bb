"""What was written in the history about somebody goes with them, and the chain still stands."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from app.core.clock import utc_now
from app.core.ids import new_id
from app.core.permissions import Role
from app.db import db
from app.db.transaction import transaction
from app.field.models import FieldDevice, InboxItem, SyncOperation
from app.history.models import HistoryEntry, HistoryWords
from app.history.rules import register_actions
from app.history.services import Change, record_many, verify
from app.quality.models import Merger
from app.rights.services import erase
from tests.integration.rights.person import CANARY, everything_held, filled_person

register_actions({"test.happened": "Terjadi"})


@pytest.fixture
def person(factories):
    return filled_person(factories)


def written(*places: tuple[str, object, object]) -> None:
    """Words about somebody, in the history of things of theirs: (kind, id, enterprise id)."""
    with transaction():
        record_many(
            Change(
                action="test.happened",
                subject_type=kind,
                subject_id=subject_id,
                enterprise_id=enterprise_id,
                by=None,
                changes={"tool": [None, f"Oven {CANARY}"], "amount": [None, 5]},
                note=f"alasan {CANARY}",
            )
            for kind, subject_id, enterprise_id in places
        )


def forget(person: SimpleNamespace) -> None:
    with transaction():
        erase(owner_id=person.owner_id, by=None)


def merger(factories, kept_id, gone_id, *, undone=False, gone_owner=None):
    now = utc_now()
    by = factories.account(role=Role.LABOUR_OFFICER).id
    before = {"owner": [{"id": str(gone_owner)}]} if gone_owner else {}
    with transaction() as session:
        session.add(
            Merger(
                id=new_id(),
                kept_id=kept_id,
                gone_id=gone_id,
                kept_name=f"Kini {CANARY}",
                gone_name=f"Dulu {CANARY}",
                area_code="33.02.04.2001",
                merged_by=by,
                merged_at=now,
                undo_until=now,
                before={**before, "enterprise": [{"name": f"Dulu {CANARY}"}]},
                kept_version=1,
                undone_at=now if undone else None,
            )
        )


def test_no_word_about_a_person_is_left_anywhere_and_the_chain_stands(app, factories, person):
    visit = db.session.scalar(sa.select(db.metadata.tables["visit"].c.id))
    once, before_that, old_owner = new_id(), new_id(), new_id()
    merger(factories, person.enterprise_id, once, gone_owner=old_owner)
    merger(factories, once, before_that)
    written(
        ("owner", person.owner_id, None),
        ("enterprise", person.enterprise_id, person.enterprise_id),
        ("visit", visit, None),
        ("aid_case", new_id(), person.enterprise_id),
        ("account", person.account_id, None),
        ("enterprise", once, once),
        ("enterprise", before_that, before_that),
        ("owner", old_owner, None),
    )
    before = [(row.n, row.action, row.subject_id) for row in history()]
    assert CANARY in everything_held()
    assert (CANARY.encode() in on_disk()) == (db.engine.dialect.name == "sqlite")

    forget(person)

    after = history()
    verdict = verify()
    assert CANARY not in everything_held()
    assert CANARY.encode() not in on_disk()
    assert [(row.n, row.action, row.subject_id) for row in after][: len(before)] == before
    assert [row.changes["amount"] for row in after if "amount" in row.changes] == [[None, 5]] * 8
    assert (verdict.is_whole, verdict.erased_count >= 8) == (True, True)


def test_what_a_phone_sent_before_the_enterprise_was_here_goes_too(app, person):
    now, device, op = utc_now(), new_id(), new_id()
    with transaction() as session:
        session.add(
            FieldDevice(
                id=device,
                account_id=person.mentor.id,
                label="HP",
                expires_at=now,
                created_at=now,
            )
        )
        session.flush()
        session.add(
            SyncOperation(
                op_id=op,
                device_id=device,
                account_id=person.mentor.id,
                n=1,
                type="enterprise.create",
                schema_version=1,
                record_id=person.enterprise_id,
                enterprise_id=person.enterprise_id,
                payload_sha256="0" * 64,
                payload_sealed=CANARY.encode(),
                extra={"baru": f"kata {CANARY}"},
                status="review",
                answer={},
                occurred_at=now,
                received_at=now,
            )
        )
        session.flush()
        session.add(
            InboxItem(
                id=new_id(),
                kind="tinjau",
                code="nik_taken",
                op_id=op,
                sent_by=person.mentor.id,
                area_code="33.02.04.2001",
                values_sealed=CANARY.encode(),
                state="selesai",
                decision="terima",
                decision_note=f"catatan {CANARY}",
                decided_by=person.mentor.id,
                decided_at=now,
                created_at=now,
            )
        )

    forget(person)

    assert CANARY not in everything_held()


def test_words_about_others_stay(app, factories, person):
    other = factories.enterprise(owner=factories.owner())
    written(("enterprise", other.id, other.id))

    forget(person)

    assert [row.note for row in history() if row.subject_id == other.id][-1] == f"alasan {CANARY}"


def test_the_history_of_somebody_else_forgets_the_name_that_a_merger_left_there(
    app, factories, person
):
    other = factories.enterprise(owner=factories.owner(), name="Lain")
    merger(factories, other.id, person.enterprise_id, undone=True)
    with transaction():
        record_many(
            Change(
                action=action,
                subject_type="enterprise",
                subject_id=other.id,
                enterprise_id=other.id,
                by=None,
                note=note,
            )
            for action, note in (
                ("enterprise.merged", f"Warung {CANARY}"),
                ("test.happened", "alasannya sendiri"),
            )
        )

    forget(person)

    assert CANARY not in everything_held()
    assert "alasannya sendiri" in [row.note for row in history()]


def test_an_erasure_is_told_by_verifying_and_on_the_page_of_changes(
    app, admin_client, factories, person
):
    written(("owner", person.owner_id, None))
    forget(person)

    told = app.test_cli_runner().invoke(args=["history", "verify"])
    page = admin_client.get("/jejak").get_data(as_text=True)

    assert told.exit_code == 0
    assert "baris dihapus atas permintaan pemilik." in told.output
    assert "Kata-kata di riwayat dihapus" in page
    assert CANARY not in page


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE history_words SET words = '[{}, \"lain\"]'",
        "UPDATE history_words SET erased_on = '2026-01-01'",
        "UPDATE history_words SET n = 99, salt = NULL, words = NULL, erased_on = '2026-01-01'",
        "DELETE FROM history_words",
    ],
)
def test_the_database_lets_nothing_but_an_erasure_touch_words(app, factories, statement):
    written(("owner", new_id(), None))

    with pytest.raises(DatabaseError, match="append-only"), transaction():
        db.session.execute(sa.text(statement))

    assert verify().is_whole


def test_what_was_erased_once_is_not_written_again(app, person):
    written(("owner", person.owner_id, None))
    forget(person)
    back = sa.text("UPDATE history_words SET salt = :salt, words = 'x', erased_on = NULL")

    with pytest.raises(DatabaseError, match="append-only"), transaction():
        db.session.execute(back, {"salt": b"0" * 16})

    assert db.session.scalar(sa.select(sa.func.count(HistoryWords.words))) == 0


def history() -> list[HistoryEntry]:
    db.session.expire_all()
    return list(db.session.scalars(sa.select(HistoryEntry).order_by(HistoryEntry.n)))


def on_disk() -> bytes:
    """What lies in the file of the database, free pages and search index included."""
    db.session.rollback()
    name = db.engine.url.database
    if db.engine.dialect.name != "sqlite" or not name:
        return b""
    with db.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return b"".join(path.read_bytes() for path in Path(name).parent.glob(f"{Path(name).name}*"))
