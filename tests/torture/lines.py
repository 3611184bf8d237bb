"""What runs of phones share: asking the server in JSON, and what a phone must hold."""

from __future__ import annotations

import http.client
import json
import time
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.scope import Scope
from app.db import db
from app.field.queries.held import held_versions
from app.field.rules.cursors import scope_hash
from app.mentoring.models import Visit
from tests.torture.ground import Site


class Line:
    """The line of one phone to the server."""

    def __init__(self, place: Site, device_id: UUID, token: str) -> None:
        self.place, self.device_id, self.token = place, device_id, token
        # Seconds that the server asked to wait, when it last asked.
        self.retry_after = 0.0

    def ask(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        """Status and JSON of an answer."""
        line = http.client.HTTPConnection("127.0.0.1", self.place.port, timeout=60)
        headers = {"Cookie": f"pulih_ponsel={self.token}", "X-Pulih-Lapangan": "1"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        try:
            sent = None if body is None else json.dumps(body)
            line.request(method, path, body=sent, headers=headers)
            answer = line.getresponse()
            self.retry_after = float(answer.headers.get("Retry-After", 0))
            return answer.status, json.loads(answer.read() or b"null")
        finally:
            line.close()

    def push(self, operations: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The results of operations that were sent until the server took them."""
        body = {"device_id": str(self.device_id), "epoch": None, "ops": operations}
        while True:
            try:
                status, said = self.ask("POST", "/api/v1/sync/push", body)
            except OSError:
                # The answer was lost; whatever counts already is told again.
                continue
            if status == 200 and all(one["status"] != "retry" for one in said["results"]):
                results: list[dict[str, Any]] = said["results"]
                return results
            if status == 503:
                time.sleep(min(self.retry_after, 2))
            if status not in (200, 503):
                raise AssertionError(f"{status} {said}")


class Copy:
    """What a phone holds, kept as the protocol says."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.cursor = ""
        self.cards: dict[UUID, dict[str, Any]] = {}
        self.versions: dict[UUID, int] = {}
        self.kinds: list[str] = []
        self.told: tuple[int | None, str | None] = (None, None)

    def pull(self, limit: int) -> bool:
        """Take one page in; gives whether there are more."""
        path = f"/api/v1/sync/pull?limit={limit}&cursor={self.cursor}"
        status, page = self.line.ask("GET", path)
        if status == 503:
            return True
        assert status == 200, f"{status} {page}"
        self.take(page)
        more: bool = page["has_more"]
        return more

    def take(self, page: dict[str, Any]) -> None:
        """Take in what a page says, with its cursor."""
        for change in page["changes"]:
            self._take(change)
        self.cursor = page["cursor"]
        self.told = (page.get("scope_count"), page.get("scope_hash"))

    def pull_all(self, limit: int = 200) -> None:
        """Pull to the end."""
        while self.pull(limit):
            pass

    def _take(self, change: dict[str, Any]) -> None:
        self.kinds.append(change["kind"])
        if change["kind"] == "inbox":
            return
        key = UUID(change["enterprise_id"])
        if change["kind"] in ("grant", "upsert"):
            if change["version"] >= self.versions.get(key, -1):
                self.cards[key], self.versions[key] = change["record"], change["version"]
        elif change["version"] >= self.versions.get(key, -1):
            self.cards.pop(key, None)
            self.versions.pop(key, None)

    @property
    def is_whole(self) -> bool:
        """Whether it holds what the last page said."""
        return (len(self.versions), scope_hash(self.versions)) == self.told

    def faults(self, account_id: UUID) -> tuple[int, int, int]:
        """How many enterprises are missing, foreign and stale, by the database itself."""
        db.session.rollback()
        truth = held_versions(Scope(account_id=account_id, mentor_account_id=account_id))
        stale = sum(
            self.versions[key] != n or self._newest(key) != self.cards[key]["visits"][:1]
            for key, n in truth.items()
            if key in self.versions
        )
        return len(truth.keys() - self.cards.keys()), len(self.cards.keys() - truth.keys()), stale

    def _newest(self, key: UUID) -> list[dict[str, Any]]:
        """The newest visit, where its id and words are those on the card."""
        row = db.session.scalars(
            select(Visit)
            .where(Visit.enterprise_id == key)
            .order_by(Visit.visited_on.desc(), Visit.received_at.desc(), Visit.id.desc())
            .limit(1)
        ).one_or_none()
        shown = self.cards[key]["visits"][:1]
        if row is None or not shown:
            return []
        same = (shown[0]["id"], shown[0]["findings"]) == (str(row.id), row.findings)
        return shown if same else []
