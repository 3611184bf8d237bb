"""The planted world, and one caller of each role on the near side."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from app.accounts.models import Account
from app.core.permissions import Role
from app.db import db
from tests.browserless import CleanClient
from tests.integration.access.planting import HERE, World, build

AREAS = {
    Role.LABOUR_OFFICER: HERE[:5],
    Role.MENTOR: HERE[:5],
    Role.VILLAGE_OFFICER: HERE,
    Role.ENTREPRENEUR: HERE,
    Role.COOPERATIVE_OFFICER: HERE[:5],
    Role.ADMIN: "",
}


@pytest.fixture
def world(factories: SimpleNamespace) -> World:
    """Everything there planted, a little here."""
    return build(factories)


@pytest.fixture
def caller(world: World, as_role: Callable[..., CleanClient]) -> Callable[[Role], CleanClient]:
    """Somebody of a role on the near side; mentor and owner are those of the enterprise there."""

    def of(role: Role) -> CleanClient:
        own = {Role.MENTOR: "mentor", Role.ENTREPRENEUR: "account", Role.LABOUR_OFFICER: "officer"}
        if role in own:
            account = db.session.get_one(Account, world.near[own[role]])
            return as_role(role, AREAS[role], account)
        return as_role(role, AREAS[role])

    return of
