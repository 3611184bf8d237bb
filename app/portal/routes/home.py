"""The one screen of an owner."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.permissions import Permission
from app.db.transaction import transaction
from app.mentoring.queries.confirmations import asked_visits
from app.mentoring.services.promises import say_done
from app.portal.guards import is_open_for_money, pin_needed
from app.portal.queries.home import own_home
from app.portal.queries.messages import new_answer_count
from app.web.access import current_account_id, current_scope, requires

blueprint = Blueprint("portal", __name__, template_folder="../templates")


@blueprint.get("/saya")
@requires(Permission.OWN_PAGE)
def home() -> ResponseReturnValue:
    """How the owner's enterprises fare, and what to do next."""
    scope = current_scope()
    return render_template(
        "portal/home.html",
        page=own_home(scope, with_money=is_open_for_money()),
        new_answers=new_answer_count(scope),
        asked_visits=asked_visits(scope, unanswered_only=True),
    )


@blueprint.get("/saya/uang")
@requires(Permission.OWN_PAGE)
@pin_needed
def money() -> ResponseReturnValue:
    """Lead back to the one screen, with its sums, after the number was given."""
    return redirect(url_for(".home", _anchor="uang"), code=303)


@blueprint.post("/saya/janji/<uuid:promise_id>")
@requires(Permission.OWN_PAGE)
def promise(promise_id: UUID) -> ResponseReturnValue:
    """Note that a promise is done, or that it is not after all."""
    is_done = request.form.get("selesai") == "ya"
    with transaction():
        say_done(
            scope=current_scope(),
            promise_id=promise_id,
            is_done=is_done,
            by=current_account_id(),
        )
    flash("Tersimpan. Pendamping akan melihatnya." if is_done else "Tanda dihapus.", "success")
    return redirect(url_for(".home", _anchor="janji"), code=303)
