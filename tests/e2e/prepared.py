"""Sites that begin with all tables and the places of Indonesia: made once, copied for each story.

Migrating and loading the places takes half a minute; a copy takes a second.
"""

from __future__ import annotations

import fcntl
import shutil

import pytest

from tests import postgres
from tests.e2e.site import Site

PLACES = "places"
TABLES = "tables"


def on_sqlite(factory: pytest.TempPathFactory, name: str, *, ground: str = PLACES) -> Site:
    """A site in a folder of its own, with tables (and places) already there; not yet served."""
    model = postgres.shared_folder(factory) / f"site-model-{ground}"
    with model.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (model / "is-whole").exists():
            shutil.rmtree(model, ignore_errors=True)
            _fill(Site(model), ground)
            (model / "is-whole").touch()
    folder = factory.mktemp(name)
    shutil.copytree(model, folder, dirs_exist_ok=True)
    return Site(folder)


def on_postgresql(factory: pytest.TempPathFactory, name: str) -> Site:
    """The same on PostgreSQL, in a database of its own."""
    folder = factory.mktemp(name)

    def prepare(address: str) -> None:
        _fill(Site(folder, database_url=address), PLACES)

    address = postgres.new_database(
        postgres.shared_folder(factory),
        f"{folder.parent.name}_{folder.name}".replace("-", "_").lower(),
        prepare=prepare,
        template=PLACES,
    )
    return Site(folder, database_url=address)


def _fill(site: Site, ground: str) -> None:
    site.run("db", "upgrade")
    if ground == PLACES:
        site.run("places", "load")
