"""The long-running process that does the jobs."""

from __future__ import annotations

import logging
import os
import signal
import threading
from types import FrameType
from uuid import UUID

import click
from flask import Flask

from app.db import db
from app.db.schema import SchemaStale, check_schema
from app.jobs import engine
from app.jobs.daily import keep_daily
from app.jobs.registry import find_jobs
from app.jobs.running import run_job

logger = logging.getLogger(__name__)

DEFAULT_NAME = "worker-1"
GRACE_SECONDS = 10
# A page that somebody waits for goes before a report that somebody will fetch.
NICENESS = 10


def work(app: Flask, *, name: str = DEFAULT_NAME) -> None:
    """Do jobs until SIGTERM or SIGINT; then give running ones a moment and end the process.

    What was not finished is taken up again by the next worker of the same `name`. On a schema of
    another version it ends at once.
    """
    os.nice(NICENESS)
    stopping = threading.Event()

    def ask_to_stop(_signal: int, _frame: FrameType | None) -> None:
        stopping.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, ask_to_stop)
    find_jobs()
    with app.app_context():
        database = db.engine
    try:
        check_schema(database)
    except SchemaStale as stale:
        click.echo(str(stale), err=True)
        raise SystemExit(os.EX_CONFIG) from stale

    def run(job_id: UUID) -> None:
        with app.app_context():
            run_job(job_id)

    engine.start(database, name=name, run=run)
    logger.info("worker %s takes jobs", name)
    click.echo(f"pulih worker {name}: siap")
    keep_daily(app, stopping)
    engine.stop(grace_seconds=GRACE_SECONDS)
    # A job that is still busy holds a thread; waiting for it would be no stop, and ending it
    # here is what a power cut would do: the next start takes it up.
    logging.shutdown()
    os._exit(0)
