"""A bare application with what pages share and no database."""

from __future__ import annotations

import pytest
from flask import Flask, g

from app.core.permissions import Permission
from app.web.forms import PlaceDirectory, PlaceMatch, register_places
from app.web.setup import init_web

VILLAGES = [
    PlaceMatch(code="33.02.04.2001", label="Losari, Rawalo, Kabupaten Banyumas"),
    PlaceMatch(code="33.02.04.2002", label="Losari Kidul, Rawalo, Kabupaten Banyumas"),
    PlaceMatch(code="33.02.04.2003", label="Tipar, Rawalo, Kabupaten Banyumas"),
]


def _search(text: str) -> list[PlaceMatch]:
    return [
        village
        for village in VILLAGES
        if text.split(maxsplit=1)[0].lower() in village.label.lower()
    ]


def _label(code: str) -> str | None:
    return next((village.label for village in VILLAGES if village.code == code), None)


@pytest.fixture
def bare_app() -> Flask:
    """An application of shared pages only, whose caller may do everything."""
    app = Flask("bare", static_folder=None)
    app.config.update(SECRET_KEY="only for these tests", WTF_CSRF_ENABLED=False)
    init_web(app)
    register_places(app, PlaceDirectory(search=_search, label=_label))

    @app.before_request
    def allow_everything() -> None:
        g.permissions = frozenset(Permission)

    return app
