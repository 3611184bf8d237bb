"""Pages of the cash book."""

from app.cashbook.routes.book import blueprint as book
from app.cashbook.routes.diaries import blueprint as diaries
from app.cashbook.routes.facts import blueprint as facts
from app.cashbook.routes.imports import blueprint as imports
from app.cashbook.routes.months import blueprint as months
from app.cashbook.routes.paper import blueprint as paper
from app.cashbook.routes.quick import blueprint as quick

__all__ = ["blueprints"]

blueprints = (book, diaries, facts, imports, months, paper, quick)
