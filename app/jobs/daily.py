"""What the worker does once a day by itself, without being asked.

    @daily
    def write_daily_anchor() -> None: ...

Such functions live in the `jobs` file of a feature. The worker calls each when it starts and once
in every local day. A function may be called twice on a day (the worker was started again), so it
must do no harm the second time.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date
from threading import Event

from flask import Flask

from app.core.clock import local_today
from app.db import db

DailyFunction = Callable[[], None]
LOOK_EVERY_SECONDS = 300.0

_log = logging.getLogger(__name__)
_FUNCTIONS: list[DailyFunction] = []


def daily(function: DailyFunction) -> DailyFunction:
    """Have the worker call the decorated function once a day."""
    _FUNCTIONS.append(function)
    return function


def do_daily_work(app: Flask) -> None:
    """Call every daily function; one that fails is logged and does not stop the others."""
    for function in _FUNCTIONS:
        with app.app_context():
            try:
                function()
            except Exception:  # noqa: BLE001 - one feature's fault is not the others'
                _log.exception("daily work %s failed", function.__name__)
                db.session.rollback()


def keep_daily(app: Flask, stopping: Event) -> None:
    """Do the daily work now and on each new day, until `stopping` is set."""
    done_on: date | None = None
    while True:
        today = local_today()
        if done_on != today:
            do_daily_work(app)
            done_on = today
        if stopping.wait(LOOK_EVERY_SECONDS):
            return
