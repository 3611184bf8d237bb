"""A mentor with a registered phone that can send."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from uuid import UUID

import pytest
from flask import Flask

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
