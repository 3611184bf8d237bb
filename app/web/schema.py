"""No page is served from a database that the code was not written for."""

from __future__ import annotations

from flask import Flask, current_app, request
from sqlalchemy.exc import DBAPIError

from app.db import db
from app.db.schema import SchemaStale, check_schema

_KNOWN = "pulih_schema_known"
_FILES = ("static",)


def init_schema_check(app: Flask) -> None:
    """Look before each request until the schema was right once."""
    app.extensions[_KNOWN] = False
    app.before_request(_check)


def found_stale() -> SchemaStale | None:
    """After a statement that failed: whether a migration passed under this running process."""
    current_app.extensions[_KNOWN] = False
    try:
        db.session.rollback()
        check_schema(db.engine)
    except SchemaStale as stale:
        return stale
    except DBAPIError:
        return None
    return None


def _check() -> None:
    if current_app.extensions[_KNOWN] or request.endpoint in _FILES:
        return
    check_schema(db.engine)
    current_app.extensions[_KNOWN] = True
