"""Twenty reports asked for at once while people go on working: how long pages take meanwhile."""

from __future__ import annotations

import argparse
import base64
import http.client
import itertools
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from flask import Flask
from sqlalchemy import ColumnElement, func, select

from app.accounts.guards import TOKEN
from app.accounts.models import Account
from app.accounts.queries import scope_of
from app.core import settings
from app.core.clock import local_today
from app.core.permissions import Permission
from app.db import db
from app.db.transaction import transaction
from app.jobs.models import JobRun
from app.jobs.rules import DONE, UNFINISHED
from app.places.models import Area
from app.reports.rules.limits import BOTH
from app.reports.rules.period import usual_span
from app.reports.services import REPORT_JOB, Wish, ask_report
from benchmarks.measure import Line, report
from benchmarks.stage import ENGINES, stage
from benchmarks.world import PROVINCE, fill
from scripts.port import answers
from tests.factories.accounts import signed_in_token

COUNT, REPORTS, REQUESTS, PEOPLE = 5_000, 20, 60, 2
SMALL = 1_000
GOAL_MS = 500.0
PATIENCE_SECONDS = 900
ROOT = Path(__file__).resolve().parents[1]
# What an officer opens all day: a list, a search, the overview, the work lists, the reports.
PAGES = ("/usaha", "/usaha?cari=rahayu", "/dasbor", "/daftar-kerja", "/laporan")
# People read what they opened.
PAUSE_SECONDS = 0.2


def main() -> int:
    """Measure on the engines that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--reports", type=int)
    parser.add_argument("--engine", choices=ENGINES, action="append")
    options = parser.parse_args()
    # A small world tells nothing about speed, only that all of this still runs.
    is_small = options.count < SMALL
    reports = options.reports or (2 if is_small else REPORTS)
    requests = 2 * len(PAGES) if is_small else REQUESTS
    worst = 0
    for engine in options.engine or ENGINES:
        with stage(engine) as app:
            officer = fill(options.count)
            lines = measured(app, officer, reports, requests)
            title = f"{reports} reports at once, {options.count:,} enterprises, {engine}"
            load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
            worst = max(worst, report(f"{title}; load of the machine {load}", lines))
    return worst


def measured(app: Flask, officer: UUID, count: int, requests: int) -> list[Line]:
    """Pages while nothing else is done, and while the reports are made."""
    cookie = cookie_of(app, officer)
    with served() as port:
        asked(port, cookie, lambda: False, most=requests // 3)
        until_rest()
        idle = asked(port, cookie, lambda: False, most=requests)
        begun = time.monotonic()
        ask(officer, count)
        busy = asked(port, cookie, lambda: under_way() == 0, most=100 * REQUESTS)
        took = time.monotonic() - begun
    made = reports_in((DONE,))
    if made != count:
        raise SystemExit(f"{made} of {count} reports were made")
    before, meanwhile = share(idle, 95), share(busy, 95)
    return [
        Line(name="page, p50: meanwhile, idle", ours=share(busy, 50), floor=share(idle, 50)),
        Line(name="page, p95: meanwhile, idle", ours=meanwhile, floor=before),
        Line(name="page, p95 meanwhile, 500 ms", ours=meanwhile, floor=GOAL_MS, goal=1.0),
        Line(name="one report of all, wall", ours=took / count, floor=took / count, unit="s"),
    ]


def ask(officer: UUID, count: int) -> None:
    """Ask for the province and its regencies, in one moment."""
    scope = scope_of(officer, Permission.REPORT_MAKE)
    regencies = list(
        db.session.scalars(
            select(Area.code).where(Area.parent_code == PROVINCE).order_by(Area.code)
        )
    )
    for area in [PROVINCE, *regencies][:count]:
        wish = Wish(area_code=area, span=usual_span(local_today()), kind=BOTH)
        with transaction():
            ask_report(scope=scope, wish=wish, by=officer)
    db.session.remove()


def under_way() -> int:
    """How many reports wait or are being made."""
    return reports_in(UNFINISHED)


def until_rest() -> None:
    """Wait until the worker has done what it does by itself when it starts."""
    until = time.monotonic() + PATIENCE_SECONDS
    time.sleep(3)
    while counted(JobRun.state.in_(UNFINISHED)) and time.monotonic() < until:
        time.sleep(0.5)


def reports_in(states: tuple[str, ...]) -> int:
    """How many reports are in one of these states."""
    return counted(JobRun.state.in_(states), JobRun.name == REPORT_JOB)


def counted(*conditions: ColumnElement[bool]) -> int:
    """How many jobs there are, as other processes have written by now."""
    try:
        found = select(func.count()).select_from(JobRun).where(*conditions)
        return db.session.scalar(found) or 0
    finally:
        db.session.remove()


def asked(port: int, cookie: str, is_over: Callable[[], bool], *, most: int) -> list[float]:
    """Wall milliseconds of pages that some people ask for until it is over, at most so many."""
    times: list[float] = []
    numbers = itertools.count()
    stopping = threading.Event()

    def person() -> None:
        while not stopping.is_set() and (number := next(numbers)) < most:
            times.append(page(port, cookie, PAGES[number % len(PAGES)]))
            time.sleep(PAUSE_SECONDS)

    people = [threading.Thread(target=person) for _ in range(PEOPLE)]
    for one in people:
        one.start()
    until = time.monotonic() + PATIENCE_SECONDS
    while any(one.is_alive() for one in people) and time.monotonic() < until and not is_over():
        time.sleep(0.25)
    # Those who asked for so many as were wanted are done; the others stop when it is over.
    stopping.set()
    for one in people:
        one.join()
    return times


def page(port: int, cookie: str, address: str) -> float:
    """Wall milliseconds of one page, to its last byte."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    begun = time.perf_counter()
    connection.request("GET", address, headers={"Cookie": cookie})
    answer = connection.getresponse()
    answer.read()
    took = time.perf_counter() - begun
    connection.close()
    if answer.status != http.HTTPStatus.OK:
        raise RuntimeError(f"{address} answers {answer.status}")
    return took * 1000


def share(times: list[float], percent: int) -> float:
    """The time that so many percent of the pages stay below."""
    return statistics.quantiles(times, n=100, method="inclusive")[percent - 1]


def cookie_of(app: Flask, officer: UUID) -> str:
    """The officer's log-in as a browser sends it."""
    token = signed_in_token(db.session.get_one(Account, officer))
    db.session.remove()
    client = app.test_client()
    with client.session_transaction() as session:
        session[TOKEN] = token
    cookie = client.get_cookie(app.config["SESSION_COOKIE_NAME"])
    if cookie is None:
        raise SystemExit("the application gave no cookie")
    return f"{cookie.key}={cookie.value}"


@contextmanager
def served() -> Iterator[int]:
    """Web server and worker as in production, each in processes of its own; gives the port."""
    port = free_port()
    running = [
        subprocess.Popen([sys.executable, "-m", *words], cwd=ROOT, env=environment(port))
        for words in (("gunicorn", "wsgi:app"), ("app.worker",))
    ]
    try:
        until = time.monotonic() + PATIENCE_SECONDS
        while not answers("127.0.0.1", port):
            if time.monotonic() > until or any(one.poll() is not None for one in running):
                raise SystemExit("the site does not come up")
            time.sleep(0.2)
        yield port
    finally:
        for one in running:
            one.terminate()
        for one in running:
            one.wait(60)


def environment(port: int) -> dict[str, str]:
    """The settings of this process for others."""
    ours = settings.current()
    return {
        **os.environ,
        "DATABASE_URL": ours.database_url,
        "DATA_DIR": str(ours.folder),
        "SECRET_KEY": ours.secret_key,
        "NIK_KEY": base64.b64encode(ours.nik_key).decode(),
        "NIK_INDEX_KEY": base64.b64encode(ours.nik_index_key).decode(),
        "PULIH_ENV": "development",
        "REQUIRE_TOTP": "",
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "WEB_WORKERS": "2",
        "WEB_THREADS": "4",
        "WEB_LOG_LEVEL": "warning",
    }


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
