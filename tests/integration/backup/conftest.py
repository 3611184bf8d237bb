"""A filled installation, and an empty one on the same engine to bring its backup to."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask

from app.core.clock import local_today
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from app.factory import create_app
from tests import postgres
from tests.conftest import settings_for

KEY = base64.b64encode(b"the key of backups, of 32 bytes!").decode()
OTHER_KEY = base64.b64encode(b"another key of backups, 32 bytes").decode()
CANARIES = ("Kanarisari", "Burung Kenari Emas", "3302145208859999", "81299990000")


@pytest.fixture(autouse=True)
def backup_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKUP_KEY", KEY)


@pytest.fixture
def filled(app: Flask, factories: SimpleNamespace) -> SimpleNamespace:
    """Owners, enterprises, an assessment, a visit with its history, a photo."""
    owner = factories.owner(name="Kanarisari", nik="3302145208859999", phone="+6281299990000")
    first = factories.enterprise(owner=owner, name="Burung Kenari Emas").id
    second = factories.enterprise(name="Keripik Bu Sri").id
    photo = factories.stored_photo()
    with transaction():
        db.session.get_one(Enterprise, first).photo_id = photo.id
    factories.assessment(
        enterprise=db.session.get_one(Enterprise, second), found=factories.findings(1)
    )
    mentor = factories.mentor().account_id
    factories.assigned(mentor, db.session.get_one(Enterprise, second))
    factories.visit(db.session.get_one(Enterprise, second), mentor, visited_on=local_today())
    return SimpleNamespace(owner_id=owner.id, first=first, second=second, photo_id=photo.id)


@pytest.fixture
def elsewhere(
    app: Flask, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[], Flask]]:
    """Makes an application on an empty database; settings are bound to it from then on."""
    made: list[tuple[Flask, str]] = []
    on_sqlite = app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite")

    def make() -> Flask:
        number = len(made)
        folder = tmp_path / f"elsewhere-{number}"
        folder.mkdir()
        if on_sqlite:
            address = f"sqlite:///{folder / 'pulih.sqlite3'}"
        else:
            shared = postgres.shared_folder(tmp_path_factory)
            mark = tmp_path.parent.name.replace("-", "_")
            address = postgres.new_database(shared, f"{mark}_backup_{number}")
        fresh = create_app(settings_for(address, folder))
        made.append((fresh, address))
        return fresh

    yield make
    for fresh, address in made:
        with fresh.app_context():
            db.session.remove()
            db.engine.dispose()
        if not on_sqlite:
            postgres.drop_database(address)
