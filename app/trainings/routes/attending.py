"""Marking who came: from a list, or at the door with the code; what became of the practice."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.permissions import Permission
from app.db.transaction import transaction
from app.trainings import queries, services
from app.trainings.forms import ListForm, PracticeForm, ids_of, mentors_form
from app.trainings.routes.blueprint import attempt, blueprint
from app.web.access import current_scope, requires
from app.web.saving import actor

_BOTH = ["GET", "POST"]


@blueprint.route("/pelatihan/<uuid:session_id>/hadir", methods=_BOTH)
@requires(Permission.TRAINING_ATTEND)
def mark(session_id: UUID) -> ResponseReturnValue:
    """Tick who was there."""
    scope = current_scope()
    row = queries.session(scope, session_id)
    area = request.args.get("wilayah", "")
    lines = queries.candidates(scope, row, area=area)
    form = ListForm()
    form.offer(lines)
    if not form.is_submitted():
        form.present.data = [str(one) for one in queries.marked(session_id)]
    status = attempt(
        form,
        lambda: services.mark_list(
            session_id=session_id,
            shown=ids_of(form.shown),
            present=ids_of(form.present),
            **actor(),
        ),
    )
    if status is None:
        flash("Daftar hadir disimpan.", "success")
        return redirect(url_for(".show", session_id=session_id), code=303)
    page = queries.session_page(scope, session_id)
    return render_template(
        "trainings/mark.html", form=form, line=page.line, lines=lines, area=area
    ), status


@blueprint.route("/pelatihan/<uuid:session_id>/pendamping", methods=_BOTH)
@requires(Permission.TRAINING_MANAGE)
def mentors(session_id: UUID) -> ResponseReturnValue:
    """Tick which mentors were there, and what they can do now."""
    page = queries.session_page(current_scope(), session_id)
    people = queries.mentor_choices(current_scope())
    known = {
        f"{part}_{one.account_id.hex}": value
        for one in page.mentors
        for part, value in (("hadir", True), ("hasil", one.competence))
    }
    form = mentors_form(people)(data=known)
    status = attempt(
        form,
        lambda: services.mark_mentors(
            session_id=session_id,
            present=form.present(),
            competences=form.competences(),
            **actor(),
        ),
    )
    if status is None:
        flash("Kehadiran pendamping disimpan.", "success")
        return redirect(url_for(".show", session_id=session_id), code=303)
    return render_template("trainings/mentors.html", form=form, line=page.line), status


@blueprint.route("/hadir/<string(maxlength=40):code>", methods=_BOTH)
@requires(Permission.TRAINING_ATTEND)
def door(code: str) -> ResponseReturnValue:
    """What a mentor sees who scanned the code at the door: their own enterprises."""
    row = queries.session_by_code(code)
    lines = queries.own_candidates(current_scope())
    form = ListForm()
    form.offer(lines)
    status = attempt(
        form,
        lambda: services.mark_by_code(
            row=queries.session_by_code(code),
            present=ids_of(form.present),
            with_me=bool(form.with_me.data),
            **actor(),
        ),
    )
    if status is None:
        flash("Kehadiran disimpan.", "success")
        return redirect(url_for(".door", code=code), code=303)
    row = queries.session_by_code(code)
    known = queries.marked(row.id)
    return render_template(
        "trainings/door.html",
        form=form,
        row=row,
        lines=lines,
        present=[one for one in lines if one.enterprise_id in known],
    ), status


@blueprint.post("/pelatihan/<uuid:session_id>/praktik/<uuid:enterprise_id>")
@requires(Permission.TRAINING_ATTEND)
def see_practice(session_id: UUID, enterprise_id: UUID) -> ResponseReturnValue:
    """Note whether what was taught is done."""
    form = PracticeForm()
    with transaction():
        services.see_practice(
            session_id=session_id,
            enterprise_id=enterprise_id,
            state=form.state.data or "",
            **actor(),
        )
    flash("Penerapan dicatat.", "success")
    return redirect(url_for(".show", session_id=session_id), code=303)
