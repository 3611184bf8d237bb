"""Notes about safety: restricted, sealed, each reading noted."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core.errors import PulihError
from app.core.permissions import Permission
from app.db.transaction import transaction
from app.enterprises.queries import enterprise
from app.mentoring import services
from app.mentoring.forms import SafetyForm
from app.mentoring.queries.safety import safety_notes as notes_on
from app.mentoring.routes.blueprint import blueprint
from app.web.access import current_account_id, current_scope, requires
from app.web.errors import status_of


@blueprint.get("/usaha/<uuid:enterprise_id>/keselamatan")
@requires(Permission.SAFETY_NOTE)
def safety_notes(enterprise_id: UUID) -> ResponseReturnValue:
    """What those who visit must beware of."""
    return _page(enterprise_id, SafetyForm(formdata=None))


@blueprint.post("/usaha/<uuid:enterprise_id>/keselamatan")
@requires(Permission.SAFETY_NOTE)
def write_safety_note(enterprise_id: UUID) -> ResponseReturnValue:
    """Write a note."""
    enterprise(current_scope(), enterprise_id)
    form = SafetyForm()
    if not form.validate_on_submit():
        return _page(enterprise_id, form), 422
    try:
        with transaction():
            services.write_safety_note(
                scope=current_scope(),
                enterprise_id=enterprise_id,
                text=form.text.data,
                by=current_account_id(),
            )
    except PulihError as refusal:
        form.add_errors(refusal)
        return _page(enterprise_id, form), status_of(refusal)
    flash("Catatan keselamatan tersimpan.", "success")
    return redirect(url_for(".safety_notes", enterprise_id=enterprise_id), code=303)


@blueprint.post("/catatan-keselamatan/<uuid:note_id>/tutup")
@requires(Permission.SAFETY_NOTE)
def close_safety_note(note_id: UUID) -> ResponseReturnValue:
    """Say that the danger is over."""
    with transaction():
        enterprise_id = services.close_safety_note(
            scope=current_scope(), note_id=note_id, by=current_account_id()
        )
    flash("Catatan ditutup.", "success")
    return redirect(url_for(".safety_notes", enterprise_id=enterprise_id), code=303)


def _page(enterprise_id: UUID, form: SafetyForm) -> str:
    scope = current_scope()
    return render_template(
        "mentoring/safety_notes.html",
        form=form,
        row=enterprise(scope, enterprise_id),
        notes=notes_on(scope, enterprise_id),
    )
