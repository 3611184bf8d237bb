"""Another writes long, or there is no room: said plainly, nothing half, reading goes on."""

from __future__ import annotations

import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.accounts.models import LoginSession
from app.core.clock import utc_now
from app.core.permissions import Role
from app.db import db, engine
from app.db.transaction import transaction
from app.files.models import StoredFile
from app.mentoring.models import Visit
from tests.integration.mentoring.test_visits import form, in_care
from tests.integration.survival.conftest import stored


@pytest.fixture
def only_sqlite(engine_name: str) -> bool:
    """Whether the fault is one that only SQLite knows."""
    return engine_name == "sqlite"


@contextmanager
def locked(app) -> Iterator[None]:
    """Another process that holds what a writer needs."""
    other = sa.create_engine(app.config["SQLALCHEMY_DATABASE_URI"])
    with other.connect() as connection:
        driver = connection.connection.driver_connection
        if other.dialect.name == "sqlite":
            driver.execute("BEGIN IMMEDIATE")
        else:
            driver.execute("BEGIN")
            driver.execute("LOCK TABLE village_program, login_session IN EXCLUSIVE MODE")
        yield
        driver.rollback()
    other.dispose()


@contextmanager
def patience(app, milliseconds: int) -> Iterator[None]:
    """Shorter than a person would have, so that the test need not wait."""

    def shorten(driver, _record) -> None:
        if app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
            driver.execute(f"PRAGMA busy_timeout={milliseconds}")
        else:
            driver.execute(f"SET lock_timeout = '{milliseconds}ms'")
            driver.commit()

    db.session.rollback()
    db.engine.dispose()
    sa.event.listen(db.engine, "connect", shorten)
    yield
    sa.event.remove(db.engine, "connect", shorten)
    db.session.rollback()
    db.engine.dispose()


def test_while_another_writes_long_a_form_is_asked_to_wait_and_pages_are_read(
    app, send, officer_client, village
):
    with transaction():
        # The log-in is old enough for its use to be noted.
        db.session.execute(sa.update(LoginSession).values(seen_at=utc_now() - timedelta(hours=1)))
    with patience(app, 200), locked(app):
        refused = send("Terkunci")
        page = officer_client.get(f"/wilayah/{village}")

    accepted = send("Terbuka")

    assert (refused, page.status_code, accepted) == (503, 200, 303)
    assert stored() == (1, 1)


def test_a_writer_waits_some_seconds_before_it_gives_up():
    assert engine.BUSY_TIMEOUT_MS >= 5000


@contextmanager
def room_for(pages: int) -> Iterator[None]:
    """A SQLite file that may grow by so many pages and no further."""
    db.session.rollback()
    with db.engine.connect() as connection:
        present = connection.exec_driver_sql("PRAGMA page_count").scalar_one()

    def limit(driver, _record) -> None:
        driver.execute(f"PRAGMA max_page_count={present + pages}")

    db.engine.dispose()
    sa.event.listen(db.engine, "connect", limit)
    yield
    sa.event.remove(db.engine, "connect", limit)
    db.session.rollback()
    db.engine.dispose()


def test_when_the_disk_is_full_what_was_acknowledged_is_stored_and_nothing_else(
    app, send, officer_client, village, only_sqlite
):
    if not only_sqlite:
        # PostgreSQL's own full disk is told by its state: tests/unit/web/test_database_errors.py.
        assert send("Ada tempat") == 303
        return
    accepted = refused = 0
    with room_for(6):
        while refused < 3:
            status = send(f"Program {accepted + refused} " + "panjang " * 12)
            assert status in (303, 507)
            accepted += status == 303
            refused += status == 507
        page = officer_client.get(f"/wilayah/{village}")

    assert page.status_code == 200
    assert stored() == (accepted, accepted)
    assert accepted > 0
    assert send("Ada tempat lagi") == 303
    assert db.session.scalar(sa.text("PRAGMA integrity_check")) == "ok"


@contextmanager
def no_large_files(size: int) -> Iterator[None]:
    """This process may write no file beyond so many bytes, as if the disk were full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, handler)


def test_a_photo_for_which_there_is_no_room_leaves_no_half_visit(app, factories, as_role):
    client = as_role(Role.MENTOR)
    key = in_care(factories, client.account_id)
    address = f"/kunjungan/baru/{key}"
    folder = Path(app.config["PULIH_FOLDER"]) / "files"

    with no_large_files(1000):
        refused = client.post(
            address, data=form(photo=(factories.photo_upload("green"), "foto.jpg"))
        )
    left = list(folder.rglob(".*")) if folder.exists() else []
    visits = db.session.scalar(sa.select(sa.func.count()).select_from(Visit))
    files = db.session.scalar(sa.select(sa.func.count()).select_from(StoredFile))
    accepted = client.post(address, data=form(photo=(factories.photo_upload("green"), "foto.jpg")))

    assert refused.status_code == 507
    assert "Tempat penyimpanan penuh" in refused.text
    assert (visits, files, left) == (0, 0, [])
    assert accepted.status_code == 303
