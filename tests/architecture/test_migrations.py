"""Migrations go up, down and up again, and end where the models are, on both engines."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_migrate import check, downgrade, upgrade

from app.db import db
from app.factory import create_app
from app.jobs import prepare_job_tables
from tests import postgres
from tests.conftest import settings_for

CHECKOUT = Path(__file__).resolve().parents[2]
MIGRATIONS = str(CHECKOUT / "migrations")
# Everything that a schema consists of, by name and wording, apart from the tables of the job
# engine, whose schema is its own on PostgreSQL.
ON_SQLITE = """
SELECT type, name, '' FROM sqlite_master
WHERE name NOT LIKE 'sqlite_%' AND name <> 'alembic_version'
"""
ON_POSTGRESQL = """
SELECT 'constraint', conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text <> 'alembic_version'
UNION ALL SELECT 'index', indexname, indexdef FROM pg_indexes
WHERE schemaname = 'public' AND tablename <> 'alembic_version'
UNION ALL SELECT 'trigger', tgname, pg_get_triggerdef(oid) FROM pg_trigger
WHERE NOT tgisinternal AND tgname NOT LIKE 'dbos%'
UNION ALL SELECT 'function', proname, prosrc FROM pg_proc
WHERE pronamespace = 'public'::regnamespace AND proname NOT LIKE 'dbos%'
UNION ALL SELECT 'column', table_name || '.' || column_name,
    concat_ws(' ', data_type, character_maximum_length, is_nullable, column_default,
        collation_name)
FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'alembic_version'
"""


def schema(app: Flask) -> set[tuple[str, str, str]]:
    """What is in the database of an application."""
    statement = ON_SQLITE if db.engine.dialect.name == "sqlite" else ON_POSTGRESQL
    with db.engine.connect() as connection:
        return {tuple(row) for row in connection.execute(sa.text(statement))}


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def two_empty_apps(
    request: pytest.FixtureRequest, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Flask, Flask]]:
    """Two applications, each with an empty database of its own."""
    addresses = [f"sqlite:///{tmp_path / name}.sqlite3" for name in ("one", "two")]
    if request.param == "postgresql":
        folder = postgres.shared_folder(tmp_path_factory)
        mark = tmp_path.parent.name.replace("-", "_")
        addresses = [
            postgres.new_database(folder, f"{mark}_migrations_{name}") for name in ("one", "two")
        ]
    apps = [create_app(settings_for(address, tmp_path)) for address in addresses]
    yield apps[0], apps[1]
    for app, address in zip(apps, addresses, strict=True):
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
        if request.param == "postgresql":
            postgres.drop_database(address)


def test_migrations_end_where_the_models_are(two_empty_apps):
    migrated, made = two_empty_apps
    with made.app_context():
        db.create_all()
        prepare_job_tables(db.engine)
        wanted = schema(made)

    with migrated.app_context(), redirect_stdout(io.StringIO()):
        upgrade(directory=MIGRATIONS)
        check(directory=MIGRATIONS)
        reached = schema(migrated)

    assert reached == wanted


def test_migrations_go_down_to_nothing_and_up_again(two_empty_apps):
    app, _ = two_empty_apps
    with app.app_context():
        upgrade(directory=MIGRATIONS)
        first = schema(app)

        downgrade(directory=MIGRATIONS, revision="base")
        ground = schema(app)
        upgrade(directory=MIGRATIONS)

        ours = set(db.metadata.tables)
        assert not [name for _, name, _ in ground if name.partition(".")[0] in ours]
        assert not [name for kind, name, _ in ground if kind in {"trigger", "function"}]
        assert schema(app) == first


def test_migrations_are_found_from_any_folder(two_empty_apps, tmp_path, monkeypatch):
    app, _ = two_empty_apps
    monkeypatch.chdir(tmp_path)

    with app.app_context():
        upgrade()
        names = sa.inspect(db.engine).get_table_names()

    assert "enterprise" in names


def test_upgrade_of_what_is_up_to_date_changes_nothing(two_empty_apps):
    app, _ = two_empty_apps
    with app.app_context():
        upgrade(directory=MIGRATIONS)
        first = schema(app)

        upgrade(directory=MIGRATIONS)

        assert schema(app) == first


def test_references_are_kept_by_the_same_process_after_an_upgrade(two_empty_apps):
    app, _ = two_empty_apps
    with app.app_context():
        upgrade(directory=MIGRATIONS)

        statement = (
            "INSERT INTO village_program (id, village_code, program, name, source) "
            "VALUES ('01a201d0fabd7b26875b0ee0a9165623', '99', 'LAINNYA', '', '')"
        )
        with (
            pytest.raises(sa.exc.IntegrityError, match=r"(?i)foreign key"),
            db.engine.begin() as connection,
        ):
            connection.exec_driver_sql(statement)
