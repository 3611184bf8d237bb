"""What the database itself does with a table, beyond what its columns say."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import DDL, FromClause, event


def made_with(table: FromClause, *, sqlite: Iterable[str], postgresql: Iterable[str]) -> None:
    """Have statements run after the table is made, on the engine whose they are."""
    for dialect, statements in (("sqlite", sqlite), ("postgresql", postgresql)):
        for statement in statements:
            ddl = DDL(statement.replace("%", "%%")).execute_if(dialect=dialect)
            event.listen(table, "after_create", ddl)
