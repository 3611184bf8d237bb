"""`sh scripts/run` as somebody uses it who has just got the checkout."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 240
STOP_SECONDS = 150


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder of data that the database's own user can reach."""
    path = Path(tempfile.mkdtemp(prefix="run-", dir="/tmp"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _heed_interrupt() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def running(folder: Path, port: int, *options: str) -> Iterator[str]:
    """The script at work; gives what it printed until it was ready. Ctrl-C ends it."""
    log = folder / "run.log"
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "SECRET_KEY", "PULIH_ENV", "NIK_KEY", "NIK_INDEX_KEY"}
    }
    with log.open("wb") as output:
        script = subprocess.Popen(
            ["sh", CHECKOUT / "scripts" / "run", *options],
            cwd="/",
            env=environment | {"DATA_DIR": str(folder), "PORT": str(port)},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            # A run in the background ignores Ctrl-C, and a shell can't take that back by itself.
            preexec_fn=_heed_interrupt,  # noqa: PLW1509
        )
    try:
        until = time.monotonic() + PATIENCE_SECONDS
        ready = f"http://localhost:{port}"
        while ready not in (said := log.read_text(encoding="utf-8")):
            assert script.poll() is None, said
            assert time.monotonic() < until, said
            time.sleep(0.2)
        yield said
        # As the terminal does: to all processes in the foreground.
        os.killpg(script.pid, signal.SIGINT)
        assert script.wait(STOP_SECONDS) == 0, log.read_text(encoding="utf-8")
    finally:
        if script.poll() is None:
            os.killpg(script.pid, signal.SIGKILL)
            script.wait(STOP_SECONDS)


def sign_in_page(port: int) -> str:
    """What the server answers to a stranger."""
    with urllib.request.urlopen(
        f"http://127.0.0.1:{port}/masuk", timeout=PATIENCE_SECONDS
    ) as answer:
        return answer.read().decode()


def leftovers(folder: Path) -> list[str]:
    """Processes that still work for a site in this folder, some seconds after its end.

    The watchdog's `sleep` outlives its parent by up to a second.
    """
    until = time.monotonic() + 5
    while (found := _at_work_for(folder)) and time.monotonic() < until:
        time.sleep(0.1)
    return found


def _at_work_for(folder: Path) -> list[str]:
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"DATA_DIR={folder}".encode() in path.read_bytes():
                found.append((path.parent / "cmdline").read_text().replace("\0", " "))
        except (PermissionError, FileNotFoundError, ProcessLookupError):
            continue
    return found


@pytest.mark.parametrize("options", [(), ("--postgres",)], ids=["sqlite", "postgres"])
def test_run_serves_a_demo_world_and_finds_it_again(folder, options):
    port = free_port()

    with running(folder, port, *options) as said:
        assert "pendamping@demo.test" in said
        assert '<html lang="id"' in sign_in_page(port)
    assert leftovers(folder) == []

    begun = time.monotonic()
    with running(folder, port, *options) as said:
        seconds = time.monotonic() - begun
        assert "sudah termuat" in said
        assert "Membuat data contoh" not in said
        assert "disnaker@demo.test" in said
        assert '<html lang="id"' in sign_in_page(port)
    assert leftovers(folder) == []
    # Seconds on a machine that has nothing else to do; tests share theirs.
    assert seconds < 120


def test_run_says_which_port_is_taken(folder):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        done = subprocess.run(
            ["sh", CHECKOUT / "scripts" / "run"],
            env=os.environ | {"DATA_DIR": str(folder), "PORT": str(port)},
            capture_output=True,
            text=True,
            check=False,
        )

    assert done.returncode == 1
    assert f"Port {port} is taken" in done.stderr


def test_run_refuses_production_without_secrets(folder):
    done = subprocess.run(
        ["sh", CHECKOUT / "scripts" / "run"],
        env=os.environ
        | {"DATA_DIR": str(folder), "PULIH_ENV": "production", "PORT": str(free_port())},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert "SECRET_KEY belum diisi" in done.stderr
