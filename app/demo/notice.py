"""The notice on every page of a demo database. The layout shows it where `DEMO_DATA` is set."""

from __future__ import annotations

import time
from collections.abc import Callable

from flask import Flask

from app.demo.loading.mark import present_mark

# Another process may load or replace the data while this one serves pages.
LOOK_EVERY_SECONDS = 60


def init_notice(app: Flask, *, clock: Callable[[], float] = time.monotonic) -> None:
    """Find out once a minute whether the database holds invented people."""
    app.config.setdefault("DEMO_DATA", False)
    looked: list[float] = []

    @app.before_request
    def look() -> None:
        # Tests count the statements of a page; one that comes once a minute would disturb them.
        if app.testing or (looked and clock() - looked[0] < LOOK_EVERY_SECONDS):
            return
        looked[:] = [clock()]
        app.config["DEMO_DATA"] = present_mark() is not None
