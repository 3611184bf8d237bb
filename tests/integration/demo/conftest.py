"""A small demo world, loaded on the engine under test."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
import sqlalchemy as sa

from app.db import db
from app.db.transaction import transaction
from app.db.upsert import bulk_insert
from app.demo.loading.loader import Loaded, load_world
from app.demo.villages import DEMO_VILLAGES
from app.places.models import Area

LAST_ON = date(2026, 11, 22)
SIZE = 60
# What a seed can't repeat: seals and hashes begin with chance, marks with the clock.
BY_CHANCE = {
    *("salt", "words_hash", "hash", "prev_hash", "last_hash"),
    "nik_sealed",
    "nik_index",
    "phone_sealed",
    "phone_index",
    "password_hash",
    "loaded_at",
    "content_sha256",
}


def unseen(_done: int, _total: int) -> None:
    """Progress that nobody looks at."""


def put_villages() -> None:
    """The villages of the demo and the areas above them."""
    levels = {2: "provinsi", 5: "kabkota", 8: "kecamatan", 13: "desa"}
    above = {2: 0, 5: 2, 8: 5, 13: 8}
    codes = {place.code[:length] for place in DEMO_VILLAGES for length in levels}
    rows = [
        {
            "code": code,
            "name": f"Wilayah {code}",
            "level": levels[len(code)],
            "kind": "kabupaten" if len(code) == 5 else levels[len(code)],
            "parent_code": code[: above[len(code)]] or None,
            "search_name": f"wilayah {code}",
            "search_path": f"wilayah {code}",
        }
        for code in sorted(codes, key=lambda code: (len(code), code))
    ]
    with transaction():
        bulk_insert(Area.__table__, rows)


@pytest.fixture
def villages(app) -> None:
    """The villages of the demo and the areas above them."""
    put_villages()


@pytest.fixture
def load(app, villages) -> Callable[..., Loaded]:
    """Load a world of `SIZE` enterprises, unless said otherwise."""

    def loaded(**values) -> Loaded:
        wanted = {"seed": 5, "enterprises": SIZE, "last_on": LAST_ON, "progress": unseen}
        return load_world(**{**wanted, **values})

    return loaded


@pytest.fixture
def digest() -> Callable[[], dict[str, list[tuple]]]:
    """Every row of every table that a demo fills, in the order of its key."""

    def read() -> dict[str, list[tuple]]:
        found = {}
        for table in db.metadata.sorted_tables:
            if table.name in ("area", "area_word", "enterprise_search"):
                continue
            columns = [column for column in table.columns if column.name not in BY_CHANCE]
            statement = sa.select(*columns).order_by(*table.primary_key.columns)
            found[table.name] = [tuple(map(repr, row)) for row in db.session.execute(statement)]
        db.session.rollback()
        return found

    return read
