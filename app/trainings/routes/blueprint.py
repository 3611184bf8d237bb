"""Where the pages of trainings belong, and how a posted form is saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint

from app.core.errors import InvalidInput, NotFound, WrongState
from app.db.transaction import transaction
from app.web.errors import status_of

blueprint = Blueprint("trainings", __name__, template_folder="../templates")


def attempt(form: Any, save: Callable[[], object]) -> int | None:
    """Save a posted form in its own transaction: None when saved, else the page's status."""
    if not form.is_submitted():
        return 200
    if not form.validate():
        return 422
    try:
        with transaction():
            save()
    except (InvalidInput, WrongState) as refusal:
        form.add_errors(refusal)
        return status_of(refusal)
    except NotFound as refusal:
        if refusal.code != "village_unknown":
            raise
        form.village.errors = [refusal.message]
        return 422
    return None
