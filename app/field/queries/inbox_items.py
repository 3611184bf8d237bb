"""Single items of the inbox."""

from __future__ import annotations

from uuid import UUID

from app.core.errors import NotFound
from app.core.scope import Scope
from app.db import db
from app.field.models import InboxItem


def item_within(scope: Scope, item_id: UUID) -> InboxItem:
    """An item of an area of the scope, locked.

    Raises:
        NotFound: unknown, or of elsewhere: the answer is the same.
    """
    item = db.session.get(InboxItem, item_id, with_for_update=True)
    if item is None or not scope.covers_area(item.area_code):
        raise NotFound("inbox_item_unknown")
    return item
