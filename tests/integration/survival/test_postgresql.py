"""PostgreSQL is restarted, cuts connections, or lets two transactions wait for each other."""

from __future__ import annotations

import signal
import subprocess
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from app.accounts.guards import TOKEN
from app.core.permissions import Role
from app.db import db
from app.db.transaction import transaction
from app.factory import create_app
from app.places.models import Area
from app.web.access import open_to_all
from config import with_driver
from tests.browserless import CleanClient
from tests.conftest import make_tables, settings_for
from tests.factories import accounts
from tests.factories.enterprises import village_rows
from tests.integration.survival.conftest import stored
from tests.integration.test_local_postgres import PATIENCE_SECONDS, serve

pytestmark = pytest.mark.postgresql


class Server:
    """A PostgreSQL of this test alone, which may be ended the hard way."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.launcher = serve(folder, "--durable")
        self.url = (folder / "url").read_text(encoding="utf-8")

    def restart(self) -> None:
        """As `pg_ctl restart -m immediate`: no goodbye to anybody, recovery at the start."""
        pid = int((self.folder / "data" / "postmaster.pid").read_text().splitlines()[0])
        subprocess.run(["kill", "-QUIT", str(pid)], check=True)
        self.launcher.wait(PATIENCE_SECONDS)
        (self.folder / "url").unlink(missing_ok=True)
        self.launcher = serve(self.folder, "--durable")

    def stop(self) -> None:
        self.launcher.send_signal(signal.SIGINT)
        self.launcher.wait(PATIENCE_SECONDS)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with tempfile.TemporaryDirectory(prefix="pg-", dir="/tmp") as name:
        made = Server(Path(name))
        yield made
        made.stop()


@pytest.fixture
def site(server: Server, tmp_path: Path) -> Iterator[Flask]:
    """An application on an empty database of that server."""
    name = f"pulih_{tmp_path.name}".lower()
    root = sa.create_engine(with_driver(server.url), isolation_level="AUTOCOMMIT")
    with root.connect() as connection:
        connection.exec_driver_sql(f'CREATE DATABASE "{name}"')
    address = root.url.set(database=name).render_as_string(hide_password=False)
    root.dispose()
    app = create_app(settings_for(address, tmp_path))
    app.config["WTF_CSRF_ENABLED"] = False
    app.test_client_class = CleanClient
    make_tables(app)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def officer(app: Flask) -> CleanClient:
    person = accounts.account(role=Role.LABOUR_OFFICER, area="33.02")
    token = accounts.signed_in_token(person)
    db.session.rollback()
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie[TOKEN] = token
    assert isinstance(client, CleanClient)
    return client


def send(client: CleanClient, village: str, name: str) -> int:
    answer = client.post(
        f"/wilayah/{village}/program/baru",
        data={"program": "LAINNYA", "name": name, "year": "2024"},
    )
    return answer.status_code


def test_a_restart_in_the_middle_loses_nothing_that_was_acknowledged(site, server):
    seen: Counter[int] = Counter()
    stop = threading.Event()
    with site.app_context():
        village = village_rows()
        clients = [officer(site) for _ in range(2)]

    def work(number: int) -> None:
        count = 0
        with site.app_context():
            while not stop.is_set():
                status = send(clients[number], village, f"Program {number}-{count}")
                seen[status] += 1
                count += 1

    workers = [threading.Thread(target=work, args=(number,)) for number in range(2)]
    for worker in workers:
        worker.start()
    try:
        for _ in range(2):
            before = seen[303]
            while seen[303] < before + 10:
                assert all(worker.is_alive() for worker in workers)
            server.restart()
    finally:
        stop.set()
        for worker in workers:
            worker.join()

    with site.app_context():
        programs, told = stored()
        after = send(clients[0], village, "Sesudahnya")
    assert set(seen) <= {303, 503}, seen
    # A commit whose answer was lost is stored though nobody was told: at most one a connection.
    assert seen[303] <= programs <= seen[303] + 2 * len(workers)
    assert told == programs
    assert after == 303


def test_connections_that_the_server_cut_are_noticed_before_they_are_used(site):
    with site.app_context():
        village = village_rows()
        client = officer(site)
        first = send(client, village, "Sebelum")
        _cut_others()

        second = send(client, village, "Sesudah")

        assert (first, second) == (303, 303)
        assert stored() == (2, 2)


def test_a_connection_that_is_cut_inside_a_transaction_leaves_nothing_half(site):
    with site.app_context():
        village = village_rows()

    @open_to_all
    def cut_short() -> str:
        with transaction():
            db.session.execute(sa.update(Area).values(name="Setengah"))
            _cut_others(but=db.session.scalar(sa.text("SELECT -1")))
            db.session.execute(sa.select(Area.code)).all()
        return "selesai"

    site.add_url_rule("/uji/putus", endpoint="putus", view_func=cut_short, methods=["POST"])
    with site.app_context():
        answer = site.test_client().post("/uji/putus")
        names = db.session.scalars(sa.select(Area.name).where(Area.code == village)).all()

    assert answer.status_code == 503
    assert "tidak dapat dihubungi" in answer.text
    assert names == ["Losari"]


def _cut_others(but: int | None = None) -> None:
    """Let the server end every connection to this database but the one that asks for it."""
    fresh = sa.create_engine(db.engine.url)
    with fresh.connect() as connection:
        connection.execute(
            sa.text(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid NOT IN (pg_backend_pid(), :but)"
            ),
            {"but": but or 0},
        )
    fresh.dispose()


def test_two_that_wait_for_each_other_both_come_through(site):
    meeting = threading.Barrier(2)
    tries: Counter[str] = Counter()
    with site.app_context():
        codes = ["33.02.04.2005", "35.07.10.2003"]
        for code in codes:
            village_rows(code)

    @open_to_all
    def cross(first: str, second: str) -> str:
        tries[first] += 1
        with transaction():
            _name(first, "Pertama")
            if tries[first] == 1:
                meeting.wait(PATIENCE_SECONDS)
            _name(second, "Kedua")
        return "selesai"

    site.add_url_rule("/uji/<first>/<second>", endpoint="silang", view_func=cross, methods=["POST"])
    statuses: list[int] = []

    def ask(first: str, second: str) -> None:
        with site.app_context():
            answer = site.test_client().post(f"/uji/{first}/{second}")
            statuses.append(answer.status_code)

    with _plain_answers(site):
        askers = [threading.Thread(target=ask, args=pair) for pair in (codes, codes[::-1])]
        for asker in askers:
            asker.start()
        for asker in askers:
            asker.join()

    assert statuses == [200, 200]
    # One had to give way at least once, and may have had to again.
    assert sum(tries.values()) >= 3


def _name(code: str, name: str) -> None:
    db.session.execute(sa.update(Area).where(Area.code == code).values(name=name))


@contextmanager
def _plain_answers(app: Flask) -> Iterator[None]:
    """The client of these tests answers with bare words, which are no page of ours."""
    app.test_client_class = None
    yield
    app.test_client_class = CleanClient
