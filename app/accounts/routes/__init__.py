"""Pages of accounts: signing in, one's own account, people and their roles."""

from app.accounts.routes.own import blueprint as own
from app.accounts.routes.people import blueprint as people
from app.accounts.routes.two_step import blueprint as two_step

blueprints = (own, people, two_step)
