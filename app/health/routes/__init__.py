"""Pages of the diagnosis."""

from app.health.routes.assessing import blueprint as assessing
from app.health.routes.results import blueprint as results

blueprints = (results, assessing)
