"""Mentors: the list, one of them, registering and changing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.clock import local_today
from app.core.distance import place_of
from app.core.errors import PulihError
from app.core.permissions import Permission
from app.db.transaction import transaction
from app.enterprises.queries import ListFilter, page
from app.mentoring import services
from app.mentoring.forms import MentorForm, NewMentorForm
from app.mentoring.queries import mentors as queries
from app.mentoring.queries.visits import visits_by
from app.mentoring.routes.blueprint import blueprint
from app.trainings.queries import competence_of
from app.web.access import current_account_id, current_scope, requires
from app.web.errors import status_of


@blueprint.get("/pendamping")
@requires(Permission.MENTOR_READ)
def mentors() -> ResponseReturnValue:
    """The mentors of the area, with what they carry."""
    scope = current_scope()
    return render_template(
        "mentoring/mentors.html",
        mentors=queries.mentor_lines(scope),
        has_accounts=bool(queries.accounts_to_register(scope)),
    )


@blueprint.get("/pendamping/<uuid:mentor_id>")
@requires(Permission.MENTOR_READ)
def show_mentor(mentor_id: UUID) -> ResponseReturnValue:
    """One mentor: enterprises in care and last visits, as far as they are in reach."""
    scope = current_scope()
    mentor = queries.mentor_line(scope, mentor_id)
    cursor = request.args.get("setelah")
    return render_template(
        "mentoring/mentor.html",
        mentor=mentor,
        page=page(scope, ListFilter(mentor=mentor_id), sort="kunjungan", cursor=cursor, size=25),
        visits=visits_by(scope, mentor_id, today=local_today()),
        competence=competence_of(mentor_id),
    )


@blueprint.get("/pendamping/baru")
@requires(Permission.MENTOR_MANAGE)
def new_mentor() -> ResponseReturnValue:
    """The form that registers a mentor."""
    return _new(NewMentorForm(formdata=None, data={"capacity": 25}))


@blueprint.post("/pendamping/baru")
@requires(Permission.MENTOR_MANAGE)
def register_mentor() -> ResponseReturnValue:
    """Register a mentor."""
    form = NewMentorForm()
    form.account_id.offer(_offered())
    if not form.validate_on_submit():
        return _new(form), 422
    mentor_id = UUID(form.account_id.data)
    try:
        with transaction():
            services.register_mentor(
                scope=current_scope(),
                account_id=mentor_id,
                by=current_account_id(),
                **_values(form),
            )
    except PulihError as refusal:
        form.add_errors(refusal)
        return _new(form), status_of(refusal)
    flash("Pendamping terdaftar.", "success")
    return redirect(url_for(".show_mentor", mentor_id=mentor_id), code=303)


@blueprint.get("/pendamping/<uuid:mentor_id>/ubah")
@requires(Permission.MENTOR_MANAGE)
def edit_mentor(mentor_id: UUID) -> ResponseReturnValue:
    """The form that changes a mentor."""
    mentor = queries.mentor_line(current_scope(), mentor_id)
    known = {
        "village": mentor.village_code,
        "skills": list(mentor.skills),
        "capacity": mentor.capacity,
        "base": mentor.base,
    }
    form = MentorForm(formdata=None, data=known)
    return render_template("mentoring/mentor_form.html", form=form, mentor=mentor)


@blueprint.post("/pendamping/<uuid:mentor_id>/ubah")
@requires(Permission.MENTOR_MANAGE)
def change_mentor(mentor_id: UUID) -> ResponseReturnValue:
    """Change what is known of a mentor."""
    mentor = queries.mentor_line(current_scope(), mentor_id)
    form = MentorForm()
    if not form.validate_on_submit():
        return render_template("mentoring/mentor_form.html", form=form, mentor=mentor), 422
    try:
        with transaction():
            services.save_mentor(
                scope=current_scope(), mentor_id=mentor_id, by=current_account_id(), **_values(form)
            )
    except PulihError as refusal:
        form.add_errors(refusal)
        page_text = render_template("mentoring/mentor_form.html", form=form, mentor=mentor)
        return page_text, status_of(refusal)
    flash("Data pendamping tersimpan.", "success")
    return redirect(url_for(".show_mentor", mentor_id=mentor_id), code=303)


def _offered() -> list[tuple[str, str]]:
    return [(str(key), name) for key, name in queries.accounts_to_register(current_scope())]


def _new(form: NewMentorForm) -> str:
    form.account_id.offer(_offered())
    return render_template("mentoring/mentor_form.html", form=form, mentor=None)


def _values(form: MentorForm) -> dict[str, Any]:
    values = form.values()
    return {
        "village_code": values["village"],
        "skills": values["skills"] or [],
        "capacity": values["capacity"],
        "base": place_of(point.lat, point.lng) if (point := values["base"]) else None,
    }
