"""The pages of all features, gathered for the factory."""

from __future__ import annotations

from flask import Flask

from app.accounts.routes import blueprints as accounts
from app.jobs.routes import blueprints as jobs
from app.places.routes import blueprints as places

_BLUEPRINTS = (*accounts, *places, *jobs)


def init_pages(app: Flask) -> None:
    """Register every feature's pages."""
    for blueprint in _BLUEPRINTS:
        app.register_blueprint(blueprint)
