"""Backup, restore and verify, rehearsed on both engines."""

from __future__ import annotations

import json
import tarfile
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.core import settings
from app.db import db
from app.db.schema import expected_revision
from app.db.transaction import transaction
from app.enterprises.models import Enterprise, Owner
from app.enterprises.services.owners import unsealed_nik
from app.files.queries import folder, open_photo
from app.history.models import HistoryEntry
from app.history.services import record
from tests.conftest import settings_for
from tests.integration.backup.conftest import CANARIES, OTHER_KEY


def run(app, *arguments):
    db.session.rollback()
    # A command runs in the context that is open, which may be another application's.
    with app.app_context():
        return app.test_cli_runner().invoke(args=list(arguments))


def backed_up(app, target: Path) -> Path:
    done = run(app, "backup", "--to", str(target))
    assert done.exit_code == 0, done.output
    (found,) = target.iterdir()
    return found


def rows_of(app):
    done = run(app, "verify", "--json")
    assert done.exit_code == 0, done.output
    rows = json.loads(done.stdout)["rows"]
    # Another epoch begins with a restore.
    return {name: count for name, count in rows.items() if not name.endswith("sync_epoch")}


def everything(app) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table of ours."""
    with app.app_context():
        return {
            table.name: sorted(map(tuple, db.session.execute(sa.select(table))), key=repr)
            for table in db.metadata.sorted_tables
            if table.name != "sync_epoch"
        }


def test_a_restored_backup_has_the_same_rows_photos_and_numbers(app, filled, elsewhere, tmp_path):
    before, counted = everything(app), rows_of(app)
    path = backed_up(app, tmp_path / "backups")
    other = elsewhere()

    restored = run(other, "restore", str(path))

    assert restored.exit_code == 0, restored.output
    assert "BERMASALAH" not in restored.output
    assert rows_of(other) == counted
    assert everything(other) == before
    assert sum(map(len, before.values())) > 15
    with other.app_context():
        owner = db.session.get_one(Owner, filled.owner_id)
        assert unsealed_nik(owner.id, owner.nik_sealed) == "3302145208859999"
        assert open_photo(filled.photo_id).read_bytes()[:2] == b"\xff\xd8"


def test_the_restored_database_keeps_its_rules(app, filled, elsewhere, tmp_path):
    path = backed_up(app, tmp_path / "backups")
    other = elsewhere()
    run(other, "restore", str(path))

    with other.app_context():
        with pytest.raises(sa.exc.DBAPIError, match="append-only"), transaction():
            db.session.execute(sa.update(HistoryEntry).values(note="lain"))
        with pytest.raises(sa.exc.IntegrityError), transaction():
            db.session.execute(sa.update(Enterprise).values(village_code="99.99.99.9999"))
        with transaction():
            record(
                subject_type="enterprise",
                subject_id=filled.first,
                enterprise_id=filled.first,
                action="enterprise.updated",
                by=None,
            )
    assert run(other, "verify").exit_code == 0


def test_a_stolen_backup_tells_nothing_without_its_key(app, filled, tmp_path, monkeypatch):
    path = backed_up(app, tmp_path / "backups")

    content = path.read_bytes()
    monkeypatch.setenv("BACKUP_KEY", OTHER_KEY)
    checked = run(app, "verify", str(path))

    assert not [word for word in CANARIES if word.encode() in content]
    assert b"SQLite" not in content
    assert checked.exit_code == 1
    assert "Kunci tidak cocok" in checked.output
    assert path.stat().st_mode & 0o077 == 0


def test_with_its_key_the_canaries_are_there_but_no_whole_nik(app, filled, tmp_path):
    path = backed_up(app, tmp_path / "backups")

    opened = run(app, "backup-open", str(path), str(tmp_path / "open.tar"))

    assert opened.exit_code == 0, opened.output
    content = (tmp_path / "open.tar").read_bytes()
    assert CANARIES[0].encode() in content
    assert b"3302145208859999" not in content
    with tarfile.open(tmp_path / "open.tar") as archive:
        assert archive.getnames()[0] == "manifest.json"
        assert not [name for name in archive.getnames() if "keys" in name]


def test_an_earlier_key_still_opens_what_it_sealed(app, filled, tmp_path, monkeypatch):
    path = backed_up(app, tmp_path / "backups")
    monkeypatch.setenv("BACKUP_KEY_FALLBACKS", OTHER_KEY)
    assert run(app, "verify", str(path)).exit_code == 0

    first = path.read_bytes()
    monkeypatch.setenv("BACKUP_KEY", OTHER_KEY)
    monkeypatch.setenv("BACKUP_KEY_FALLBACKS", "dGhlIGtleSBvZiBiYWNrdXBzLCBvZiAzMiBieXRlcyE=")

    assert run(app, "verify", str(path)).exit_code == 0
    assert path.read_bytes() == first


@pytest.mark.parametrize("harm", ["cut", "changed", "tail"])
def test_a_broken_backup_changes_nothing(app, filled, elsewhere, tmp_path, harm):
    path = backed_up(app, tmp_path / "backups")
    content = bytearray(path.read_bytes())
    if harm == "cut":
        content = content[: len(content) // 2]
    elif harm == "tail":
        content += b"\x00" * 40
    else:
        content[len(content) // 2] ^= 1
    path.write_bytes(content)
    other = elsewhere()

    restored = run(other, "restore", str(path))

    assert restored.exit_code == 1
    assert "rusak atau terpotong" in restored.output
    with other.app_context():
        assert sa.inspect(db.engine).get_table_names() == []
        assert not (folder()).exists()


def test_nothing_is_ever_restored_over_data(app, filled, tmp_path):
    path = backed_up(app, tmp_path / "backups")
    before = everything(app)

    restored = run(app, "restore", str(path))

    assert restored.exit_code == 1
    assert "sudah berisi" in restored.output
    assert everything(app) == before


def test_a_backup_of_a_newer_program_is_refused(app, filled, elsewhere, tmp_path):
    with transaction():
        db.session.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    path = backed_up(app, tmp_path / "backups")
    with transaction():
        db.session.execute(
            sa.text("UPDATE alembic_version SET version_num = :now"), {"now": expected_revision()}
        )
    other = elsewhere()

    restored = run(other, "restore", str(path))

    assert restored.exit_code == 1
    assert "program yang lebih baru" in restored.output


def test_a_backup_under_load_is_of_one_moment(app, filled, elsewhere, tmp_path):
    stop, count = threading.Event(), 0

    def write() -> None:
        nonlocal count
        while not stop.is_set():
            with app.app_context(), transaction():
                record(
                    subject_type="enterprise",
                    subject_id=filled.first,
                    enterprise_id=filled.first,
                    action="enterprise.updated",
                    by=None,
                )
            count += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        path = backed_up(app, tmp_path / "backups")
    finally:
        stop.set()
        writer.join()
    other = elsewhere()
    restored = run(other, "restore", str(path))

    # "Riwayat" looks whether numbers are missing and whether the counter fits.
    assert restored.exit_code == 0, restored.output
    assert count > 0


def test_only_the_newest_are_kept(app, filled, tmp_path):
    target = tmp_path / "backups"
    target.mkdir()
    for day in ("20260101", "20260102", "20260103"):
        (target / f"pulih-{day}T000000Z.pulih").touch()
    (target / "catatan.txt").touch()

    done = run(app, "backup", "--to", str(target), "--keep", "2")

    assert done.exit_code == 0, done.output
    names = sorted(path.name for path in target.iterdir())
    assert names[:2] == ["catatan.txt", "pulih-20260103T000000Z.pulih"]
    assert len(names) == 3


def test_without_a_key_there_is_no_backup(app, filled, tmp_path, monkeypatch):
    monkeypatch.delenv("BACKUP_KEY")
    monkeypatch.setenv("PULIH_ENV", "production")

    done = run(app, "backup", "--to", str(tmp_path / "backups"))

    assert done.exit_code == 1
    assert "BACKUP_KEY belum diisi" in done.output
    assert "Traceback" not in done.output
    assert not (tmp_path / "backups").exists()


def test_the_key_is_not_in_the_database_nor_in_the_settings_of_the_web_server(app, filled):
    assert "backup" not in str(settings_for("sqlite://", folder())).lower()
    for rows in everything(app).values():
        assert "the key of backups" not in repr(rows)


def test_verify_names_a_photo_that_is_gone_and_one_that_was_changed(app, filled, factories):
    gone = open_photo(filled.photo_id)
    other = factories.stored_photo("blue")
    gone.unlink()
    open_photo(other.id).write_bytes(b"lain")

    done = run(app, "verify")

    assert done.exit_code == 1
    assert "tidak ada" in done.output
    assert "isinya berubah" in done.output


def test_verify_names_numbers_that_the_present_keys_do_not_open(app, filled):
    strange = settings.current()
    settings.bind(
        settings_for(app.config["SQLALCHEMY_DATABASE_URI"], strange.folder).__class__(
            **{
                **{name: getattr(strange, name) for name in strange.__slots__},
                "nik_key": b"x" * 32,
            }
        )
    )

    done = run(app, "verify")

    assert done.exit_code == 1
    assert "NIK tidak dapat dibuka dengan NIK_KEY ini" in done.output


def test_verify_finds_a_summary_that_disagrees(app, filled):
    with transaction():
        db.session.execute(
            sa.update(Enterprise).where(Enterprise.id == filled.first).values(has_plan=True)
        )

    done = run(app, "verify")

    assert done.exit_code == 1
    assert "1 usaha keliru menyebut rencana terapinya" in done.output


def test_verify_finds_a_gap_in_the_history(app, filled):
    engine = db.engine
    trigger = (
        "DROP TRIGGER history_entry_no_delete"
        if engine.dialect.name == "sqlite"
        else "ALTER TABLE history_entry DISABLE TRIGGER USER"
    )
    first = db.session.scalar(sa.select(sa.func.min(HistoryEntry.n)))
    with transaction():
        db.session.execute(sa.text(trigger))
        db.session.execute(sa.delete(HistoryEntry).where(HistoryEntry.n == first))

    done = run(app, "verify")

    if engine.dialect.name != "sqlite":
        with transaction():
            db.session.execute(sa.text("ALTER TABLE history_entry ENABLE TRIGGER USER"))
    assert done.exit_code == 1
    assert "Riwayat: BERMASALAH" in done.output
