"""Every page of a demo database says that its people are invented."""

from __future__ import annotations

from flask import Flask

from app.db import db
from app.demo.notice import LOOK_EVERY_SECONDS, init_notice


class _Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def _site(app) -> tuple[Flask, _Clock]:
    """A small site that looks at the same database as `app`."""
    site, clock = Flask("site"), _Clock()
    site.config["SQLALCHEMY_DATABASE_URI"] = app.config["SQLALCHEMY_DATABASE_URI"]
    db.init_app(site)
    init_notice(site, clock=clock)
    site.add_url_rule("/", view_func=lambda: str(site.config["DEMO_DATA"]))
    return site, clock


def test_the_notice_follows_the_database_within_a_minute(app, load):
    site, clock = _site(app)
    before = site.test_client().get("/").text

    load()
    soon = site.test_client().get("/").text
    clock.now += LOOK_EVERY_SECONDS
    later = site.test_client().get("/").text

    assert (before, soon, later) == ("False", "False", "True")
    with site.app_context():
        db.engine.dispose()


def test_the_layout_shows_the_notice_where_it_is_set(app, client, monkeypatch):
    quiet = client.get("/masuk").text

    monkeypatch.setitem(app.config, "DEMO_DATA", True)
    told = client.get("/masuk").text

    assert "Data contoh" not in quiet
    assert "Data contoh" in told
