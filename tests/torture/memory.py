"""Requests and jobs that never end or want all memory, while forms are being sent.

    sh scripts/torture memory [--rounds 3]

A real gunicorn (two workers, two threads each, so much address space a process) serves the
application. In each round one request wants all memory and one never ends, while two people
send forms. Then a worker of jobs does one of each kind. What was answered must be stored once.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import sqlalchemy as sa
from flask import Flask

from app.accounts.guards import TOKEN
from app.core.permissions import Role
from app.db import db
from app.db.transaction import transaction
from app.factory import create_app
from app.jobs import enqueue
from app.jobs.models import JobRun
from app.jobs.rules import FAILED
from app.places.models import VillageProgram
from config import load_settings
from tests.conftest import make_tables
from tests.factories import accounts
from tests.factories.enterprises import village_rows

CHECKOUT = Path(__file__).resolve().parents[2]
# A worker of jobs takes about 1 GiB of addresses (not of memory) before its first job.
WEB_SPACE, JOB_SPACE = 2**30, 3 * 2**29
REQUEST_SECONDS, GRACE_SECONDS, JOB_SECONDS = 3, 2, 12
PATIENCE_SECONDS = 90
SENDERS = WORKERS = 2


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What was seen: forms in numbers, waits in seconds, answers by status (0: none came)."""

    answered: int = 0
    lost: int = 0
    doubled: int = 0
    longest_wait: float = 0.0
    memory_answers: dict[int, int] = field(default_factory=dict)
    memory_words: bool = True
    endless_answers: dict[int, int] = field(default_factory=dict)
    replaced: int = 0
    jobs: dict[str, str] = field(default_factory=dict)


class Site:
    """A real server on a database of its own."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.environment = {
            **os.environ,
            "DATABASE_URL": f"sqlite:///{folder / 'pulih.sqlite3'}",
            "DATA_DIR": str(folder),
            "PORT": str(self.port),
            "WEB_WORKERS": str(WORKERS),
            "WEB_THREADS": "2",
            "WEB_REQUEST_SECONDS": str(REQUEST_SECONDS),
        }
        self.log = folder / "log"
        self.app = create_app(load_settings(self.environment))
        make_tables(self.app)

    @contextmanager
    def served(self) -> Iterator[None]:
        """Gunicorn, ended at the end."""
        command = [sys.executable, "-m", "gunicorn", "tests.torture.hungry:hungry_app()"]
        options = ["--graceful-timeout", str(GRACE_SECONDS)]
        with self.process([*command, *options], WEB_SPACE) as server:
            self.master = server.pid
            until(lambda: self.ask("/uji/siapa", patience=5)[0] == 200)
            yield
            if server.poll() is not None:
                raise RuntimeError("the server itself ended")

    def workers(self) -> set[str]:
        """The process numbers of the workers there are."""
        children = Path(f"/proc/{self.master}/task/{self.master}/children")
        return set(children.read_text(encoding="ascii").split())

    @contextmanager
    def process(self, command: list[str], space: int) -> Iterator[subprocess.Popen[bytes]]:
        """A process that may hold only so much memory."""
        limited = ["sh", "-c", f'ulimit -v {space // 1024}; exec "$@"', "sh", *command]
        with self.log.open("ab") as log:
            started = subprocess.Popen(
                limited,
                cwd=CHECKOUT,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        try:
            yield started
        finally:
            started.terminate()
            try:
                started.wait(30)
            except subprocess.TimeoutExpired:
                started.kill()

    def ask(
        self, path: str, *, cookie: str = "", form: dict[str, str] | None = None, patience: float
    ) -> tuple[int, str]:
        """Status and text of an answer; status 0 where none came."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=patience)
        headers = {"Cookie": cookie} if cookie else {}
        try:
            if form is None:
                connection.request("GET", path, headers=headers)
            else:
                headers["Content-Type"] = "application/x-www-form-urlencoded"
                connection.request("POST", path, urlencode(form), headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        except (OSError, http.client.HTTPException):
            return 0, ""
        finally:
            connection.close()


class Sender(threading.Thread):
    """Somebody who sends one form after the other, each once."""

    def __init__(self, site: Site, village: str, cookie: str, number: int) -> None:
        super().__init__(daemon=True)
        self.site, self.village, self.cookie, self.number = site, village, cookie, number
        self.answered: list[str] = []
        self.longest = 0.0
        self.enough = threading.Event()

    def run(self) -> None:
        """Send until it is enough."""
        count = 0
        while not self.enough.wait(0.05):
            count += 1
            name = f"Program {self.number}-{count}"
            form = {"program": "LAINNYA", "name": name, "year": "2024"}
            begun = time.monotonic()
            status, _ = self.site.ask(
                f"/wilayah/{self.village}/program/baru",
                cookie=self.cookie,
                form=form,
                patience=PATIENCE_SECONDS,
            )
            if status == 303:
                self.answered.append(name)
                self.longest = max(self.longest, time.monotonic() - begun)


def main(arguments: Sequence[str] | None = None) -> int:
    """Rehearse and print as JSON; 1 if anything that was answered is lost or doubled."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args(arguments)
    outcome = Outcome()
    with tempfile.TemporaryDirectory(prefix="memory-") as name:
        site = Site(Path(name))
        with site.app.app_context():
            village = village_rows()
            cookies = [_cookie(site.app) for _ in range(SENDERS)]
        with site.served():
            senders = [Sender(site, village, cookies[n], n) for n in range(SENDERS)]
            for sender in senders:
                sender.start()
            for _ in range(options.rounds):
                _round(site, outcome)
            for sender in senders:
                sender.enough.set()
                sender.join()
        _count(site, senders, outcome)
        _jobs(site, outcome)
        if outcome.lost or outcome.doubled:
            print(site.log.read_text(), file=sys.stderr)
    print(json.dumps(asdict(outcome)))
    return int(bool(outcome.lost or outcome.doubled))


def _cookie(app: Flask) -> str:
    token = accounts.signed_in_token(accounts.account(role=Role.LABOUR_OFFICER, area="33.02"))
    db.session.rollback()
    client = app.test_client()
    with client.session_transaction() as session:
        session[TOKEN] = token
    kept = client._cookies.values()
    return "; ".join(f"{one.key}={one.value}" for one in kept)


def _round(site: Site, outcome: Outcome) -> None:
    for path, seen in (
        ("/uji/memori", outcome.memory_answers),
        ("/uji/lama", outcome.endless_answers),
    ):
        until(lambda: len(site.workers()) == WORKERS)
        before = site.workers()
        status, text = site.ask(path, patience=PATIENCE_SECONDS)
        seen[status] = seen.get(status, 0) + 1
        if status == 503:
            outcome.memory_words &= "terlalu besar untuk server" in text
        until(lambda before=before: len(site.workers() - before) > 0)
        outcome.replaced += 1


def _count(site: Site, senders: list[Sender], outcome: Outcome) -> None:
    with site.app.app_context():
        stored = Counter(db.session.scalars(sa.select(VillageProgram.name)))
        db.session.rollback()
    answered = [name for sender in senders for name in sender.answered]
    outcome.answered = len(answered)
    outcome.lost = sum(stored[name] == 0 for name in answered)
    outcome.doubled = sum(count > 1 for count in stored.values())
    outcome.longest_wait = round(max(sender.longest for sender in senders), 1)


def _jobs(site: Site, outcome: Outcome) -> None:
    """Both kinds of jobs, by workers that are started again as a supervisor would."""
    with site.app.app_context(), transaction():
        ids = {
            kind: enqueue(f"torture.{kind}", key=kind, payload={}, by=None)
            for kind in ("memory", "endless")
        }
    command = [sys.executable, "-m", "tests.torture.hungry", str(JOB_SECONDS)]
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and set(_states(site, ids).values()) != {FAILED}:
        with site.process(command, JOB_SPACE) as worker:
            while worker.poll() is None and time.monotonic() < deadline:
                time.sleep(0.3)
                if set(_states(site, ids).values()) == {FAILED}:
                    break
    outcome.jobs = _states(site, ids)
    with site.app.app_context():
        for kind, job_id in ids.items():
            outcome.jobs[f"{kind}_words"] = str(db.session.get_one(JobRun, job_id).message)


def _states(site: Site, ids: dict[str, object]) -> dict[str, str]:
    with site.app.app_context():
        return {kind: db.session.get_one(JobRun, key).state for kind, key in ids.items()}


def until(is_so: Callable[[], bool]) -> None:
    """Wait for something, not for ever."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        if time.monotonic() > deadline:
            raise RuntimeError("waited in vain")
        time.sleep(0.2)


if __name__ == "__main__":
    sys.exit(main())
