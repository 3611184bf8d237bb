"""What the pages of therapy share: a form page, one step of one therapy, who takes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.guards import current_account_id, current_scope
from app.core.errors import Conflict, InvalidInput, WrongState
from app.db.transaction import transaction
from app.interventions import queries
from app.interventions.forms import VersionForm

BOTH = ["GET", "POST"]


def form_page(
    intervention_id: UUID,
    form_class: type[VersionForm],
    template: str,
    save: Callable[[Any], object],
    done: str,
    **defaults: Any,
) -> ResponseReturnValue:
    item = queries.item(current_scope(), intervention_id)
    form = form_class(data={"version": item.version, **defaults})
    status = attempt(form, lambda: save(form))
    if status is None:
        flash(done, "success")
        return redirect(url_for(".show", intervention_id=intervention_id), code=303)
    return render_template(template, form=form, item=item), status


def attempt(form: Any, save: Callable[[], object]) -> int | None:
    """Save a posted form in its own transaction: None when saved, else the page's status."""
    if not form.is_submitted():
        return 200
    if not form.validate():
        return 422
    try:
        with transaction():
            save()
    except (Conflict, InvalidInput, WrongState) as refusal:
        form.add_errors(refusal)
        return 422 if isinstance(refusal, InvalidInput) else 409
    return None


def step(intervention_id: UUID, form: VersionForm) -> dict[str, Any]:
    return {"intervention_id": intervention_id, "version": form.seen_version, **actor()}


def actor() -> dict[str, Any]:
    return {"scope": current_scope(), "by": current_account_id()}
