"""The pages of all features, gathered for the factory."""

from __future__ import annotations

from flask import Flask

from app.accounts.routes import blueprints as accounts
from app.aid.routes import blueprints as aid
from app.cashbook.routes import blueprints as cashbook
from app.credit.routes import blueprints as credit
from app.dashboard.routes import blueprints as dashboard
from app.decrees.routes import blueprints as decrees
from app.enterprises.routes import blueprints as enterprises
from app.field.routes import blueprints as field
from app.health.routes import blueprints as health
from app.interventions.routes import blueprints as interventions
from app.jobs.routes import blueprints as jobs
from app.market.routes import blueprints as market
from app.mentoring.routes import blueprints as mentoring
from app.places.routes import blueprints as places
from app.portal.routes import blueprints as portal
from app.programme.routes import blueprints as programme
from app.quality.routes import blueprints as quality
from app.reports.routes import blueprints as reports
from app.rights.routes import blueprints as rights
from app.trainings.routes import blueprints as trainings

_BLUEPRINTS = (
    *accounts,
    *places,
    *enterprises,
    *market,
    *cashbook,
    *credit,
    *health,
    *interventions,
    *aid,
    *trainings,
    *mentoring,
    *portal,
    *field,
    *dashboard,
    *decrees,
    *programme,
    *quality,
    *reports,
    *rights,
    *jobs,
)


def init_pages(app: Flask) -> None:
    """Register every feature's pages."""
    for blueprint in _BLUEPRINTS:
        app.register_blueprint(blueprint)
