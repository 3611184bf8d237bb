"""The enterprises behind a figure: the same condition that counted it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement

from app.core.errors import NotFound
from app.enterprises.queries import EnterpriseLine, count, page
from app.enterprises.rules.list_filter import ListFilter
from app.programme.queries.answers import fact_table
from app.programme.queries.fact_tables import Around
from app.web.paging import Page

_AT_ONCE = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureList:
    """One page of the enterprises behind a figure, what they have in common, and how many."""

    words: str
    count: int
    page: Page[EnterpriseLine]


def figure_list(around: Around, fact: str, name: str, *, cursor: str | None) -> FigureList:
    """The enterprises behind a figure.

    Raises:
        NotFound: there is no such figure.
        InvalidInput: code "cursor_unknown".
    """
    words, also = _asked(around, fact, name)
    wanted = ListFilter(area=around.area)
    return FigureList(
        words=words,
        count=count(around.scope, wanted, also=also),
        page=page(around.scope, wanted, cursor=cursor, also=also),
    )


def whole_figure_list(around: Around, fact: str, name: str) -> FigureList:
    """All enterprises behind a figure, for a file.

    Raises:
        NotFound: there is no such figure.
    """
    words, also = _asked(around, fact, name)
    wanted, lines = ListFilter(area=around.area), list[EnterpriseLine]()
    cursor: str | None = None
    while True:
        found = page(around.scope, wanted, cursor=cursor, also=also, size=_AT_ONCE)
        lines += found.rows
        cursor = found.next_cursor
        if cursor is None:
            return FigureList(words=words, count=len(lines), page=Page(rows=lines))


def _asked(around: Around, fact: str, name: str) -> tuple[str, ColumnElement[bool]]:
    table = fact_table(fact)
    if table is None:
        raise NotFound("figure_unknown", message="Angka ini tidak ditemukan.")
    words = f"{table.named[fact]}: {name}" if fact in table.named else table.facts[fact].words
    return words, table.listed(around, fact, name)
