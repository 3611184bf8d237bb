"""A real worker process: it does what was committed, survives a kill, and stops when asked."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from app.db import db
from app.db.transaction import transaction
from app.jobs import enqueue
from app.jobs.models import JobRun
from app.jobs.worker import NICENESS

CHECKOUT = Path(__file__).resolve().parents[3]
PATIENCE_SECONDS = 60
Starter = Callable[[], "subprocess.Popen[bytes]"]


@pytest.fixture
def start_worker(app: Flask, tmp_path: Path) -> Iterator[Starter]:
    workers: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        with (tmp_path / f"worker-{len(workers)}.log").open("wb") as log:
            worker = subprocess.Popen(
                [sys.executable, "-m", "tests.integration.jobs.trial_worker"],
                cwd=CHECKOUT,
                stdout=log,
                stderr=subprocess.STDOUT,
                env={
                    **os.environ,
                    "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
                    "DATA_DIR": str(tmp_path),
                },
            )
        workers.append(worker)
        return worker

    yield start
    for worker in workers:
        worker.kill()
        worker.wait()


def ask(file: Path, *, steps: int, key: str = "trial") -> JobRun:
    with transaction():
        job_id = enqueue(
            "trial.slow", key=key, payload={"file": str(file), "steps": steps}, by=None
        )
    return db.session.get_one(JobRun, job_id)


class ChangedMindError(Exception):
    """Thrown by a use case after it asked for work."""


def ask_and_change_ones_mind(file: Path) -> None:
    with transaction():
        enqueue("trial.slow", key="undone", payload={"file": str(file), "steps": 1}, by=None)
        raise ChangedMindError


def wait_until(run: JobRun, is_so: Callable[[JobRun], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        db.session.rollback()
        db.session.refresh(run)
        if is_so(run):
            db.session.rollback()
            return
        time.sleep(0.2)
    pytest.fail(f"the job is still {run.state} at {run.done} of {run.total}")


def test_a_job_whose_worker_is_killed_is_done_by_the_next_one_and_undone_asking_by_none(
    start_worker, tmp_path
):
    with pytest.raises(ChangedMindError):
        ask_and_change_ones_mind(tmp_path / "rolled-back")
    run = ask(tmp_path / "steps", steps=60)
    worker = start_worker()
    wait_until(run, lambda run: run.done >= 10)

    worker.send_signal(signal.SIGKILL)
    worker.wait()
    db.session.refresh(run)
    state_after_kill, done_after_kill = run.state, run.done
    start_worker()
    wait_until(run, lambda run: run.state == "done")

    assert state_after_kill == "running"
    assert done_after_kill < 60
    assert run.starts == 2
    assert run.result == {"steps": 60}
    assert (tmp_path / "steps").read_text().splitlines()[-1] == "60"
    assert not (tmp_path / "rolled-back").exists()


def test_a_worker_gives_way_to_pages(start_worker, tmp_path):
    ours = os.getpriority(os.PRIO_PROCESS, 0)
    run = ask(tmp_path / "steps", steps=60)
    worker = start_worker()
    wait_until(run, lambda run: run.done >= 1)

    assert os.getpriority(os.PRIO_PROCESS, worker.pid) == min(ours + NICENESS, 19)


def test_a_worker_that_is_asked_to_stop_ends_and_leaves_long_work_for_the_next(
    start_worker, tmp_path
):
    run = ask(tmp_path / "steps", steps=170)
    worker = start_worker()
    wait_until(run, lambda run: run.done >= 5)

    worker.send_signal(signal.SIGTERM)
    status = worker.wait(timeout=PATIENCE_SECONDS)

    db.session.refresh(run)
    assert status == 0
    assert run.state == "running"
