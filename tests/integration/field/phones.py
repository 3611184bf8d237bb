"""The app on a phone, as far as the server sees it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from werkzeug.test import TestResponse

from app.core.clock import utc_now
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

    def push(self, *operations: Any, **around: Any) -> TestResponse:
        """Send operations; `around` is what the phone tells besides."""
        return self.post("/api/v1/sync/push", self.batch(*operations, **around))

    def results(self, *operations: Any, **around: Any) -> list[dict[str, Any]]:
        """What became of operations that were sent."""
        answer = self.push(*operations, **around)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        results: list[dict[str, Any]] = answer.get_json()["results"]
        return results

    def batch(self, *operations: Any, **around: Any) -> dict[str, Any]:
        """The body of a batch."""
        known = {
            "device_id": str(self.device_id),
            "app_version": "1.0.0",
            "epoch": None,
            "sent_at": utc_now().isoformat(),
        }
        return {**known, **around, "ops": list(operations)}
