"""Which way SQLite finds a page: by the area or words that narrow it, or along the list's order.

Its planner does not know that a page is short. Where a condition holds for many rows it is cheaper
to walk the list in its order until the page is full; where for few, to gather and sort them. The
two cost the same at about the root of the number of rows, so that many are counted, no more.
PostgreSQL decides by its own statistics.
"""

from __future__ import annotations

from math import isqrt
from typing import Any

from sqlalchemy import ColumnElement, column, func, literal, select, table, text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from app.core.scope import WHOLE_COUNTRY, Scope
from app.db import db
from app.enterprises.models import SEARCH_TABLE, Enterprise

# Gathering a row costs about twice as much as passing over one; a page has 50.
_BALANCE = 25
_FEWEST = 500
# Words stand at certain places of the alphabet ("warung" near its end), so a walk along the names
# may pass nearly all rows before it meets them. Only words that are everywhere are walked for.
_WORDS_EVERYWHERE = 10
_ROWS_POSTGRESQL = text("SELECT reltuples FROM pg_class WHERE oid = 'enterprise'::regclass")
_SEARCHED = table(SEARCH_TABLE, column("rowid"))


class beside_index(FunctionElement[Any]):  # noqa: N801 - it is used like a function
    """A column which SQLite doesn't look up in an index; elsewhere the column itself."""

    inherit_cache = True


@compiles(beside_index)
def _plain(element: beside_index, compiler: SQLCompiler, **options: Any) -> str:
    return str(compiler.process(element.clauses, **options))


@compiles(beside_index, "sqlite")
def _unary_plus(element: beside_index, compiler: SQLCompiler, **options: Any) -> str:
    return f"+{compiler.process(element.clauses, **options)}"


def is_sqlite() -> bool:
    """Whether this process works on SQLite."""
    return db.session().get_bind().dialect.name == "sqlite"


def row_count() -> int:
    """About how many enterprises there are."""
    if is_sqlite():
        newest = select(_SEARCHED.c.rowid).order_by(_SEARCHED.c.rowid.desc()).limit(1)
        return db.session.execute(newest).scalar() or 0
    return max(0, int(db.session.execute(_ROWS_POSTGRESQL).scalar_one()))


def many() -> int:
    """From how many hits on walking is cheaper than gathering."""
    return max(_FEWEST, isqrt(_BALANCE * row_count()))


def many_words() -> int:
    """From how many hits of a word on walking is cheaper than gathering."""
    return _WORDS_EVERYWHERE * many()


def is_wide(scope: Scope, area: str, reached: ColumnElement[bool]) -> bool:
    """Whether so much is reached that SQLite should walk along the list's order.

    `reached` is the condition of the scope and of the area asked for.
    """
    if not is_sqlite() or (WHOLE_COUNTRY in scope.areas and not area):
        return False
    return not has_fewer(many(), reached)


def is_rare(state: ColumnElement[bool]) -> bool:
    """Whether so few rows hold a condition with an index that SQLite should gather them."""
    return is_sqlite() and has_fewer(many(), state)


def has_fewer(most: int, condition: ColumnElement[bool]) -> bool:
    """Whether fewer than `most` enterprises hold a condition."""
    found = select(literal(1)).select_from(Enterprise).where(condition).limit(most).subquery()
    return db.session.execute(select(func.count()).select_from(found)).scalar_one() < most
