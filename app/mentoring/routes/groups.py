"""One meeting of several enterprises."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.errors import NotFound, PulihError
from app.core.permissions import Permission
from app.db.transaction import transaction
from app.mentoring import services
from app.mentoring.forms import GroupForm, group_form
from app.mentoring.queries.groups import group_candidates
from app.mentoring.routes.blueprint import blueprint
from app.web.access import current_account_id, current_scope, may, requires
from app.web.errors import status_of


@blueprint.get("/kunjungan/kelompok")
@requires(Permission.VISIT_WRITE)
def group_visit() -> ResponseReturnValue:
    """The form of a meeting."""
    form = _form()(formdata=None)
    form.fill_new()
    return _page(form)


@blueprint.post("/kunjungan/kelompok")
@requires(Permission.VISIT_WRITE)
def save_group_visit() -> ResponseReturnValue:
    """Store a visit for each enterprise that was met."""
    form = _form()()
    if not form.validate_on_submit():
        return _page(form), 422
    try:
        with transaction():
            visits = services.record_group(
                scope=current_scope(), meeting=form.meeting(), by=current_account_id()
            )
            count = len(visits)
    except NotFound:
        raise
    except PulihError as refusal:
        form.add_errors(refusal, *refusal.values.get("also", ()))
        return _page(form), status_of(refusal)
    flash(f"{count} kunjungan tersimpan.", "success")
    return redirect(_home(), code=303)


def _home() -> str:
    session_id = _session_id()
    if session_id is not None:
        return url_for("trainings.show", session_id=session_id)
    return url_for(".today" if may(Permission.CASELOAD_READ) else "enterprises.index")


def _form() -> type[GroupForm]:
    return group_form(group_candidates(current_scope(), current_account_id(), _session_id()))


def _session_id() -> UUID | None:
    try:
        return UUID(request.args["pelatihan"]) if "pelatihan" in request.args else None
    except ValueError as broken:
        raise NotFound("training_unknown", message="Pelatihan ini tidak ditemukan.") from broken


def _page(form: GroupForm) -> str:
    return render_template(
        "mentoring/group_visit.html", form=form, session_id=request.args.get("pelatihan")
    )
