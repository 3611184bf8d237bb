"""A database of its own for a benchmark, on either engine, thrown away at the end."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from flask_migrate import stamp

from app.core.settings import Settings
from app.db import db
from app.db.transaction import transaction
from app.factory import create_app
from app.jobs import prepare_job_tables
from app.places.services import load_bundled
from scripts.local_postgres import LocalPostgres

ENGINES = ("sqlite", "postgresql")
IMPORT_ROWS = 100_000
IMPORT_BYTES = 100_000_000


@contextmanager
def stage(engine: str, *, with_places: bool = True) -> Iterator[Flask]:
    """An application with empty tables, inside its context.

    PostgreSQL runs without flushing to disk, so figures of writing are those of the work itself.
    """
    with tempfile.TemporaryDirectory(prefix="bench-", dir="/tmp") as name:
        folder = Path(name)
        if engine == "sqlite":
            with _application(f"sqlite:///{folder}/bench.sqlite3", folder, with_places) as app:
                yield app
            return
        server = LocalPostgres(folder / "postgres", durable=False)
        # The server's own user must be able to get there.
        folder.chmod(0o711)
        server.start()
        try:
            with _application(server.url, folder, with_places) as app:
                yield app
        finally:
            server.stop()


@contextmanager
def _application(url: str, folder: Path, with_places: bool) -> Iterator[Flask]:
    app = create_app(
        Settings(
            database_url=url,
            secret_key="a key for benchmarks that opens nothing else",
            nik_key=b"n" * 32,
            nik_index_key=b"i" * 32,
            folder=folder,
            import_max_rows=IMPORT_ROWS,
            import_max_bytes=IMPORT_BYTES,
            upload_max_bytes=IMPORT_BYTES,
            # What is measured is the page, not the way to it.
            require_second_factor=False,
        )
    )
    with app.app_context():
        db.create_all()
        stamp()
        prepare_job_tables(db.engine)
        if with_places:
            with transaction():
                load_bundled()
        try:
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()
