"""Pages about doubles."""

from app.quality.routes.doubles import blueprint as doubles

blueprints = (doubles,)
