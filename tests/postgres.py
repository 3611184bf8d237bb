"""Databases on a real PostgreSQL, for tests.

`TEST_DATABASE_URL` wins, if it is given (its role must be allowed to create databases). Else the
first worker that asks starts a server of our own; all workers of one run share it, and it ends
with the run, however that ends.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import URL, make_url

from config import with_driver

CHECKOUT = Path(__file__).resolve().parent.parent
START_SECONDS = 90

_launchers: list[subprocess.Popen[bytes]] = []


def shared_folder(factory: pytest.TempPathFactory) -> Path:
    """The temporary folder that all workers of this run share."""
    own = factory.getbasetemp()
    return own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own


def server(run_folder: Path) -> URL:
    """The address of the server that all workers of this run share, started if need be.

    `run_folder` is a folder that they share too.

    Raises:
        RuntimeError: no PostgreSQL can be had. A test run without it must fail.
    """
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        return make_url(with_driver(given))
    with _alone(run_folder):
        pointer = run_folder / "postgres-folder"
        if not pointer.exists():
            pointer.write_text(str(_start(run_folder)), encoding="utf-8")
        folder = Path(pointer.read_text(encoding="utf-8"))
    return make_url((folder / "url").read_text(encoding="utf-8"))


def new_database(
    run_folder: Path,
    name: str,
    *,
    prepare: Callable[[str], None] | None = None,
    template: str = "tables",
) -> str:
    """The address of a fresh database of this name.

    With `prepare`, it is a copy of the template of that name, which `prepare(address)` filled once
    for the run; a copy takes some 50 ms.
    """
    root = server(run_folder)
    mark = f"{run_folder.parent.name}_{run_folder.name}".replace("-", "_").lower()[-40:]
    with _alone(run_folder):
        model = f"pulih_{template}_{mark}"
        if prepare and not _has(root, model):
            # Under its final name only when it is whole: a worker that fails leaves nothing behind.
            _drop(root, f"{model}_new")
            _create(root, f"{model}_new")
            prepare(_address(root, f"{model}_new"))
            _rename(root, f"{model}_new", model)
        full_name = f"pulih_{mark}_{name}"
        _drop(root, full_name)
        _create(root, full_name, template=model if prepare else "template0")
    return _address(root, full_name)


def drop_database(address: str) -> None:
    """Remove a database that `new_database` made."""
    url = make_url(address)
    with _connected(url.set(database="postgres")) as connection:
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(
                sql.Identifier(str(url.database))
            )
        )


def _start(run_folder: Path) -> Path:
    # Sockets want a short path, and the server's user must reach it: so not below `run_folder`.
    folder = Path(tempfile.mkdtemp(prefix="pulih-pg-", dir="/tmp"))
    # With xdist the run is the parent of this worker; alone it is this process itself.
    owner = os.getppid() if os.environ.get("PYTEST_XDIST_WORKER") else os.getpid()
    words = folder / "launcher.log"
    launcher = subprocess.Popen(
        [
            sys.executable,
            CHECKOUT / "scripts" / "local_postgres.py",
            folder,
            "--while-alive",
            str(owner),
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=os.open(words, os.O_WRONLY | os.O_CREAT),
        start_new_session=True,
    )
    # It outlives this function; without a reference Python would warn about that.
    _launchers.append(launcher)
    until = time.monotonic() + START_SECONDS
    while not (folder / "url").exists():
        if launcher.poll() is not None:
            raise RuntimeError(f"PostgreSQL did not start: {words.read_text(encoding='utf-8')}")
        if time.monotonic() > until:
            launcher.terminate()
            raise RuntimeError("PostgreSQL did not start in time")
        time.sleep(0.05)
    return folder


@contextmanager
def _alone(run_folder: Path) -> Iterator[None]:
    """One worker of the run at a time."""
    run_folder.mkdir(parents=True, exist_ok=True)
    with (run_folder / "postgres.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _connected(url: URL) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        yield connection


def _address(root: URL, name: str) -> str:
    return root.set(database=name).render_as_string(hide_password=False)


def _has(root: URL, name: str) -> bool:
    with _connected(root) as connection:
        return (
            connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
            is not None
        )


def _create(root: URL, name: str, *, template: str = "template0") -> None:
    with _connected(root) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )


def _rename(root: URL, old: str, new: str) -> None:
    with _connected(root) as connection:
        connection.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                sql.Identifier(old), sql.Identifier(new)
            )
        )


def _drop(root: URL, name: str) -> None:
    with _connected(root) as connection:
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )
