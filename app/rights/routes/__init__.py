"""Pages about people's rights over their data."""

from app.rights.routes.breach import blueprint as breach
from app.rights.routes.own_data import blueprint as own_data
from app.rights.routes.requests import blueprint as requests

blueprints = (requests, breach, own_data)
