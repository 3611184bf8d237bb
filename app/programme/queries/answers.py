"""The items of the programme with their figures: one statement for each table of facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select

from app.db import db
from app.enterprises.models import Enterprise
from app.places.queries import VILLAGE_LENGTH, parts
from app.programme.queries.account_facts import ACCOUNTS
from app.programme.queries.answer_facts import ANSWERS, issues
from app.programme.queries.event_facts import (
    RECEIVED,
    REFERRALS,
    THERAPIES,
    TOOLS,
    TRAININGS,
    VISITS,
)
from app.programme.queries.fact_tables import Around, FactTable, served
from app.programme.queries.register_facts import PRODUCTS, REGISTER
from app.programme.rules import (
    ACTIVITIES,
    INDICATORS,
    Answer,
    Asked,
    Figure,
    Item,
    NamedList,
    Number,
    figures_of,
)

# Names that people wrote are told as far as a page is read.
_MOST_NAMES = 10
_MOST_ISSUES = 10
_ISSUES_KEY = "identifikasi-10"
_ON_PROFILE = (REGISTER, ANSWERS, TOOLS, ACCOUNTS)
_ON_INDICATORS = (
    REGISTER, ANSWERS, VISITS, THERAPIES, REFERRALS, TRAININGS, TOOLS, RECEIVED, ACCOUNTS,
)  # fmt: skip
_NAMED = {"produk": PRODUCTS, "pelaksana": THERAPIES, "mitra": THERAPIES, "kantor": REFERRALS}
_TABLES = (*_ON_INDICATORS, PRODUCTS)
LISTED = frozenset(key for table in _TABLES for key in (*table.facts, *table.named))
AMOUNTS = frozenset(key for table in _TABLES for key in table.amounts)


def profile(around: Around) -> list[Answer]:
    """The ten identification activities."""
    counts = _counts(_ON_PROFILE, ACTIVITIES, around)
    return [
        Answer(
            item=item,
            figures=_issue_figures(around)
            if item.key == _ISSUES_KEY
            else _figures(item, counts, around),
            named=[_named(around, key, heading) for key, heading in item.named],
        )
        for item in ACTIVITIES
    ]


def indicators(around: Around) -> list[Answer]:
    """The indicators of output, outcome and benefit."""
    counts = _counts(_ON_INDICATORS, INDICATORS, around)
    return [
        Answer(item=item, figures=_figures(item, counts, around), named=()) for item in INDICATORS
    ]


def area_lines(around: Around) -> list[tuple[str, str, int]]:
    """Code, name and number of enterprises of each area right below that holds one."""
    if len(around.area) == VILLAGE_LENGTH:
        return []
    below = parts(around.scope, around.area)
    length = len(below[0].code) if below else 0
    part = func.substr(Enterprise.village_code, 1, length)
    rows = db.session.execute(select(part, func.count()).where(served(around)).group_by(part))
    numbers = {row[0]: row[1] for row in rows}
    return [(one.code, one.name, numbers[one.code]) for one in below if one.code in numbers]


def fact_table(key: str) -> FactTable | None:
    """The table that holds a fact or a name; None for a fact that there isn't."""
    known = next((one for one in _TABLES if key in one.facts or key in one.named), None)
    if known is None and "-" in key:
        table = issues()
        return table if key in table.facts else None
    return known


def amount_table(key: str) -> FactTable | None:
    """The table that holds a number of other things than enterprises; None where there isn't."""
    return next((one for one in _TABLES if key in one.amounts), None)


def _counts(tables: Iterable[FactTable], items: Iterable[Item], around: Around) -> dict[str, int]:
    """What the lines of these items tell."""
    asked = {key for item in items for line in item.lines for key in (line.fact, line.out_of)}
    counts: dict[str, int] = {}
    for table in tables:
        counts.update(table.counts(around, asked))
    return counts


def _figures(item: Item, counts: dict[str, int], around: Around) -> list[Figure]:
    return figures_of(item.lines, counts, LISTED, AMOUNTS, period=around.period, today=around.today)


def _named(around: Around, key: str, heading: str) -> NamedList:
    found = _NAMED[key].names(around, key, most=_MOST_NAMES)
    return NamedList(
        heading=heading,
        numbers=[Number(value=number, fact=key, name=name) for name, number in found],
    )


def _issue_figures(around: Around) -> Sequence[Figure]:
    table = issues()
    counts = table.counts(around, table.facts)
    lows = {key: value for key, value in counts.items() if key.startswith("masalah-") and value}
    worst = sorted(lows, key=lambda key: (-lows[key], key))[:_MOST_ISSUES]
    lines = [
        Asked(
            label=table.facts[key].words,
            fact=key,
            out_of=key.replace("masalah-", "ditanya-"),
        )
        for key in worst
    ]
    return figures_of(
        lines, counts, frozenset(table.facts), frozenset(), period=around.period, today=around.today
    )
