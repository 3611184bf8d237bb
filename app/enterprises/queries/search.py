"""Searching enterprises by words and numbers, with what each engine brings."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    Uuid,
    and_,
    column,
    false,
    func,
    inspect,
    literal,
    literal_column,
    or_,
    select,
    table,
    true,
    type_coerce,
)
from sqlalchemy import text as sql_text
from sqlalchemy.orm import aliased

from app.core import settings
from app.core.sealing import blind_index
from app.db import db
from app.enterprises.models import SEARCH_TABLE, Enterprise, Owner
from app.enterprises.queries.plans import is_sqlite, many_words, row_count
from app.enterprises.rules.phones import phone_index
from app.enterprises.rules.words import Wanted, wanted

_FOUND = table(SEARCH_TABLE, column("words"), column("enterprise_id"))
_SIMPLE: ColumnElement[str] = literal_column("'simple'")
_COMMON_WORDS = sql_text(
    "SELECT common.word, common.part FROM pg_stats,"
    " unnest(CAST(CAST(most_common_elems AS text) AS text[]), most_common_elem_freqs)"
    " AS common (word, part)"
    " WHERE schemaname = current_schema() AND tablename = 'ix_enterprise_search_words'"
    " AND EXISTS (SELECT FROM unnest(CAST(:begins AS text[])) AS begins (word)"
    " WHERE starts_with(common.word, begins.word))"
)


def text_matches(text: str) -> ColumnElement[bool]:
    """The condition on `Enterprise` that a search for `text` finds it.

    Whole NIKs, NIBs and phone numbers are found exactly, words by how they begin. A text without
    any letter or digit finds nothing.
    """
    asked = wanted(text)
    if asked.nik:
        index = blind_index(asked.nik, settings.current().nik_index_key)
        return _of_owners(Owner.nik_index == index)
    if asked.nib or asked.phone:
        return or_(*_number_matches(asked))
    if asked.is_empty:
        return false()
    return _words_match(asked)


def _number_matches(asked: Wanted) -> Iterator[ColumnElement[bool]]:
    if asked.nib:
        yield Enterprise.nib == asked.nib
    if asked.phone:
        yield _of_owners(Owner.phone_index == phone_index(asked.phone))


def _of_owners(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return Enterprise.owner_id.in_(select(Owner.id).where(condition))


def words_of(text: str) -> Wanted | None:
    """What words are searched for; nothing if a number is, or no word."""
    asked = wanted(text) if text else None
    return asked if asked is not None and (asked.prefixes or asked.words) else None


def gathered(asked: Wanted) -> ColumnElement[bool]:
    """The condition on `Enterprise` that it is among the hits, which are all gathered first."""
    hits = _hits(asked).cte()
    # Left to itself the planner of PostgreSQL walks along the list and makes the words of each row
    # anew, which costs seconds when the hits stand at its end.
    hits = hits.prefix_with("MATERIALIZED", dialect="postgresql")
    return Enterprise.id.in_(select(hits.c.id))


def streamed(asked: Wanted) -> ColumnElement[bool]:
    """The same condition on a statement of `joined_to_hits`, where a part of the hits will do."""
    return _is_hit_sqlite(asked) if is_sqlite() else _is_hit_postgresql(Enterprise, asked)


def joined_to_hits() -> FromClause:
    """What such a statement selects from."""
    rows: FromClause = inspect(Enterprise).local_table
    if not is_sqlite():
        return rows
    return _FOUND.join(rows, type_coerce(_FOUND.c.enterprise_id, Uuid()) == Enterprise.id)


def hit_count(asked: Wanted, *, names: int, most: int) -> int:
    """About how many of so many enterprises are found, whoever reaches them, but at most `most`.

    SQLite reads its hits one by one, so the first are counted. PostgreSQL gathers all before it
    gives the first, so its statistics are asked, which know the frequent words.
    """
    if not is_sqlite():
        return min(most, int(names * _share(asked)))
    # Row numbers alone: the words and ids of the hits are not looked up.
    hits: Select[int] = (
        select(literal_column("rowid")).select_from(_FOUND).where(_is_hit_sqlite(asked))
    )
    first_hits = hits.limit(most).subquery()
    return db.session.execute(select(func.count()).select_from(first_hits)).scalar_one()


def _share(asked: Wanted) -> float:
    """Which part of all enterprises is found, as if no word went with another; 0 for rare words."""
    begins = [*asked.prefixes, *asked.words]
    common = db.session.execute(_COMMON_WORDS, {"begins": begins}).all()
    held = [[part for word, part in common if word.startswith(start)] for start in asked.prefixes]
    held += [[part for word, part in common if word == whole] for whole in asked.words]
    return prod(min(1.0, sum(parts)) for parts in held)


def contains(asked: Wanted) -> ColumnElement[bool]:
    """The same answer, row by row."""
    words = literal(" ").concat(Enterprise.search_words).concat(" ")
    # Not LIKE, whose hits PostgreSQL thinks are few: it would rather sort all names of a letter.
    place = func.instr if is_sqlite() else func.strpos
    pieces = [f" {word}" for word in asked.prefixes] + [f" {word} " for word in asked.words]
    return and_(true(), *(place(words, piece) > 0 for piece in pieces))


def _words_match(asked: Wanted) -> ColumnElement[bool]:
    if is_sqlite() and _is_everywhere(asked):
        return contains(asked)
    return gathered(asked)


def _is_everywhere(asked: Wanted) -> bool:
    most = many_words()
    return hit_count(asked, names=row_count(), most=most) >= most


def _hits(asked: Wanted) -> Select[UUID]:
    if is_sqlite():
        found_id = type_coerce(_FOUND.c.enterprise_id, Uuid()).label("id")
        return select(found_id).where(_is_hit_sqlite(asked))
    found = aliased(Enterprise)
    return select(found.id.label("id")).where(_is_hit_postgresql(found, asked))


def _is_hit_sqlite(asked: Wanted) -> ColumnElement[bool]:
    terms = [f'"{word}"*' for word in asked.prefixes] + [f'"{word}"' for word in asked.words]
    query = f"words : ({' AND '.join(terms)})"
    return literal_column(SEARCH_TABLE).op("MATCH", is_comparison=True)(query)


def _is_hit_postgresql(rows: Any, asked: Wanted) -> ColumnElement[bool]:
    terms = [f"'{word}':*" for word in asked.prefixes] + [f"'{word}'" for word in asked.words]
    query = func.to_tsquery(_SIMPLE, " & ".join(terms))
    return func.to_tsvector(_SIMPLE, rows.search_words).op("@@", is_comparison=True)(query)
