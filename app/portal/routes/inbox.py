"""What owners wrote past their mentors, and the office's answers."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.errors import PulihError
from app.core.permissions import Permission
from app.db.transaction import transaction
from app.portal.forms import AnswerForm
from app.portal.queries import messages as queries
from app.portal.services import messages as services
from app.web.access import current_account_id, current_scope, requires
from app.web.errors import status_of

blueprint = Blueprint("owner_inbox", __name__, template_folder="../templates")


@blueprint.get("/pesan-pemilik")
@requires(Permission.OWNER_MESSAGE)
def index() -> ResponseReturnValue:
    """The messages that wait, those promised first in front; or the answered ones."""
    answered = request.args.get("lihat") == "dijawab"
    scope = current_scope()
    found = queries.inbox(scope, answered=answered, cursor=request.args.get("setelah"))
    kind = "dijawab" if answered else None
    return render_template(
        "portal/inbox.html",
        page=found,
        answered=answered,
        count=queries.unanswered_count(scope),
        late=queries.late_count(scope),
        next_url=found.next_cursor and url_for(".index", lihat=kind, setelah=found.next_cursor),
    )


@blueprint.get("/pesan-pemilik/<uuid:message_id>")
@requires(Permission.OWNER_MESSAGE)
def show(message_id: UUID) -> ResponseReturnValue:
    """One message, and its answer."""
    return _page(message_id, AnswerForm(formdata=None))


@blueprint.post("/pesan-pemilik/<uuid:message_id>")
@requires(Permission.OWNER_MESSAGE)
def answer(message_id: UUID) -> ResponseReturnValue:
    """Answer it."""
    form = AnswerForm()
    if not form.validate_on_submit():
        return _page(message_id, form), 422
    try:
        with transaction():
            services.answer_message(
                scope=current_scope(),
                by=current_account_id(),
                message_id=message_id,
                answer=form.answer.data or "",
                follow_up_on=form.follow_up_on.data,
            )
    except PulihError as refusal:
        form.add_errors(refusal)
        return _page(message_id, form), status_of(refusal)
    flash("Jawaban disimpan. Pemilik melihatnya di halamannya.", "success")
    return redirect(url_for(".index"), code=303)


def _page(message_id: UUID, form: AnswerForm) -> str:
    line = queries.message(current_scope(), message_id)
    return render_template("portal/inbox_message.html", line=line, form=form)
