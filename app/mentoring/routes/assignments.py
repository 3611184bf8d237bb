"""Giving enterprises to mentors: choose, see the load before and after, confirm."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from app.core.clock import local_today
from app.core.errors import InvalidInput, PulihError
from app.core.permissions import Permission
from app.db.transaction import transaction
from app.enterprises.queries import enterprise, page
from app.enterprises.queries.choices import area_choices
from app.enterprises.rules.list_filter import (
    HEALTH_CHOICES,
    NOBODY,
    SERVED,
    ListFilter,
    filter_from,
)
from app.mentoring import services
from app.mentoring.forms import AssignmentForm, EndForm
from app.mentoring.queries import assignments as queries
from app.mentoring.queries import mentors
from app.mentoring.queries.board import village_enterprises
from app.mentoring.routes.asked import id_of, ids_of
from app.mentoring.routes.blueprint import blueprint
from app.web.access import current_account_id, current_scope, requires
from app.web.errors import status_of


@blueprint.get("/pendamping/<uuid:mentor_id>/serahkan")
@requires(Permission.MENTOR_MANAGE)
def choose_enterprises(mentor_id: UUID) -> ResponseReturnValue:
    """A list with boxes to tick, of the enterprises that could go to a mentor."""
    scope = current_scope()
    # Without a word about it the list shows those whom nobody looks after.
    wanted = filter_from({"pendamping": NOBODY, "keadaan": SERVED, **request.args.to_dict()})
    found = page(scope, wanted, cursor=request.args.get("setelah"))
    return render_template(
        "mentoring/choose_enterprises.html",
        mentor=mentors.mentor_line(scope, mentor_id),
        wanted=wanted,
        areas=area_choices(scope, wanted.area),
        health_choices=HEALTH_CHOICES.items(),
        page=found,
        previous_url=_other_page(mentor_id, wanted, found.previous_cursor),
        next_url=_other_page(mentor_id, wanted, found.next_cursor),
    )


@blueprint.get("/penugasan/baru")
@requires(Permission.MENTOR_MANAGE)
def choose_mentor() -> ResponseReturnValue:
    """The mentors to choose from, for enterprises that were chosen before."""
    scope = current_scope()
    return render_template(
        "mentoring/choose_mentor.html",
        chosen=queries.chosen(scope, _ids(request.args)),
        mentors=mentors.mentor_lines(scope),
    )


@blueprint.get("/penugasan/pratinjau")
@requires(Permission.MENTOR_MANAGE)
def preview() -> ResponseReturnValue:
    """What an assignment would change."""
    form = AssignmentForm(formdata=None, data={"from_on": local_today()})
    return _preview(form, request.args)


@blueprint.post("/penugasan")
@requires(Permission.MENTOR_MANAGE)
def assign() -> ResponseReturnValue:
    """Give the enterprises to the mentor."""
    form = AssignmentForm()
    if not form.validate_on_submit():
        return _preview(form, request.form), 422
    mentor_id, values = _mentor(request.form), form.values()
    try:
        with transaction():
            moved = services.assign_many(
                scope=current_scope(),
                enterprise_ids=_ids(request.form),
                mentor_id=mentor_id,
                from_on=values["from_on"],
                reason=values["reason"] or "",
                by=current_account_id(),
            )
    except InvalidInput as refusal:
        form.add_errors(refusal)
        return _preview(form, request.form), status_of(refusal)
    flash(f"{moved} usaha diserahkan.", "success")
    return redirect(url_for(".show_mentor", mentor_id=mentor_id), code=303)


@blueprint.get("/usaha/<uuid:enterprise_id>/akhiri-pendampingan")
@requires(Permission.MENTOR_MANAGE)
def end_form(enterprise_id: UUID) -> ResponseReturnValue:
    """The question before a mentor's care of an enterprise ends."""
    form = EndForm(formdata=None, data={"until_on": local_today()})
    return _end(enterprise_id, form)


@blueprint.post("/usaha/<uuid:enterprise_id>/akhiri-pendampingan")
@requires(Permission.MENTOR_MANAGE)
def end(enterprise_id: UUID) -> ResponseReturnValue:
    """End a mentor's care of an enterprise."""
    form = EndForm()
    if not form.validate_on_submit():
        return _end(enterprise_id, form), 422
    values = form.values()
    try:
        with transaction():
            services.end_assignment(
                scope=current_scope(),
                enterprise_id=enterprise_id,
                until_on=values["until_on"],
                reason=values["reason"],
                by=current_account_id(),
            )
    except PulihError as refusal:
        form.add_errors(refusal)
        return _end(enterprise_id, form), status_of(refusal)
    flash("Pendampingan diakhiri.", "success")
    return redirect(url_for(".enterprise_visits", enterprise_id=enterprise_id), code=303)


def _other_page(mentor_id: UUID, wanted: ListFilter, cursor: str | None) -> str | None:
    if cursor is None:
        return None
    # "pendamping" is always said: without it the list would fall back to those without mentor.
    words: dict[str, Any] = {"pendamping": "", **wanted.address(), "setelah": cursor}
    return url_for(".choose_enterprises", mentor_id=mentor_id, **words)


def _preview(form: AssignmentForm, words: MultiDict[str, str]) -> str:
    scope, village = current_scope(), words.get("desa")
    ids = village_enterprises(scope, village) if village else _ids(words)
    handover = queries.handover(scope, ids, _mentor(words))
    return render_template("mentoring/preview.html", form=form, handover=handover)


def _end(enterprise_id: UUID, form: EndForm) -> str:
    row = enterprise(current_scope(), enterprise_id)
    return render_template("mentoring/end.html", form=form, row=row)


def _ids(words: MultiDict[str, str]) -> list[UUID]:
    return ids_of(words, "usaha")


def _mentor(words: MultiDict[str, str]) -> UUID:
    mentor_id = id_of(words.get("pendamping", ""))
    if mentor_id is None:
        raise InvalidInput("mentor_missing", message="Pilih pendampingnya dulu.")
    return mentor_id
