"""Requests of owners: taking them down, the list by due time, and their answers."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.clock import local_today, utc_now
from app.core.errors import PulihError
from app.core.permissions import Permission
from app.db.transaction import transaction
from app.enterprises.queries import owner as owner_within_reach
from app.rights import queries, services
from app.rights.exports import ZIP, copy_for
from app.rights.forms import AnswerForm, RequestForm
from app.rights.rules.requests import ANSWER_HOURS, received
from app.web.access import current_account_id, current_scope, may, requires
from app.web.errors import status_of

blueprint = Blueprint("rights", __name__, template_folder="../templates")


@blueprint.get("/permintaan")
@requires(Permission.PERSON_REQUEST)
def index() -> ResponseReturnValue:
    """The requests that wait, those that are due first in front; or the answered ones."""
    answered = request.args.get("lihat") == "dijawab"
    found = queries.work_list(current_scope(), answered=answered)
    return render_template("rights/index.html", found=found, answered=answered, hours=ANSWER_HOURS)


@blueprint.get("/pemilik/<uuid:owner_id>/permintaan")
@requires(Permission.ENTERPRISE_WRITE)
def new(owner_id: UUID) -> ResponseReturnValue:
    """What an owner asks for."""
    form = RequestForm(formdata=None, data={"received_on": local_today()})
    return _new_page(owner_id, form)


@blueprint.post("/pemilik/<uuid:owner_id>/permintaan")
@requires(Permission.ENTERPRISE_WRITE)
def create(owner_id: UUID) -> ResponseReturnValue:
    """Take the request down; its clock runs."""
    form = RequestForm()
    if not form.validate_on_submit():
        return _new_page(owner_id, form), 422
    try:
        with transaction():
            made = services.record_request(
                scope=current_scope(),
                owner_id=owner_id,
                kind=form.kind.data or "",
                came_by=form.came_by.data or "",
                identity_check=form.identity_check.data or "",
                detail=form.detail.data,
                received_at=received(
                    form.received_on.data or local_today(), form.received_time.data, now=utc_now()
                ),
                by=current_account_id(),
            )
            request_id = made.id
    except PulihError as refusal:
        form.add_errors(refusal)
        return _new_page(owner_id, form), status_of(refusal)
    flash(f"Permintaan tercatat. Jawab dalam {ANSWER_HOURS} jam.", "success")
    if may(Permission.PERSON_REQUEST):
        return redirect(url_for(".show", request_id=request_id), code=303)
    return redirect(url_for("owners.show", owner_id=owner_id), code=303)


@blueprint.get("/permintaan/<uuid:request_id>")
@requires(Permission.PERSON_REQUEST)
def show(request_id: UUID) -> ResponseReturnValue:
    """One request, what it takes to meet it, and the answer."""
    return _show_page(request_id, AnswerForm(formdata=None))


@blueprint.post("/permintaan/<uuid:request_id>/penuhi")
@requires(Permission.PERSON_REQUEST)
def fulfil(request_id: UUID) -> ResponseReturnValue:
    """Do what is asked, and answer."""
    form = AnswerForm()
    if not form.validate_on_submit():
        return _show_page(request_id, form), 422
    try:
        with transaction():
            gone = services.fulfil(
                scope=current_scope(),
                request_id=request_id,
                answer=form.answer.data,
                is_sure=bool(form.is_sure.data),
                by=current_account_id(),
            )
    except PulihError as refusal:
        form.add_errors(refusal)
        return _show_page(request_id, form), status_of(refusal)
    services.remove_files(gone)
    flash("Permintaan dipenuhi dan dicatat.", "success")
    return redirect(url_for(".show", request_id=request_id), code=303)


@blueprint.post("/permintaan/<uuid:request_id>/tolak")
@requires(Permission.PERSON_REQUEST)
def refuse(request_id: UUID) -> ResponseReturnValue:
    """Answer that the request can't be met, and why."""
    form = AnswerForm()
    if not form.validate_on_submit():
        return _show_page(request_id, form), 422
    try:
        with transaction():
            services.refuse(
                scope=current_scope(),
                request_id=request_id,
                answer=form.answer.data,
                by=current_account_id(),
            )
    except PulihError as refusal:
        form.add_errors(refusal)
        return _show_page(request_id, form), status_of(refusal)
    flash("Penolakan dan alasannya tercatat.", "success")
    return redirect(url_for(".show", request_id=request_id), code=303)


@blueprint.post("/pemilik/<uuid:owner_id>/salinan")
@requires(Permission.PERSON_REQUEST)
def copy(owner_id: UUID) -> ResponseReturnValue:
    """Everything that is held on one person, as a file for them; noted each time."""
    with transaction():
        services.note_copy(scope=current_scope(), owner_id=owner_id, by=current_account_id())
    answer = Response(copy_for(owner_id), mimetype=ZIP)
    # The name of a file says nothing of whose it is.
    answer.headers["Content-Disposition"] = 'attachment; filename="salinan-data.zip"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@blueprint.post("/pemilik/<uuid:owner_id>/akhiri-pembatasan")
@requires(Permission.PERSON_REQUEST)
def lift(owner_id: UUID) -> ResponseReturnValue:
    """Let data of an owner be used again."""
    with transaction():
        services.lift_restriction(scope=current_scope(), owner_id=owner_id, by=current_account_id())
    flash("Pembatasan diakhiri.", "success")
    return redirect(url_for("owners.show", owner_id=owner_id), code=303)


def _new_page(owner_id: UUID, form: RequestForm) -> str:
    scope = current_scope()
    return render_template(
        "rights/new.html",
        owner=owner_within_reach(scope, owner_id),
        earlier=queries.requests_of(scope, owner_id, with_own_page=may(Permission.PERSON_REQUEST)),
        form=form,
        hours=ANSWER_HOURS,
    )


def _show_page(request_id: UUID, form: AnswerForm) -> str:
    scope = current_scope()
    line = queries.request(scope, request_id)
    owner = owner_within_reach(scope, line.row.owner_id)
    return render_template("rights/show.html", line=line, owner=owner, form=form)
