"""Searching enterprises by words and numbers, with what each engine brings."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import (
    ColumnElement,
    Uuid,
    and_,
    column,
    false,
    func,
    literal,
    literal_column,
    or_,
    select,
    table,
    true,
    type_coerce,
)
from sqlalchemy.orm import aliased

from app.core import settings
from app.core.sealing import blind_index
from app.db import db
from app.enterprises.models import SEARCH_TABLE, Enterprise, Owner
from app.enterprises.queries.plans import is_sqlite, many_words
from app.enterprises.rules.phones import phone_index
from app.enterprises.rules.words import Wanted, wanted

_FOUND = table(SEARCH_TABLE, column("words"), column("enterprise_id"))
_SIMPLE: ColumnElement[str] = literal_column("'simple'")


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


def _words_match(asked: Wanted) -> ColumnElement[bool]:
    return _matches_sqlite(asked) if is_sqlite() else _matches_postgresql(asked)


def _matches_postgresql(asked: Wanted) -> ColumnElement[bool]:
    terms = [f"'{word}':*" for word in asked.prefixes] + [f"'{word}'" for word in asked.words]
    query = func.to_tsquery(_SIMPLE, " & ".join(terms))
    found = aliased(Enterprise)
    hit = func.to_tsvector(_SIMPLE, found.search_words).op("@@", is_comparison=True)(query)
    # Gathered first, by the index: left to itself the planner walks along the list and makes the
    # words of each row anew, which costs seconds when the hits stand at its end.
    hits = select(found.id).where(hit).cte().prefix_with("MATERIALIZED", dialect="postgresql")
    return Enterprise.id.in_(select(hits.c.id))


def _matches_sqlite(asked: Wanted) -> ColumnElement[bool]:
    terms = [f'"{word}"*' for word in asked.prefixes] + [f'"{word}"' for word in asked.words]
    query = f"words : ({' AND '.join(terms)})"
    hit = literal_column(SEARCH_TABLE).op("MATCH", is_comparison=True)(query)
    most = many_words()
    first_hits = select(literal(1)).select_from(_FOUND).where(hit).limit(most).subquery()
    count = db.session.execute(select(func.count()).select_from(first_hits)).scalar_one()
    if count >= most:
        return _contains(asked)
    ids = select(type_coerce(_FOUND.c.enterprise_id, Uuid())).where(hit)
    return Enterprise.id.in_(ids)


def _contains(asked: Wanted) -> ColumnElement[bool]:
    """The same answer, row by row: words hold letters and digits only, so none is a wildcard."""
    begins = literal(" ").concat(Enterprise.search_words)
    whole = begins.concat(" ")
    return and_(
        true(),
        *(begins.like(f"% {word}%") for word in asked.prefixes),
        *(whole.like(f"% {word} %") for word in asked.words),
    )
