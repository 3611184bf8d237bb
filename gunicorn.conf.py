"""How gunicorn serves Pulih: `gunicorn wsgi:app` in the checkout reads this file.

Every worker makes its own application, so that no database connection is shared over a fork.
"""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path
from typing import Any

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
preload_app = False
# Workers are renewed now and then, not all at once, so that a slow leak never grows old.
max_requests = 5000
max_requests_jitter = 500
timeout = 60
graceful_timeout = 20
keepalive = 5
# Phones give up after 45 seconds; a second for each that waits before them is more than it takes.
waiting_for_each_thread = 8
# `timeout` sees only a worker that stands still as a whole; a thread that never ends is seen by us.
request_seconds = float(os.environ.get("WEB_REQUEST_SECONDS", "90"))
# A list of two hundred chosen enterprises fits into one address.
limit_request_line = 8190
# A file system in memory, where there is one: heartbeat files must not wait for a disk.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: PTH112, S108
# Which proxies may speak for the caller is decided by the application (TRUSTED_PROXIES).
forwarded_allow_ips = ""
accesslog = None
errorlog = "-"
loglevel = os.environ.get("WEB_LOG_LEVEL", "info")
# Signals are enough to steer it; one socket in the home folder would be shared by all sites.
control_socket_disable = True


def on_starting(_server: Any) -> None:
    """Refuse wrong settings once and in plain words, before workers would, again and again."""
    sys.path.insert(0, str(Path(__file__).parent))
    config = importlib.import_module("config")
    try:
        config.load_settings()
    except config.ConfigurationError as refusal:
        sys.stderr.write(f"{refusal}\n")
        raise SystemExit(os.EX_CONFIG) from refusal


def post_worker_init(worker: Any) -> None:
    """Time the requests of a worker, so that one which never ends doesn't hold it for ever, and
    let phones come later when more wait than can be served in time."""
    overdue = importlib.import_module("app.web.overdue")
    crowd = importlib.import_module("app.web.crowd")
    worker.wsgi = crowd.Crowd(
        worker.wsgi,
        # Neither those that are kept open nor those that have said nothing yet.
        waiting=lambda: (
            worker.nr_conns - len(worker.keepalived_conns) - len(worker.pending_conns) - threads
        ),
        most=waiting_for_each_thread * threads,
    )
    worker.wsgi = overdue.watched(
        worker.wsgi, limit_seconds=request_seconds, grace_seconds=worker.cfg.graceful_timeout + 2
    )
