"""An officer with a form to send: one row and its history for each that was accepted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from app.db import db
from app.history.models import HistoryEntry
from app.places.models import VillageProgram
from tests.browserless import CleanClient
from tests.factories.enterprises import village_rows

Send = Callable[[str], int]


@pytest.fixture
def village(app) -> str:
    """A village in the officer's area."""
    return village_rows()


@pytest.fixture
def send(officer_client: CleanClient, village: str) -> Send:
    """Send the form with this name; gives the answer's status."""

    def post(name: str) -> int:
        answer = officer_client.post(
            f"/wilayah/{village}/program/baru",
            data={"program": "LAINNYA", "name": name, "year": "2024"},
        )
        if answer.status_code >= 500:
            assert answer.headers["Retry-After"]
            assert "belum tersimpan" in answer.text
            assert not [word for word in ("Traceback", "INSERT", "sqlite") if word in answer.text]
        return answer.status_code

    return post


def stored() -> tuple[int, int]:
    """How many forms were stored, and how many stand in the history."""
    db.session.rollback()
    programs = db.session.scalar(select(func.count()).select_from(VillageProgram))
    told = select(func.count()).where(HistoryEntry.action == "village_program.added")
    return programs, db.session.scalar(told)
