"""The job engine, DBOS. Nothing else imports it, so that it could be exchanged in this file.

On SQLite the engine's tables lie in our file, on PostgreSQL in the schema `dbos` of our database:
a job is enqueued in the very transaction that writes what it is about.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from app.core.late import late
from app.db import db

if TYPE_CHECKING:
    import dbos
else:
    # A third of a second that a page which asks for no work does without.
    dbos = late("dbos")

APPLICATION = "pulih"
QUEUE = "pulih"
WORKFLOW = "pulih_job"
# By default the version is a hash of the code, and a deploy would strand every unfinished job.
APPLICATION_VERSION = "1"
# Two jobs at a time: an export need not wait for a long import, and one machine bears both.
JOBS_AT_A_TIME = 2
POLLING_SECONDS = 1.0

_clients: dict[Engine, dbos.DBOSClient] = {}


def prepare_job_tables(engine: Engine | None = None) -> None:
    """Create or upgrade the engine's tables in our database; safe to repeat."""
    logging.getLogger("dbos").setLevel(logging.WARNING)
    dbos.DBOS.migrate(_address(engine or db.engine))


def enqueue_in_session(session: Session, job_id: UUID) -> None:
    """Hand a job to the worker when, and only if, the session's transaction commits."""
    options: dbos.EnqueueOptions = {
        "workflow_name": WORKFLOW,
        "queue_name": QUEUE,
        "workflow_id": str(job_id),
        "app_version": APPLICATION_VERSION,
        "application_name": APPLICATION,
    }
    _client(session).enqueue_in_transaction(session, options, str(job_id))


def start(engine: Engine, *, name: str, run: Callable[[UUID], None]) -> None:
    """Begin to take jobs, as the worker `name`, on threads of this process.

    `run` may be called again for a job whose worker died, and must not raise.
    """
    config: dbos.DBOSConfig = {
        "name": APPLICATION,
        "system_database_engine": _own_engine(engine),
        "application_version": APPLICATION_VERSION,
        # An interrupted job is taken up only by a worker of the name that began it.
        "executor_id": name,
        "log_level": "WARNING",
        # The migration is a step of its own, before anything starts.
        "run_migrations": False,
        "max_executor_threads": 8,
    }
    dbos.DBOS(config=config)

    @dbos.DBOS.workflow(name=WORKFLOW)
    def pulih_job(job_id: str) -> None:
        run(UUID(job_id))

    dbos.DBOS.launch()
    dbos.DBOS.register_queue(
        QUEUE, worker_concurrency=JOBS_AT_A_TIME, polling_interval_sec=POLLING_SECONDS
    )


def stop(*, grace_seconds: int) -> None:
    """Take no more jobs; give running ones `grace_seconds`, then leave them for the next start."""
    dbos.DBOS.destroy(workflow_completion_timeout_sec=grace_seconds)


def _client(session: Session) -> dbos.DBOSClient:
    engine = session.get_bind()
    if not isinstance(engine, Engine):
        engine = engine.engine
    if engine not in _clients:
        # It never connects by itself: all it does is insert through the session it is given.
        _clients[engine] = dbos.DBOSClient(system_database_engine=engine, lazy=True)
    return _clients[engine]


def _address(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=False)


def _own_engine(engine: Engine) -> Engine:
    """A second pool on the same database, on which SQLite's driver begins transactions itself."""
    if engine.dialect.name != "sqlite":
        return create_engine(_address(engine), pool_size=8, max_overflow=0, pool_pre_ping=True)
    own = create_engine(_address(engine), poolclass=QueuePool, pool_size=8, max_overflow=0)
    _let_driver_begin(own)
    return own


def _let_driver_begin(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def begin_by_driver(dbapi_connection: Any, _record: Any) -> None:
        dbapi_connection.isolation_level = "IMMEDIATE"
        dbapi_connection.execute("PRAGMA busy_timeout=30000")
