"""A mentor with a registered phone that can send."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from uuid import UUID

import pytest
from flask import Flask

from app.core.clock import local_today
from app.core.permissions import Role
from app.db import db
from app.enterprises.models import Enterprise
from app.mentoring.models import Mentor
from tests.browserless import CleanClient
from tests.integration.field.phones import Phone


@pytest.fixture
def phone_of(app: Flask, factories: SimpleNamespace) -> Callable[..., Phone]:
    """A registered phone of an account: `phone_of(account_id)`."""

    def registered(account_id: UUID, device_id: UUID | None = None) -> Phone:
        row, token = factories.device(account_id, device_id=device_id)
        client = app.test_client()
        assert isinstance(client, CleanClient)
        client.set_cookie("pulih_ponsel", token)
        return Phone(client, row.id, account_id)

    return registered


@pytest.fixture
def mentor(factories: SimpleNamespace) -> Mentor:
    """Somebody who looks after enterprises in Banyumas."""
    made: Mentor = factories.mentor(person=factories.account(role=Role.MENTOR))
    return made


@pytest.fixture
def phone(phone_of: Callable[..., Phone], mentor: Mentor) -> Phone:
    """The mentor's phone."""
    return phone_of(mentor.account_id)


@pytest.fixture
def cared(factories: SimpleNamespace, mentor: Mentor) -> Enterprise:
    """An enterprise that the mentor has had in care for two months."""
    row = factories.enterprise()
    factories.assigned(mentor.account_id, row, from_on=local_today() - timedelta(days=60))
    return db.session.get_one(Enterprise, row.id)
