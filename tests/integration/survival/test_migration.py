"""A migration is killed at each of its statements: what was there stays, and it runs again."""

from __future__ import annotations

import io
import os
import warnings
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import Engine, event

from app.db import db
from app.factory import create_app
from tests import postgres
from tests.architecture.test_migrations import MIGRATIONS, schema
from tests.conftest import settings_for

pytestmark = pytest.mark.slow
# The first version that was released; what follows moves data.
FIRST = "0002"
KILLED, DONE = 9, 0
# Each attempt takes a connection to the server, of which there are hundreds of statements.
EVERY = {"sqlite": 1, "postgresql": 5}
ROWS = """
INSERT INTO area (code, name, level, kind, parent_code, search_name, search_path)
VALUES ('33', 'Jawa Tengah', 'provinsi', 'provinsi', NULL, 'jawa tengah', 'jawa tengah');
INSERT INTO history_counter (id, last_n) VALUES (1, 2);
INSERT INTO history_entry (n, at, action, subject_type, subject_id)
VALUES (1, '2026-11-01 00:00:00', 'enterprise.created', 'enterprise',
        '01a201d0fabd7b26875b0ee0a9165623'),
    (2, '2026-11-02 00:00:00', 'enterprise.updated', 'enterprise',
        '01a201d0fabd7b26875b0ee0a9165623')
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An empty database and an application on it, which is made once."""

    engine: str
    address: str
    app: Flask

    def inside(self, ask: Callable[[Flask], Any]) -> Any:
        """What `ask` finds, with no connection left behind, which a fork would share."""
        with self.app.app_context():
            found = ask(self.app)
            db.session.remove()
            db.engine.dispose()
        return found


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def place(
    request: pytest.FixtureRequest, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Place]:
    address = f"sqlite:///{tmp_path / 'killed.sqlite3'}"
    if request.param == "postgresql":
        shared = postgres.shared_folder(tmp_path_factory)
        mark = tmp_path.parent.name.replace("-", "_")
        address = postgres.new_database(shared, f"{mark}_killed")
    app = create_app(settings_for(address, tmp_path))
    yield Place(engine=request.param, address=address, app=app)
    if request.param == "postgresql":
        postgres.drop_database(address)


def attempt(place: Place, *, kill_at: int | None, revision: str = "head") -> int:
    """Upgrade in a process of its own that dies before its statement number `kill_at`."""
    with warnings.catch_warnings():
        # Later versions of Python warn of threads, of which the child uses none.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        code = 1
        try:
            if kill_at is not None:
                _die_at(kill_at)
            with place.app.app_context(), redirect_stdout(io.StringIO()):
                upgrade(directory=MIGRATIONS, revision=revision)
            code = DONE
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def _die_at(number: int) -> None:
    count = 0

    def die(*_: object) -> None:
        nonlocal count
        count += 1
        if count == number:
            os._exit(KILLED)

    event.listen(Engine, "before_cursor_execute", die)


def contents(app: Flask) -> tuple[Any, ...]:
    """The schema, its version, and the rows that were there before."""
    with db.engine.connect() as connection:
        version = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
        counts = [
            connection.scalar(sa.text(f"SELECT count(*) FROM {table}"))  # noqa: S608
            for table in ("area", "history_entry", "history_counter")
        ]
    return frozenset(schema(app)), version, counts


def test_killed_at_any_statement_it_leaves_the_old_or_the_new_and_can_be_run_again(place):
    assert attempt(place, kill_at=None, revision=FIRST) == DONE
    place.inside(_fill)
    old = place.inside(contents)

    outcomes, number = [], 1
    while True:
        outcome = attempt(place, kill_at=number)
        assert outcome in (KILLED, DONE)
        now = place.inside(contents)
        outcomes.append(now[1])
        if outcome == DONE:
            break
        if now[1] == FIRST:
            assert now == old
            number += EVERY[place.engine]
        else:
            # The schema is the new one; what is left are the job engine's own tables.
            number = 1 if outcomes[-2] == FIRST else number + EVERY[place.engine]

    fresh = _fresh(place)
    assert now[0] == fresh
    assert now[2] == old[2]
    assert outcomes.count(FIRST) > 10


def _fill(_: Flask) -> None:
    with db.engine.begin() as connection:
        for statement in ROWS.split(";"):
            connection.execute(sa.text(statement))


def _fresh(place: Place) -> frozenset[tuple[str, str, str]]:
    """The schema of an installation that was never interrupted."""
    address = f"{place.address}.fresh"
    if place.engine == "postgresql":
        url = sa.make_url(place.address)
        root = sa.create_engine(url, isolation_level="AUTOCOMMIT")
        with root.connect() as connection:
            connection.exec_driver_sql(f'CREATE DATABASE "{url.database}_fresh"')
        root.dispose()
        address = url.set(database=f"{url.database}_fresh").render_as_string(hide_password=False)
    folder = Path(place.app.config["PULIH_FOLDER"])
    app = create_app(settings_for(address, folder))
    other = Place(engine=place.engine, address=address, app=app)
    assert attempt(other, kill_at=None) == DONE
    found: frozenset[tuple[str, str, str]] = other.inside(contents)[0]
    if place.engine == "postgresql":
        postgres.drop_database(address)
    return found
