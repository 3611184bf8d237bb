"""The database: the base of all tables, column types, and the one commit.

Only this package knows Flask-SQLAlchemy. Everything else uses `db.Model`, `db.session` and
`sqlalchemy.select`.
"""

from app.db.base import db

__all__ = ["db"]
