"""Program and database are of different versions: told, never an error, never a silent write."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.db import db
from app.db.schema import SchemaStale, check_schema, expected_revision, known_revisions
from app.db.transaction import transaction
from tests.integration.survival.conftest import stored

CHECKOUT = Path(__file__).resolve().parents[3]
BEFORE = known_revisions()[1]


@contextmanager
def schema_of(app, revision: str) -> Iterator[None]:
    """The database says that it is of another version; this process has not looked yet."""
    _say(revision)
    app.extensions["pulih_schema_known"] = False
    yield
    _say(expected_revision())


def _say(revision: str) -> None:
    with transaction():
        db.session.execute(sa.text("UPDATE alembic_version SET version_num = :r"), {"r": revision})


@pytest.mark.parametrize("revision", [BEFORE, "9999", ""])
def test_another_version_is_told_and_nothing_is_written(
    app, send, officer_client, village, revision
):
    with schema_of(app, revision):
        page = officer_client.get(f"/wilayah/{village}")
        refused = send("Lama")
    after = send("Baru")

    assert page.status_code == 503
    assert "Sistem sedang diperbarui" in page.text
    assert (refused, after) == (503, 303)
    assert stored() == (1, 1)


def test_style_sheets_are_served_meanwhile(app, officer_client):
    with schema_of(app, BEFORE):
        page = officer_client.get("/masuk")
        address = page.text.partition('href="/static/')[2].partition('"')[0]
        sheet = officer_client.get(f"/static/{address}")

    assert sheet.status_code == 200


def test_a_migration_under_a_running_process_is_noticed_by_the_first_failing_statement(
    app, send, officer_client, village
):
    assert send("Sebelum") == 303
    with transaction():
        db.session.execute(sa.text("ALTER TABLE village_program RENAME COLUMN name TO title"))
    _say("9999")

    refused = send("Sesudah")

    with transaction():
        db.session.execute(sa.text("ALTER TABLE village_program RENAME COLUMN title TO name"))
    _say(expected_revision())
    assert refused == 503
    assert send("Lagi") == 303
    assert stored() == (2, 2)


def test_the_words_name_both_versions_and_what_to_do(app):
    with schema_of(app, BEFORE), pytest.raises(SchemaStale) as refusal:
        check_schema(db.engine)

    assert BEFORE in str(refusal.value)
    assert expected_revision() in str(refusal.value)
    assert "flask db upgrade" in str(refusal.value)


def test_the_worker_does_not_start(app, tmp_path):
    with schema_of(app, BEFORE):
        db.session.rollback()
        done = subprocess.run(
            [sys.executable, "-m", "app.worker"],
            cwd=CHECKOUT,
            env={
                "PATH": os.environ.get("PATH", ""),
                "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
                "DATA_DIR": str(tmp_path),
            },
            capture_output=True,
            text=True,
            check=False,
        )

    assert done.returncode == os.EX_CONFIG
    assert "Jalankan: flask db upgrade" in done.stderr
    assert "Traceback" not in done.stderr
