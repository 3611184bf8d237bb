"""Pages about the quality of the data."""

from app.quality.routes.doubles import blueprint as doubles
from app.quality.routes.findings import blueprint as findings
from app.quality.routes.successors import blueprint as successors

blueprints = (doubles, findings, successors)
