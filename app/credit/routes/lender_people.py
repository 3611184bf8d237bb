"""Who works for a lender, who leads it, its meetings and class of health, and how it is formed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.permissions import Permission
from app.credit.forms.lenders import (
    BoardEndForm,
    BoardForm,
    GradeForm,
    MeetingForm,
    OfficerForm,
    step_form,
)
from app.credit.queries.lenders import (
    board_member,
    lender_page,
    officers,
    people_to_appoint,
    step_photo,
)
from app.credit.queries.reach import lender as lender_within_reach
from app.credit.services.lenders import appoint, dismiss
from app.credit.services.standing import (
    end_board_member,
    note_grade,
    note_meeting,
    set_board_member,
    take_step,
)
from app.db.transaction import transaction
from app.files.responses import photo_response
from app.web.access import current_scope, requires
from app.web.saving import actor, attempt

blueprint = Blueprint(
    "lender_people",
    __name__,
    url_prefix="/pinjaman/lembaga/<uuid:lender_id>",
    template_folder="../templates",
)
_BOTH = ["GET", "POST"]


@blueprint.route("/petugas", methods=_BOTH)
@requires(Permission.LENDER_WRITE)
def officer(lender_id: UUID) -> ResponseReturnValue:
    """Let somebody work for the lender; who does now."""
    lender = lender_within_reach(current_scope(), lender_id)
    form = OfficerForm()
    form.account_id.offer(people_to_appoint(current_scope()))

    def save() -> None:
        account_id = UUID(form.account_id.data)
        said = {"duty": form.duty.data, "from_on": form.from_on.data}
        appoint(officer_id=form.key, lender_id=lender_id, account_id=account_id, **said, **actor())

    status = attempt(form, save)
    if status is None:
        flash("Orang ini sekarang bekerja untuk lembaga ini.", "success")
        return redirect(url_for(".officer", lender_id=lender_id), code=303)
    lines = officers(lender_id)
    return render_template(
        "credit/lender_officers.html", form=form, row=lender, lines=lines
    ), status


@blueprint.post("/petugas/<uuid:lender_officer_id>/berhenti")
@requires(Permission.LENDER_WRITE)
def stop(lender_id: UUID, lender_officer_id: UUID) -> ResponseReturnValue:
    """Let somebody stop working for the lender."""
    with transaction():
        dismiss(lender_id=lender_id, officer_id=lender_officer_id, **actor())
    flash("Dicatat. Orang ini tidak lagi dapat membuka data lembaga ini.", "success")
    return redirect(url_for(".officer", lender_id=lender_id), code=303)


@blueprint.route("/pengurus", methods=_BOTH)
@requires(Permission.LENDER_WRITE)
def board(lender_id: UUID) -> ResponseReturnValue:
    """Write down who leads or supervises the lender."""
    form = BoardForm()

    def save() -> None:
        set_board_member(row_id=form.key, lender_id=lender_id, **form.values(), **actor())

    return _asked(lender_id, form, save, "Catat pengurus atau pengawas", "Pengurus dicatat.")


@blueprint.route("/pengurus/<uuid:board_member_id>/berhenti", methods=_BOTH)
@requires(Permission.LENDER_WRITE)
def board_end(lender_id: UUID, board_member_id: UUID) -> ResponseReturnValue:
    """Write down that somebody leads or supervises no more."""
    row = board_member(current_scope(), lender_id, board_member_id)
    form, title = BoardEndForm(), f"{row.name} berhenti sebagai {row.position}"

    def save() -> None:
        end_board_member(lender_id=lender_id, row_id=board_member_id, **form.values(), **actor())

    return _asked(lender_id, form, save, title, "Dicatat.")


@blueprint.route("/rapat", methods=_BOTH)
@requires(Permission.LENDER_WRITE)
def meeting(lender_id: UUID) -> ResponseReturnValue:
    """Write down a yearly meeting of members."""
    form = MeetingForm()

    def save() -> None:
        note_meeting(row_id=form.key, lender_id=lender_id, **form.told(), **actor())

    return _asked(lender_id, form, save, "Catat rapat anggota tahunan", "Rapat dicatat.")


@blueprint.route("/kesehatan", methods=_BOTH)
@requires(Permission.LENDER_WRITE)
def grade(lender_id: UUID) -> ResponseReturnValue:
    """Write down a class of health that the office in charge found."""
    form = GradeForm()

    def save() -> None:
        note_grade(row_id=form.key, lender_id=lender_id, **form.values(), **actor())

    return _asked(lender_id, form, save, "Catat kesehatan koperasi", "Kesehatan koperasi dicatat.")


@blueprint.route("/langkah", methods=_BOTH)
@requires(Permission.LENDER_WRITE)
def step(lender_id: UUID) -> ResponseReturnValue:
    """Write down a step of forming the cooperative."""
    page = lender_page(current_scope(), lender_id)
    form = step_form(page)

    def save() -> None:
        photo = form.photo.data.stream if form.photo.data else None
        take_step(
            row_id=form.key,
            lender_id=lender_id,
            version=form.seen_version,
            taken=form.taken(),
            photo=photo,
            **actor(),
        )

    status = attempt(form, save)
    if status is None:
        flash("Langkah dicatat.", "success")
        return redirect(url_for("lenders.show", lender_id=lender_id), code=303)
    return render_template("credit/lender_step.html", page=page, form=form), status


@blueprint.get("/langkah/<uuid:lender_step_id>/foto")
@requires(Permission.LENDER_READ)
def picture(lender_id: UUID, lender_step_id: UUID) -> ResponseReturnValue:
    """The photo of the paper of a step."""
    return photo_response(
        step_photo(current_scope(), lender_id, lender_step_id),
        is_thumbnail="kecil" in request.args,
    )


def _asked(
    lender_id: UUID, form: Any, save: Callable[[], None], title: str, done: str
) -> ResponseReturnValue:
    """One form about a lender, all of whose fields are shown in their order."""
    row = lender_within_reach(current_scope(), lender_id)
    status = attempt(form, save)
    if status is None:
        flash(done, "success")
        return redirect(url_for("lenders.show", lender_id=lender_id), code=303)
    return render_template("credit/lender_asked.html", form=form, row=row, title=title), status
