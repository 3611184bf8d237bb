"""What every kind of test stands on.

Unit tests get nothing from here: no application is made for them, so the database is out of
their reach. Tests in `tests/integration` that ask for `app` run twice, on SQLite and PostgreSQL.
"""

from __future__ import annotations

import importlib
import pkgutil
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher
from flask import Flask
from flask_migrate import stamp

from app.accounts.guards import TOKEN
from app.accounts.services import passwords
from app.core import settings as process_settings
from app.core.permissions import Role
from app.core.settings import Settings
from app.db import db
from app.factory import create_app
from app.jobs import prepare_job_tables
from tests import factories as factory_modules
from tests import postgres
from tests.browserless import CleanClient, watch_writes
from tests.factories import accounts as account_factory
from tests.factories.accounts import signed_in_token

ENGINES = ("sqlite", "postgresql")
OWN = Path(__file__).parent
# What takes minutes in one piece begins before what is short, so that no worker is left alone with
# it at the end; the browser's part comes last, the longest of it first.
LATER = (
    OWN / "integration" / "access",
    OWN / "e2e" / "test_pages.py",
    OWN / "e2e" / "field",
    OWN / "e2e",
)


# One call for all tables. The tables of the past refuse to be emptied, but for who may switch
# triggers off. To delete a few rows is quicker than to make a table's files anew; what those rows
# leave behind goes when it has become more than some pages.
_EMPTY_POSTGRESQL = """
DO $$
DECLARE
  one record;
BEGIN
  SET LOCAL session_replication_role = replica;
  FOR one IN
    SELECT oid, oid::regclass AS name FROM pg_class
    WHERE relkind = 'r' AND relnamespace::regnamespace::text IN ('public', 'dbos')
      AND relname NOT LIKE '%migrations%' AND relname <> 'alembic_version'
      AND pg_relation_size(oid) > 0
  LOOP
    IF pg_relation_size(one.oid) > 65536 THEN
      EXECUTE format('TRUNCATE %s CASCADE', one.name);
    ELSE
      EXECUTE format('DELETE FROM %s', one.name);
    END IF;
  END LOOP;
END $$
"""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what needs the application on both engines."""
    if "engine_name" in metafunc.fixturenames:
        marks = {"postgresql": [pytest.mark.postgresql], "sqlite": []}
        metafunc.parametrize(
            "engine_name",
            [pytest.param(name, marks=marks[name]) for name in ENGINES],
            scope="session",
        )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the long parts where they keep all workers busy to the end."""
    items.sort(key=lambda item: _place(item.path))


def _place(file: Path) -> int:
    parts = {file, *file.parents}
    return next((place for place, part in enumerate(LATER, start=1) if part in parts), 0)


def settings_for(database_url: str, folder: Path) -> Settings:
    """Settings of a test's application: fixed keys, its own folder."""
    return Settings(
        database_url=database_url,
        secret_key="a key for tests that opens nothing else",
        nik_key=b"n" * 32,
        nik_index_key=b"i" * 32,
        folder=folder,
        # Tests of the second factor switch it on.
        require_second_factor=False,
    )


def make_tables(app: Flask) -> None:
    """All tables, ours and the job engine's, in the application's empty database."""
    with app.app_context():
        db.create_all()
        stamp()
        prepare_job_tables(db.engine)
        db.engine.dispose()


@pytest.fixture(scope="session")
def prepared_app(
    engine_name: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SimpleNamespace]:
    """One application per engine and worker, and how to empty its database."""
    folder = tmp_path_factory.mktemp(engine_name)
    if engine_name == "sqlite":
        made = _on_sqlite(folder)
    else:
        made = _on_postgresql(folder, tmp_path_factory)
    made.app.config["TESTING"] = True
    made.app.config["WTF_CSRF_ENABLED"] = False
    made.app.test_client_class = CleanClient
    with made.app.app_context():
        watch_writes(db.engine)
    yield made
    with made.app.app_context():
        db.session.remove()
        db.engine.dispose()


def _on_sqlite(folder: Path) -> SimpleNamespace:
    file, template = folder / "test.sqlite3", folder / "template.sqlite3"
    app = create_app(settings_for(f"sqlite:///{file}", folder))
    make_tables(app)
    emptying = sa.create_engine(f"sqlite:///{file}")
    with emptying.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    # A connection left open would keep the old log beside the new one: another process on the
    # same file would then not see what this one writes.
    emptying.dispose()
    shutil.copyfile(file, template)

    def empty() -> None:
        db.engine.dispose()
        for suffix in ("-wal", "-shm"):
            file.with_name(file.name + suffix).unlink(missing_ok=True)
        shutil.copyfile(template, file)

    return SimpleNamespace(app=app, empty=empty)


def _on_postgresql(folder: Path, factory: pytest.TempPathFactory) -> SimpleNamespace:
    run_folder = postgres.shared_folder(factory)

    def prepare(address: str) -> None:
        make_tables(create_app(settings_for(address, folder)))

    address = postgres.new_database(run_folder, folder.parent.name, prepare=prepare)
    app = create_app(settings_for(address, folder))

    def empty() -> None:
        db.session.execute(sa.text(_EMPTY_POSTGRESQL))
        db.session.commit()

    return SimpleNamespace(app=app, empty=empty)


@pytest.fixture
def app(prepared_app: SimpleNamespace) -> Iterator[Flask]:
    """The application with an empty database, inside its context."""
    application: Flask = prepared_app.app
    # Settings are bound to the process: the last application made may be the other engine's.
    process_settings.bind(
        settings_for(
            application.config["SQLALCHEMY_DATABASE_URI"],
            Path(application.config["PULIH_FOLDER"]),
        )
    )
    with application.app_context():
        prepared_app.empty()
        yield application
        db.session.rollback()


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> None:
    """Argon2id with the least work: the tests check what is done with it, not its cost."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    passwords.HASHER = cheap
    passwords._NOBODY = cheap.hash("nobody")
    account_factory._HASH = cheap.hash(account_factory.PASSWORD)


@pytest.fixture
def client(app: Flask) -> CleanClient:
    """A caller whom nobody knows."""
    made = app.test_client()
    assert isinstance(made, CleanClient)
    return made


@pytest.fixture
def factories(app: Flask) -> SimpleNamespace:
    """Every maker of `tests/factories`, by its name; the places they need are there."""
    makers = {}
    for module in pkgutil.iter_modules(factory_modules.__path__):
        loaded = importlib.import_module(f"tests.factories.{module.name}")
        makers.update(
            {
                name: maker
                for name, maker in vars(loaded).items()
                if callable(maker)
                and not name.startswith("_")
                and getattr(maker, "__module__", "") == loaded.__name__
            }
        )
    return SimpleNamespace(**makers)


@pytest.fixture
def as_role(app: Flask, factories: SimpleNamespace) -> Callable[..., CleanClient]:
    """A caller with a role in an area: `as_role(Role.MENTOR, "33.02")`; `.account` is theirs."""

    def signed_in(role: Role, area: str = "33.02", account: object = None) -> CleanClient:
        person = account or factories.account(role=role, area=area)
        client = app.test_client()
        assert isinstance(client, CleanClient)
        token = signed_in_token(person)
        client.account_id = person.id
        db.session.rollback()
        with client.session_transaction() as cookie:
            cookie[TOKEN] = token
        return client

    return signed_in


@pytest.fixture
def officer_client(as_role: Callable[..., CleanClient]) -> CleanClient:
    """A labour officer of Banyumas (33.02)."""
    return as_role(Role.LABOUR_OFFICER)


@pytest.fixture
def mentor_client(as_role: Callable[..., CleanClient]) -> CleanClient:
    """A mentor who works in Banyumas and to whom nothing is assigned yet."""
    return as_role(Role.MENTOR)


@pytest.fixture
def admin_client(as_role: Callable[..., CleanClient]) -> CleanClient:
    """An admin of the whole country."""
    return as_role(Role.ADMIN, "")
