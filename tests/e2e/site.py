"""A whole site for browser tests: web server and job worker as in production."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Self

from flask import Flask

from app.accounts.guards import TOKEN
from app.accounts.models import Account
from app.core import settings as process_settings
from app.core.settings import Settings
from app.factory import create_app
from config import load_settings
from tests.factories.accounts import signed_in_token

CHECKOUT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 90
TIDY_SECONDS = 20


class Site:
    """A served site in a folder of its own; use it as a context."""

    def __init__(self, folder: Path, *, database_url: str = "") -> None:
        self.folder = folder
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("COV_")},
            "DATA_DIR": str(folder),
            # Empty means the SQLite file in the folder.
            "DATABASE_URL": database_url,
            "PULIH_ENV": "development",
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "WEB_WORKERS": "1",
            "WEB_THREADS": "4",
        }
        self.settings: Settings = load_settings(self.environment)
        self.app: Flask = create_app(self.settings)
        # What gunicorn serves; tests of faults serve it through something that fails.
        self.serves = "wsgi:app"
        self._running: list[subprocess.Popen[bytes]] = []
        # What opens the referral of a demo site, for those who come without an account.
        self.guest_code = ""

    def run(self, *arguments: str) -> str:
        """Run a command of the application; give what it prints.

        Raises:
            RuntimeError: the command failed.
        """
        done = subprocess.run(
            [sys.executable, "-m", "flask", "--app", str(CHECKOUT / "wsgi.py"), *arguments],
            cwd=CHECKOUT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"flask {' '.join(arguments)}: {done.stdout}{done.stderr}")
        return done.stdout

    def __enter__(self) -> Self:
        """Start the server and the worker, and wait until the log-in page answers."""
        self._start("-m", "gunicorn", self.serves)
        self._start("-m", "app.worker")
        until = time.monotonic() + PATIENCE_SECONDS
        while not self._answers():
            dead = [one.args for one in self._running if one.poll() is not None]
            if dead or time.monotonic() > until:
                self.__exit__()
                raise RuntimeError(f"the site does not come up: {self.log()}")
            time.sleep(0.1)
        return self

    def __exit__(self, *_: object) -> None:
        """Stop both, and see that they go."""
        for one in self._running:
            one.send_signal(signal.SIGTERM)
        for one in self._running:
            try:
                one.wait(TIDY_SECONDS)
            except subprocess.TimeoutExpired:
                one.kill()
                one.wait(TIDY_SECONDS)
        self._running.clear()

    def crash(self) -> None:
        """Kill server and worker at once, as a power cut does; entering starts them again."""
        for one in self._running:
            os.killpg(one.pid, signal.SIGKILL)
        for one in self._running:
            one.wait(TIDY_SECONDS)
        self._running.clear()

    def bind(self) -> None:
        """Make this site's settings those of the test process, for factories."""
        process_settings.bind(self.settings)

    def cookie_of(self, account: Account) -> dict[str, str]:
        """A log-in of this account as the browser keeps it."""
        self.bind()
        token = signed_in_token(account)
        client = self.app.test_client()
        with client.session_transaction() as session:
            session[TOKEN] = token
        cookie = client.get_cookie(self.app.config["SESSION_COOKIE_NAME"])
        if cookie is None:
            raise RuntimeError("the application gave no cookie")
        return {"name": cookie.key, "value": cookie.value, "url": self.url}

    def log(self) -> str:
        """The last words of server and worker."""
        return "\n".join(
            path.read_text(encoding="utf-8", errors="replace")[-4000:]
            for path in sorted(self.folder.glob("process-*.log"))
        )

    def _start(self, *arguments: str) -> None:
        log = (self.folder / f"process-{len(self._running)}.log").open("ab")
        self._running.append(
            subprocess.Popen(
                [sys.executable, *arguments],
                cwd=CHECKOUT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        )
        log.close()

    def _answers(self) -> bool:
        try:
            address = f"{self.url}/masuk"
            with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 - our own
                return bool(answer.status == 200)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
