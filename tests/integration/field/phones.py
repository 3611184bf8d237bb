"""The app on a phone, as far as the server sees it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from werkzeug.test import TestResponse

from tests.browserless import CleanClient

HEADERS = {"X-Pulih-Lapangan": "1"}


class Phone:
    """The app on a phone, as far as the server sees it."""

    def __init__(self, client: CleanClient, device_id: UUID, account_id: UUID) -> None:
        self.client, self.device_id, self.account_id = client, device_id, account_id

    def post(self, path: str, body: Any, **headers: str) -> TestResponse:
        """Send JSON, as an object or as the bytes of a text."""
        said = {"data": body} if isinstance(body, bytes) else {"json": body}
        kind = {} if "json" in said else {"content_type": "application/json"}
        return self.client.post(path, headers={**HEADERS, **headers}, **said, **kind)

    def get(self, path: str) -> TestResponse:
        """Ask for something."""
        return self.client.get(path)

    def delete(self, path: str) -> TestResponse:
        """End something."""
        return self.client.delete(path, headers=HEADERS)
