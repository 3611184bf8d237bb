"""The two roles of `deploy/`: the one that serves pages changes neither schema nor past."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from flask_migrate import upgrade

from app.db import db
from app.factory import create_app
from app.history.models import HistoryEntry
from config import with_driver
from tests.browserless import CleanClient
from tests.conftest import settings_for
from tests.factories.enterprises import village_rows
from tests.integration.survival.conftest import stored
from tests.integration.survival.test_postgresql import (
    PATIENCE_SECONDS,
    Server,
    officer,
    send,
    server,
)

__all__ = ["server"]
pytestmark = pytest.mark.postgresql
DEPLOY = Path(__file__).resolve().parents[3] / "deploy"


def statements(name: str) -> list[str]:
    """The statements of a script; what speaks to psql alone is left out."""
    lines = (DEPLOY / name).read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.startswith(("--", "\\")))
    return [one.replace("DATABASE pulih ", "DATABASE pulih_roles ") for one in text.split(";")]


def as_role(url: str, role: str | None = None) -> str:
    """The address of the database that the scripts made, for one role."""
    made = sa.make_url(with_driver(url)).set(database="pulih_roles")
    return (made.set(username=role) if role else made).render_as_string(hide_password=False)


def run(url: str, wanted: list[str]) -> None:
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        for statement in filter(str.strip, wanted):
            connection.execute(statement.encode())


@pytest.fixture
def addresses(server: Server, tmp_path: Path) -> tuple[str, str]:
    """A database set up as `deploy/README.md` says; the addresses of owner and application."""
    before, after = [], []
    for statement in statements("postgresql-roles.sql"):
        is_before = statement.strip().startswith(("CREATE ROLE", "CREATE DATABASE"))
        (before if is_before else after).append(statement)
    run(server.url, before)
    run(as_role(server.url), after)
    owner, application = as_role(server.url, "pulih_owner"), as_role(server.url, "pulih_app")
    app = create_app(settings_for(owner, tmp_path))
    with app.app_context():
        upgrade()
        db.session.remove()
        db.engine.dispose()
    run(owner, statements("postgresql-past.sql"))
    return owner, application


def test_pages_and_worker_do_with_few_rights(addresses, tmp_path):
    _, application = addresses
    app = create_app(settings_for(application, tmp_path))
    app.config["WTF_CSRF_ENABLED"] = False
    app.test_client_class = CleanClient
    with app.app_context():
        village = village_rows()
        client = officer(app)

        assert send(client, village, "Satu") == 303
        assert stored() == (1, 1)
        for statement in (
            "CREATE TABLE lain (id int)",
            "ALTER TABLE enterprise ADD COLUMN lain int",
            "DELETE FROM history_entry",
            "UPDATE history_entry SET note = 'lain'",
            "TRUNCATE history_entry",
            "DELETE FROM read_entry",
            "DELETE FROM history_words",
            "UPDATE alembic_version SET version_num = '0001'",
        ):
            with (
                pytest.raises(sa.exc.ProgrammingError, match=r"permission denied|must be owner"),
                db.engine.begin() as connection,
            ):
                connection.exec_driver_sql(statement)
        assert db.session.scalar(sa.select(sa.func.count()).select_from(HistoryEntry)) == 1
        db.session.remove()
        db.engine.dispose()

    worker = subprocess.Popen(
        [sys.executable, "-m", "app.worker"],
        cwd=DEPLOY.parent,
        env={
            "PATH": os.environ.get("PATH", ""),
            "DATABASE_URL": application,
            "DATA_DIR": str(tmp_path),
            "PYTHONUNBUFFERED": "1",
        },
        stdout=subprocess.PIPE,
        text=True,
    )
    with worker:
        assert "siap" in worker.stdout.readline()
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(PATIENCE_SECONDS) == 0
