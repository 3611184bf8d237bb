"""Long lists of texts or keys to look for, each sent to the database as one value.

An `IN` with a mark for each of hundreds of them costs more to write down than to look up.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Text, Uuid, any_, cast, func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import InstrumentedAttribute

from app.db.base import db


def listed(texts: Sequence[str]) -> Select[tuple[str]]:
    """The texts as rows, for `column.in_(…)`."""
    if _is_postgres():
        return select(func.unnest(cast(list(texts), ARRAY(Text))))
    return select(func.json_each(literal(json.dumps(texts))).table_valued("value").c.value)


def listed_pairs(pairs: Sequence[tuple[str, str]]) -> Select[tuple[str, str]]:
    """The pairs as rows of two columns, for `tuple_(…).in_(…)`."""
    if _is_postgres():
        first, second = ([pair[place] for pair in pairs] for place in (0, 1))
        return select(func.unnest(cast(first, ARRAY(Text))), func.unnest(cast(second, ARRAY(Text))))
    value = func.json_each(literal(json.dumps(pairs))).table_valued("value").c.value
    return select(func.json_extract(value, "$[0]"), func.json_extract(value, "$[1]"))


def is_among(
    column: ColumnElement[UUID] | InstrumentedAttribute[UUID], keys: Collection[UUID]
) -> ColumnElement[bool]:
    """Whether a column, that has an index, holds one of the keys."""
    if not _is_postgres():
        return column.in_(listed([key.hex for key in keys]))
    texts = "{" + ",".join([key.hex for key in keys]) + "}"
    # Its planner looks at each value of a list it knows, which takes longer than finding the rows:
    # what a statement within answers it doesn't know.
    within = select(cast(literal(texts, Text), ARRAY(Uuid))).scalar_subquery()
    return column == any_(cast(within, ARRAY(Uuid)))


def _is_postgres() -> bool:
    return db.session().get_bind().dialect.name == "postgresql"
