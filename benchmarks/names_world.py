"""A million names and nothing else: owners and enterprises that nobody ever assessed or visited.

Rows go straight to the driver in slices, so memory stays flat; indexes and what is searched by
words are made once, when all rows are there.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from sqlalchemy import text

from app.core.clock import local_today, utc_now
from app.core.ids import new_id
from app.core.text import search_text
from app.db import db
from app.db.transaction import transaction
from app.db.upsert import bulk_copy_rows
from app.enterprises.models import (
    SEARCH_POSTGRESQL,
    SEARCH_SQLITE,
    SEARCH_TABLE,
    Enterprise,
    Owner,
)
from benchmarks.world import (
    FAMILY,
    GIVEN,
    PRODUCTS,
    new_people,
    refresh_statistics,
    villages_of_province,
    without_indexes,
)

SLICE = 10_000
_OWNER = ("id", "name", "search_name", "confirmed_warnings", "version", "created_at", "updated_at")
_ENTERPRISE = (
    "id", "owner_id", "name", "search_name", "search_words", "product_line", "village_code",
    "life_cycle", "life_cycle_on", "has_equipment", "declared_non_halal", "sold_outside_home",
    "is_seasonal", "season_months", "has_plan", "confirmed_warnings", "version", "created_at",
    "updated_at",
)  # fmt: skip


def fill_names(count: int, *, seed: int = 1) -> UUID:
    """Store `count` enterprises with an owner each, by name; gives the officer of the province."""
    chance = random.Random(seed)
    villages = villages_of_province()
    with transaction():
        officer, _ = new_people()
    with without_indexes((Owner, Enterprise)), _without_words():
        for start in range(0, count, SLICE):
            numbers = range(start, min(start + SLICE, count))
            with transaction():
                _write(chance, numbers, villages)
    refresh_statistics()
    return officer


def _write(chance: random.Random, numbers: range, villages: list[str]) -> None:
    owners, enterprises = [], []
    now, today = utc_now(), local_today()
    for number in numbers:
        family, product = chance.choice(FAMILY), chance.choice(PRODUCTS)
        owner_name = f"{chance.choice(GIVEN)} {family} {number}"
        name = f"{product} {family} {chance.randrange(10_000)}"
        words = search_text(f"{name} {owner_name} {product}")
        owner_id = new_id()
        owners.append((owner_id, owner_name, search_text(owner_name), [], 1, now, now))
        enterprises.append(
            (new_id(), owner_id, name, search_text(name), words, product, chance.choice(villages),
             "aktif", today, False, False, False, False, [], False, [], 1, now, now)
        )  # fmt: skip
    tables: dict[str, Any] = {"owner": Owner.__table__, "enterprise": Enterprise.__table__}
    bulk_copy_rows(tables["owner"], _OWNER, owners)
    bulk_copy_rows(tables["enterprise"], _ENTERPRISE, enterprises)


@contextmanager
def _without_words() -> Iterator[None]:
    """Nothing is fed to the search while rows are written; then it is made in one go."""
    is_sqlite = db.engine.dialect.name == "sqlite"
    _run(_STOP_SQLITE if is_sqlite else ("DROP INDEX ix_enterprise_search_words",))
    yield
    if is_sqlite:
        # The table is still there; its triggers come back after the words.
        _run((_ALL_WORDS, _IN_ONE_PIECE, *SEARCH_SQLITE[1:]))
    else:
        _run(SEARCH_POSTGRESQL)


_STOP_SQLITE = tuple(
    f"DROP TRIGGER {SEARCH_TABLE}_{what}" for what in ("insert", "update", "delete")
)
_ALL_WORDS = (
    f"INSERT INTO {SEARCH_TABLE} (words, enterprise_id) SELECT search_words, id FROM enterprise"  # noqa: S608
)
_IN_ONE_PIECE = f"INSERT INTO {SEARCH_TABLE} ({SEARCH_TABLE}) VALUES ('optimize')"  # noqa: S608


def _run(statements: tuple[str, ...]) -> None:
    with db.engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement.replace(":", "\\:")))
