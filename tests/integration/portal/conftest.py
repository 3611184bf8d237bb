"""An owner with an enterprise, and the mentor who gives them a card."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask

from app.core.permissions import Role
from tests.browserless import CleanClient

DOOR = "/masuk/kartu"


@pytest.fixture
def mentor(factories: Any) -> Any:
    """The mentor of the enterprise."""
    return factories.account(role=Role.MENTOR, name="Pendamping Rina")


@pytest.fixture
def mentor_client(as_role: Callable[..., CleanClient], mentor: Any) -> CleanClient:
    """The mentor, logged in."""
    return as_role(Role.MENTOR, account=mentor)


@pytest.fixture
def enterprise(factories: Any, mentor: Any) -> Any:
    """An enterprise of the mentor who calls."""
    return factories.enterprise(mentor=mentor, name="Keripik Bu Sri")


@pytest.fixture
def hand_out(mentor_client: CleanClient) -> Callable[..., str]:
    """Have the mentor make a card for an owner; gives its sixteen figures."""

    def made(owner_id: Any, days: str = "365", client: CleanClient | None = None) -> str:
        asked = client or mentor_client
        answer = asked.post(f"/pemilik/{owner_id}/kartu-masuk", data={"days": days})
        assert answer.status_code == 303
        page = asked.get(answer.location).text
        found = re.search(r"(\d{4} \d{4} \d{4} \d{4})", page)
        assert found is not None
        return found[1].replace(" ", "")

    return made


@pytest.fixture
def owner(app: Flask, enterprise: Any, hand_out: Callable[..., str]) -> SimpleNamespace:
    """The owner, who came in with their card."""
    code = hand_out(enterprise.owner_id)
    client = app.test_client()
    answer = client.post(DOOR, data={"code": code})
    assert answer.location == "/saya"
    return SimpleNamespace(client=client, code=code, id=enterprise.owner_id, enterprise=enterprise)
