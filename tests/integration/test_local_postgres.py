"""The PostgreSQL that tests and `scripts/run --postgres` start by themselves."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests import postgres

CHECKOUT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 60


@pytest.fixture
def folder() -> Iterator[Path]:
    """A short path, as sockets need it."""
    with tempfile.TemporaryDirectory(prefix="pg-", dir="/tmp") as name:
        yield Path(name)


def serve(folder: Path, *options: str) -> subprocess.Popen[bytes]:
    """A launcher that is up and answering."""
    launcher = subprocess.Popen(
        [sys.executable, CHECKOUT / "scripts" / "local_postgres.py", folder, *options]
    )
    until = time.monotonic() + PATIENCE_SECONDS
    while not (folder / "url").exists():
        assert launcher.poll() is None
        assert time.monotonic() < until
        time.sleep(0.05)
    return launcher


def ask(folder: Path, statement: str) -> object:
    """The single value that a statement gives."""
    address = (folder / "url").read_text(encoding="utf-8").replace("+psycopg", "")
    with psycopg.connect(address, autocommit=True) as connection:
        cursor = connection.execute(statement.encode())
        return cursor.fetchone()[0] if cursor.description else None


def test_kept_server_keeps_its_rows_over_a_restart(folder):
    launcher = serve(folder, "--durable")
    ask(folder, "CREATE TABLE kept AS SELECT 7 AS n")
    launcher.send_signal(signal.SIGINT)
    launcher.wait(PATIENCE_SECONDS)

    launcher = serve(folder, "--durable")

    assert ask(folder, "SELECT n FROM kept") == 7
    assert ask(folder, "SHOW fsync") == "on"
    launcher.terminate()
    assert launcher.wait(PATIENCE_SECONDS) == 0


def test_server_of_a_killed_launcher_is_replaced(folder):
    launcher = serve(folder, "--durable")
    launcher.kill()
    launcher.wait(PATIENCE_SECONDS)
    (folder / "url").unlink()

    launcher = serve(folder, "--durable")

    assert ask(folder, "SELECT 1") == 1
    launcher.terminate()
    launcher.wait(PATIENCE_SECONDS)


def test_server_ends_with_the_process_that_it_serves(folder):
    served = subprocess.Popen(["sleep", "600"])
    launcher = serve(folder, "--while-alive", str(served.pid))

    served.kill()
    served.wait(PATIENCE_SECONDS)

    assert launcher.wait(PATIENCE_SECONDS) == 0
    assert not (folder / "data").exists()


def test_letters_and_sorting_are_those_that_the_code_counts_on(tmp_path_factory):
    root = postgres.server(postgres.shared_folder(tmp_path_factory))

    address = root.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address) as connection:
        row = connection.execute("SELECT lower('ÉNAK'), 'a' > 'B', current_setting('TimeZone')")

        assert row.fetchone() == ("énak", True, "UTC")


def test_server_does_not_run_as_root(folder):
    launcher = serve(folder)

    owner = (folder / "data").stat().st_uid

    assert owner == (os.geteuid() or owner)
    assert owner != 0
    launcher.terminate()
    launcher.wait(PATIENCE_SECONDS)
