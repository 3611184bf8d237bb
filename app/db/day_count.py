"""Days of dates, worked out by the database."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class days_between(FunctionElement[int]):  # noqa: N801 - it is used like a function
    """Whole days from the second date to the first."""

    type = Integer()
    inherit_cache = True


@compiles(days_between)
def _subtracted(element: days_between, compiler: SQLCompiler, **options: Any) -> str:
    later, earlier = (compiler.process(one, **options) for one in element.clauses)
    return f"({later} - {earlier})"


@compiles(days_between, "sqlite")
def _by_julian_day(element: days_between, compiler: SQLCompiler, **options: Any) -> str:
    later, earlier = (compiler.process(one, **options) for one in element.clauses)
    return f"CAST(julianday({later}) - julianday({earlier}) AS INTEGER)"


class days_marked(FunctionElement[int]):  # noqa: N801 - it is used like a function
    """Of the dates of a group, all in one month: a number with a bit for each day."""

    type = BigInteger()
    inherit_cache = True


@compiles(days_marked)
def _with_or(element: days_marked, compiler: SQLCompiler, **options: Any) -> str:
    day = compiler.process(element.clauses, **options)
    return f"bit_or(CAST(1 AS BIGINT) << CAST(EXTRACT(day FROM {day}) AS INTEGER))"


@compiles(days_marked, "sqlite")
def _with_sum(element: days_marked, compiler: SQLCompiler, **options: Any) -> str:
    day = compiler.process(element.clauses, **options)
    return f"sum(DISTINCT 1 << CAST(substr({day}, 9) AS INTEGER))"
