"""People and an enterprise that every test of the market needs."""

from __future__ import annotations

import pytest

from app.core.permissions import Role


@pytest.fixture
def mentor(factories):
    return factories.account(role=Role.MENTOR, name="Pendamping Rina")


@pytest.fixture
def officer(factories):
    return factories.account(role=Role.LABOUR_OFFICER, name="Petugas Budi")


@pytest.fixture
def enterprise(factories, mentor):
    return factories.enterprise(mentor=mentor, address="Jalan Melati 3")


@pytest.fixture
def mentor_client(as_role, mentor):
    return as_role(Role.MENTOR, account=mentor)


@pytest.fixture
def officer_client(as_role, officer):
    return as_role(Role.LABOUR_OFFICER, account=officer)
