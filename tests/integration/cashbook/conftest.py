"""People and an enterprise that every test of the cash book needs."""

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
def owner_account(factories):
    return factories.account(role=Role.ENTREPRENEUR, name="Bu Sari")


@pytest.fixture
def enterprise(factories, mentor, owner_account):
    owner = factories.owner(account_id=owner_account.id)
    return factories.enterprise(mentor=mentor, owner=owner, address="Jalan Melati 3")


@pytest.fixture
def mentor_client(as_role, mentor):
    return as_role(Role.MENTOR, account=mentor)


@pytest.fixture
def officer_client(as_role, officer):
    return as_role(Role.LABOUR_OFFICER, account=officer)


@pytest.fixture
def owner_client(as_role, owner_account):
    return as_role(Role.ENTREPRENEUR, account=owner_account)
