"""The long-running process that does the jobs."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from types import FrameType
from uuid import UUID

import click
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from app.db import db
from app.db.schema import SchemaStale, check_schema
from app.jobs import engine
from app.jobs.daily import keep_daily
from app.jobs.registry import find_jobs
from app.jobs.rules import LONGEST_SECONDS
from app.jobs.running import run_job, stop_for_good

logger = logging.getLogger(__name__)

DEFAULT_NAME = "worker-1"
GRACE_SECONDS = 10
# A page that somebody waits for goes before a report that somebody will fetch.
NICENESS = 10
_LOOK_SECONDS = 10.0


def work(app: Flask, *, name: str = DEFAULT_NAME, longest_seconds: float = LONGEST_SECONDS) -> None:
    """Do jobs until SIGTERM or SIGINT; then give running ones a moment and end the process.

    What was not finished is taken up again by the next worker of the same `name`. A job that takes
    longer than `longest_seconds` ends the process, and is not taken up again: a thread can't be
    ended alone. On a schema of another version it ends at once.
    """
    os.nice(NICENESS)
    stopping = _asked_to_stop()
    threading.excepthook = _end_with_thread
    find_jobs()
    database = _database_of_now(app)
    running: dict[UUID, float] = {}

    def run(job_id: UUID) -> None:
        running[job_id] = time.monotonic()
        try:
            with app.app_context():
                run_job(job_id)
        finally:
            del running[job_id]

    engine.start(database, name=name, run=run)
    logger.info("worker %s takes jobs", name)
    click.echo(f"pulih worker {name}: siap")
    watch = (app, running, longest_seconds)
    threading.Thread(target=_end_overdue, args=watch, name="overdue", daemon=True).start()
    keep_daily(app, stopping)
    engine.stop(grace_seconds=GRACE_SECONDS)
    # A job that is still busy holds a thread; waiting for it would be no stop, and ending it
    # here is what a power cut would do: the next start takes it up.
    logging.shutdown()
    os._exit(0)


def _asked_to_stop() -> threading.Event:
    """Set when the process is asked to end."""
    stopping = threading.Event()

    def ask_to_stop(_signal: int, _frame: FrameType | None) -> None:
        stopping.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, ask_to_stop)
    return stopping


def _database_of_now(app: Flask) -> Engine:
    """The database, if its schema is that of this program; else the process ends."""
    with app.app_context():
        database = db.engine
    try:
        check_schema(database)
    except SchemaStale as stale:
        click.echo(str(stale), err=True)
        raise SystemExit(os.EX_CONFIG) from stale
    return database


def _end_with_thread(fault: threading.ExceptHookArgs) -> None:
    """End the process with a thread of the engine: without it the worker would only seem to work.

    Short of memory, for example, the engine can't start the threads that take jobs.
    """
    thread = fault.thread.name if fault.thread else "?"
    logger.error("thread %s died; the worker ends", thread, exc_info=fault.exc_value)
    logging.shutdown()
    os._exit(os.EX_TEMPFAIL)


def _end_overdue(app: Flask, running: dict[UUID, float], longest_seconds: float) -> None:
    """Wait until a job is overdue; then say so and end the process, whose place another takes."""
    overdue: list[UUID] = []
    while not overdue:
        time.sleep(min(_LOOK_SECONDS, longest_seconds))
        since = time.monotonic() - longest_seconds
        overdue = [job_id for job_id, started in list(running.items()) if started < since]
    for job_id in overdue:
        logger.error("job %s is overdue; the worker ends", job_id)
        with app.app_context():
            try:
                stop_for_good(job_id)
            except OperationalError:
                # It holds the database itself; it may start again, a few times in all.
                logger.warning("job %s could not be marked", job_id)
    logging.shutdown()
    os._exit(os.EX_TEMPFAIL)
