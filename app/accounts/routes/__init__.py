"""Pages of accounts: signing in, one's own account, people and their roles."""

from app.accounts.routes.own import blueprint as own
from app.accounts.routes.people import blueprint as people

blueprints = (own, people)
