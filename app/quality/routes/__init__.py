"""Pages about the quality of the data."""

from app.quality.routes.doubles import blueprint as doubles
from app.quality.routes.findings import blueprint as findings

blueprints = (doubles, findings)
