"""The application with three addresses more: one never ends, one wants all memory, one says who.

Also jobs of both kinds; `python -m tests.torture.hungry SECONDS` is a worker that does them.
"""

from __future__ import annotations

import os
import sys
import time
from typing import Any

from flask import Flask

from app.factory import create_app
from app.jobs import Progress, job
from app.jobs.worker import work
from app.web.access import open_to_all

_PART = 4 * 2**20


def fill_memory() -> None:
    """Hold more and more, until there is no more."""
    held = []
    while True:
        held.append(bytearray(_PART))


@job("torture.memory")
def want_all(_payload: dict[str, Any], _progress: Progress) -> None:
    """A job that needs more memory than there is."""
    fill_memory()


@job("torture.endless")
def never_end(_payload: dict[str, Any], _progress: Progress) -> None:
    """A job that never ends."""
    while True:
        time.sleep(0.1)


def hungry_app() -> Flask:
    """The application as a worker of gunicorn makes it, without form tokens."""
    app = create_app()
    app.config["WTF_CSRF_ENABLED"] = False

    @app.get("/uji/memori")
    @open_to_all
    def memory() -> str:
        fill_memory()
        return ""

    @app.get("/uji/lama")
    @open_to_all
    def endless() -> str:
        while True:
            time.sleep(0.1)

    @app.get("/uji/siapa")
    @open_to_all
    def who() -> str:
        return str(os.getpid())

    return app


if __name__ == "__main__":
    work(create_app(), longest_seconds=float(sys.argv[1]))
