"""The list of sessions, one of them, a new one, its papers."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core.permissions import Permission
from app.files.responses import photo_response
from app.printing.responses import pdf_response
from app.trainings import queries, services
from app.trainings.forms import PaperForm, PracticeForm, SessionForm
from app.trainings.responses import attendance_sheet, code_picture, door_address, picture_response
from app.trainings.routes.blueprint import attempt, blueprint
from app.web.access import current_scope, requires
from app.web.saving import actor

_BOTH = ["GET", "POST"]


@blueprint.get("/pelatihan")
@requires(Permission.TRAINING_READ)
def index() -> ResponseReturnValue:
    """The sessions, newest first, with the share that took the practice up."""
    return render_template("trainings/index.html", lines=queries.sessions(current_scope()))


@blueprint.route("/pelatihan/baru", methods=_BOTH)
@requires(Permission.TRAINING_MANAGE)
def new() -> ResponseReturnValue:
    """Put a session on the list."""
    form = SessionForm()
    made: list[UUID] = []
    status = attempt(
        form,
        lambda: made.append(services.make_session(new=form.session(), key=form.key, **actor()).id),
    )
    if status is None:
        flash("Pelatihan dicatat.", "success")
        return redirect(url_for(".show", session_id=made[0]), code=303)
    return render_template("trainings/new.html", form=form), status


@blueprint.get("/pelatihan/<uuid:session_id>")
@requires(Permission.TRAINING_READ)
def show(session_id: UUID) -> ResponseReturnValue:
    """One session: who came, what became of it."""
    page = queries.session_page(current_scope(), session_id)
    return render_template(
        "trainings/session.html",
        page=page,
        line=page.line,
        address=door_address(page.code),
        form=PracticeForm(formdata=None),
    )


@blueprint.get("/pelatihan/<uuid:session_id>/kode.svg")
@requires(Permission.TRAINING_MANAGE)
def code(session_id: UUID) -> ResponseReturnValue:
    """The code for the door."""
    return picture_response(code_picture(queries.session(current_scope(), session_id).code))


@blueprint.get("/pelatihan/<uuid:session_id>/daftar-hadir.pdf")
@requires(Permission.TRAINING_MANAGE)
def sheet(session_id: UUID) -> ResponseReturnValue:
    """The list to sign."""
    page = queries.session_page(current_scope(), session_id)
    return pdf_response(attendance_sheet(page), filename="daftar-hadir.pdf")


@blueprint.route("/pelatihan/<uuid:session_id>/berkas", methods=_BOTH)
@requires(Permission.TRAINING_MANAGE)
def keep_paper(session_id: UUID) -> ResponseReturnValue:
    """Keep the photo of the signed list."""
    page = queries.session_page(current_scope(), session_id)
    form = PaperForm()
    status = attempt(
        form,
        lambda: services.keep_paper(session_id=session_id, photo=form.photo.data.stream, **actor()),
    )
    if status is None:
        flash("Foto daftar hadir disimpan.", "success")
        return redirect(url_for(".show", session_id=session_id), code=303)
    return render_template("trainings/paper.html", form=form, line=page.line), status


@blueprint.get("/pelatihan/<uuid:session_id>/foto")
@requires(Permission.TRAINING_MANAGE)
def paper(session_id: UUID) -> ResponseReturnValue:
    """The photo of the signed list."""
    return photo_response(queries.session(current_scope(), session_id).photo_id)
