"""A phone's copy of what it was given, kept as the protocol says, for tests of the pull."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from app.core.scope import Scope
from app.db import db
from app.field.queries.changes import changes_since, first_cursor
from app.field.queries.epochs import present_epoch
from app.field.rules.cursors import (
    PullCursor,
    decode_pull_cursor,
    encode_pull_cursor,
    scope_hash,
)


class PhoneCopy:
    """Holds cards by the enterprise, and knows from the last page whether they are all."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.cursor: PullCursor | None = None
        self.cards: dict[UUID, dict[str, Any]] = {}
        self.versions: dict[UUID, int] = {}
        self.seen: list[dict[str, Any]] = []
        self.count: int | None = None
        self.digest: str | None = None

    def pull(self, *, limit: int = 200) -> int:
        """Pull to the end; gives how many pages that took."""
        pages = 1
        while self.pull_page(limit=limit):
            pages += 1
        return pages

    def pull_page(self, *, limit: int) -> bool:
        """Take one page in; gives whether there are more."""
        db.session.rollback()
        cursor = self.cursor or first_cursor(present_epoch())
        page = changes_since(self.scope, cursor, limit=limit)
        for change in page.changes:
            self.seen.append(change)
            self._take(change)
        self.cursor = decode_pull_cursor(encode_pull_cursor(page.cursor))
        self.count, self.digest = page.count, page.digest
        return page.has_more

    def _take(self, change: dict[str, Any]) -> None:
        if change["kind"] == "inbox":
            return
        key = UUID(change["enterprise_id"])
        if change["kind"] in ("grant", "upsert"):
            if change["version"] >= self.versions.get(key, -1):
                self.cards[key], self.versions[key] = change["record"], change["version"]
        else:
            self.cards.pop(key, None)
            self.versions.pop(key, None)

    def cursor_text(self) -> str:
        """The cursor as it is kept."""
        return encode_pull_cursor(self.cursor) if self.cursor else ""

    @property
    def is_whole(self) -> bool:
        """Whether it holds exactly what the last page said."""
        held = (len(self.versions), scope_hash(self.versions))
        return held == (self.count, self.digest)
