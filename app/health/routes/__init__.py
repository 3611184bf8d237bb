"""Pages of the diagnosis and of the instrument."""

from app.health.routes.assessing import blueprint as assessing
from app.health.routes.calibration import blueprint as calibration
from app.health.routes.disputes import objections, settlements
from app.health.routes.instruments import blueprint as instruments
from app.health.routes.results import blueprint as results
from app.health.routes.trials import blueprint as trials

blueprints = (results, assessing, instruments, trials, calibration, objections, settlements)
