"""How posted forms are saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from app.db.transaction import transaction
from app.web.access import current_account_id, current_scope
from app.web.errors import status_of


def attempt(form: Any, save: Callable[[], object]) -> int | None:
    """Save a posted form in its own transaction: None when saved, else the page's status."""
    if not form.is_submitted():
        return 200
    if not form.validate():
        return 422
    try:
        with transaction():
            save()
    except (Conflict, InvalidInput, NotAllowed, WrongState) as refusal:
        form.take_refusal(refusal)
        return status_of(refusal)
    return None


def actor() -> dict[str, Any]:
    """Who acts, and how far they reach."""
    return {"scope": current_scope(), "by": current_account_id()}
