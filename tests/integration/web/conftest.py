"""Views that refuse and fail in every way, beside the real ones."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from sqlalchemy.exc import OperationalError

from app.core.errors import Conflict, InvalidInput, NotAllowed, NotFound, WrongState
from app.factory import create_app
from app.web.access import open_to_all
from tests.browserless import CleanClient
from tests.conftest import make_tables, settings_for

REFUSALS = {
    "not-found": NotFound("enterprise_unknown", message="Usaha 123 milik orang lain."),
    "not-allowed": NotAllowed("permission_missing", message="Halaman ini bukan untuk peran Anda."),
    "invalid": InvalidInput("name_missing", field="name", message="Isi nama usaha."),
    "conflict": Conflict("version_stale", message="Data ini baru saja diubah orang lain."),
    "wrong-state": WrongState("plan_closed", message="Rencana ini sudah ditutup."),
    "busy": OperationalError("SELECT nik", {}, Exception("database is locked")),
    "broken-database": OperationalError("SELECT nik", {}, Exception("no such table: owner")),
    "fault": RuntimeError("rahasia di /srv/app"),
}


@open_to_all
def refuse(how: str) -> str:
    """Raise what was asked for."""
    if how in REFUSALS:
        raise REFUSALS[how]
    return "baik"


@pytest.fixture(scope="session")
def refusing(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """An application of its own, CSRF checks on, with a view that refuses."""
    folder = tmp_path_factory.mktemp("refusing")
    app = create_app(settings_for(f"sqlite:///{folder / 'refusing.sqlite3'}", folder))
    make_tables(app)
    app.test_client_class = CleanClient
    app.add_url_rule("/uji/<how>", endpoint="uji", view_func=refuse, methods=["GET", "POST"])
    return SimpleNamespace(app=app)


@pytest.fixture
def stranger(refusing: SimpleNamespace) -> CleanClient:
    """Somebody without a session."""
    with refusing.app.app_context():
        yield refusing.app.test_client()
