"""People and an enterprise that every test of trainings needs."""

from __future__ import annotations

import pytest

from app.core.permissions import Role


@pytest.fixture
def officer(factories):
    return factories.account(role=Role.LABOUR_OFFICER)


@pytest.fixture
def officer_client(as_role, officer):
    return as_role(Role.LABOUR_OFFICER, account=officer)


@pytest.fixture
def mentor(factories):
    return factories.account(role=Role.MENTOR, name="Rina Wati")


@pytest.fixture
def mentor_client(as_role, mentor):
    return as_role(Role.MENTOR, account=mentor)


@pytest.fixture
def enterprise(factories, mentor):
    return factories.enterprise(mentor=mentor, name="Keripik Sari")
