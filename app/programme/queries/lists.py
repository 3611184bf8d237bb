"""The enterprises behind a figure: the same condition that counted it."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.errors import NotFound
from app.enterprises.queries import EnterpriseLine, count, page
from app.enterprises.rules.list_filter import ListFilter
from app.programme.queries.answers import fact_table
from app.programme.queries.fact_tables import Around
from app.web.paging import Page


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
    table = fact_table(fact)
    if table is None:
        raise NotFound("figure_unknown", message="Angka ini tidak ditemukan.")
    also = table.listed(around, fact, name)
    wanted = ListFilter(area=around.area)
    is_named = fact in table.named
    return FigureList(
        words=f"{table.named[fact]}: {name}" if is_named else table.facts[fact].words,
        count=count(around.scope, wanted, also=also),
        page=page(around.scope, wanted, cursor=cursor, also=also),
    )
