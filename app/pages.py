"""The pages of all features, gathered for the factory."""

from __future__ import annotations

from flask import Flask

from app.accounts.routes import blueprints as accounts
from app.enterprises.routes import blueprints as enterprises
from app.health.routes import blueprints as health
from app.jobs.routes import blueprints as jobs
from app.places.routes import blueprints as places

_BLUEPRINTS = (*accounts, *places, *enterprises, *health, *jobs)


def init_pages(app: Flask) -> None:
    """Register every feature's pages."""
    for blueprint in _BLUEPRINTS:
        app.register_blueprint(blueprint)
