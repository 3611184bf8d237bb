"""A real server on a database of its own, which can be killed and started again."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from app.factory import create_app
from config import load_settings
from scripts.local_postgres import LocalPostgres
from tests.conftest import make_tables

CHECKOUT = Path(__file__).resolve().parents[2]
ENGINES = ("sqlite", "postgresql")
_START_SECONDS = 60
_WARMING_REQUESTS = 12


class Site:
    """Gunicorn with two workers, as an office runs it."""

    def __init__(self, url: str, folder: Path, *, serves: str = "wsgi:app") -> None:
        self.folder, self.serves, self.port = folder, serves, free_port()
        self.environ = {
            **os.environ,
            "DATABASE_URL": url,
            "DATA_DIR": str(folder / "var"),
            "PULIH_ENV": "development",
            "PORT": str(self.port),
            "WEB_LOG_LEVEL": "error",
            "PYTHONPATH": str(CHECKOUT),
        }
        self.process: subprocess.Popen[bytes] | None = None
        self.kills = 0

    def application(self) -> Flask:
        """The same application in this process, for what is laid there and for counting."""
        return create_app(load_settings(self.environ))

    def start(self) -> None:
        """Start the server and wait until it listens."""
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", self.serves],
                cwd=CHECKOUT,
                env=self.environ,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        end = time.monotonic() + _START_SECONDS
        while time.monotonic() < end:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise RuntimeError(self.said())

    def warm_up(self) -> None:
        """Have each worker make its application, which takes seconds, before time is taken."""
        for _ in range(_WARMING_REQUESTS):
            line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_START_SECONDS)
            line.request("GET", "/masuk")
            line.getresponse().read()
            line.close()

    def kill(self) -> None:
        """Kill master and workers in the middle of whatever they do."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.kills += 1

    def stop(self) -> None:
        """End it."""
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            self.process.wait(timeout=40)

    def said(self) -> str:
        """What it wrote down."""
        return (self.folder / "server.log").read_text(encoding="utf-8", errors="replace")


@contextmanager
def site(engine: str, *, serves: str = "wsgi:app", url: str | None = None) -> Iterator[Site]:
    """A site with empty tables on an engine, or on the empty database at `url`; not yet serving."""
    with tempfile.TemporaryDirectory(prefix="torture-", dir="/tmp") as name:
        folder = Path(name)
        server = None
        if url is None and engine == "postgresql":
            server = LocalPostgres(folder / "postgres", durable=False)
            # The server's own user must be able to get there.
            folder.chmod(0o711)
            server.start()
            url = server.url
        made = Site(url or f"sqlite:///{folder}/torture.sqlite3", folder, serves=serves)
        try:
            make_tables(made.application())
            yield made
        finally:
            made.stop()
            if server is not None:
                server.stop()


def free_port() -> int:
    """A port that nobody uses just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
